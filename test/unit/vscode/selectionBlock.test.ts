import assert from 'node:assert/strict';
import { selectionBlock } from '../../../src/extension/vscode/selectionBlock';

describe('selectionBlock', () => {
  it('puts a fenced block with its language under path and lines', () => {
    const block = selectionBlock('src/a.ts', 'typescript', [
      { firstLine: 12, lastLine: 13, text: 'const a = 1;\nconst b = 2;\n' },
    ]);
    assert.equal(block, '`src/a.ts:12-13`\n\n```typescript\nconst a = 1;\nconst b = 2;\n```');
  });

  it('makes a block for each cursor, one line as one number', () => {
    const block = selectionBlock('a.txt', 'plaintext', [
      { firstLine: 1, lastLine: 1, text: 'one' },
      { firstLine: 9, lastLine: 9, text: 'nine' },
    ]);
    assert.equal(block, '`a.txt:1`\n\n```\none\n```\n\n`a.txt:9`\n\n```\nnine\n```');
  });

  it('fences what itself holds fences', () => {
    const text = '```js\n1\n```';
    const block = selectionBlock('a`b.md', 'markdown', [{ firstLine: 1, lastLine: 3, text }]);
    assert.equal(block, `\`\`a\`b.md:1-3\`\`\n\n\`\`\`\`markdown\n${text}\n\`\`\`\``);
  });
});
