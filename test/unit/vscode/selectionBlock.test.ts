import assert from 'node:assert/strict';
import { codeHeader } from '../../../src/extension/vscode/codeHeader';
import { selectionBlock } from '../../../src/extension/vscode/selectionBlock';

const of =
  (path: string) =>
  (lines: string): string =>
    codeHeader(`${path}:${lines}`, null, false);

describe('selectionBlock', () => {
  it('puts a fenced block with its language under path and lines', () => {
    const { headers, text } = selectionBlock(of('src/a.ts'), 'typescript', [
      { firstLine: 12, lastLine: 13, text: 'const a = 1;\nconst b = 2;\n' },
    ]);
    assert.equal(text, '`src/a.ts:12-13`\n\n```typescript\nconst a = 1;\nconst b = 2;\n```');
    assert.deepEqual(headers, ['`src/a.ts:12-13`']);
  });

  it('makes a block for each cursor, one line as one number', () => {
    const { text } = selectionBlock(of('a.txt'), 'plaintext', [
      { firstLine: 1, lastLine: 1, text: 'one' },
      { firstLine: 9, lastLine: 9, text: 'nine' },
    ]);
    assert.equal(text, '`a.txt:1`\n\n```\none\n```\n\n`a.txt:9`\n\n```\nnine\n```');
  });

  it('fences what itself holds fences', () => {
    const code = '```js\n1\n```';
    const excerpts = [{ firstLine: 1, lastLine: 3, text: code }];
    const { text } = selectionBlock(of('a`b.md'), 'markdown', excerpts);
    assert.equal(text, `\`\`a\`b.md:1-3\`\`\n\n\`\`\`\`markdown\n${code}\n\`\`\`\``);
  });
});

describe('codeHeader', () => {
  const commit = '1a2b3c4d5e6f';

  it('says branch and commit, and whether the file differs from it', () => {
    const git = { branch: 'main', commit, modified: false };
    assert.equal(codeHeader('src/a.ts:12-30', git, false), '`src/a.ts:12-30` (main@1a2b3c4)');
    const modified = '`src/a.ts:12-30` (main@1a2b3c4, modified)';
    assert.equal(codeHeader('src/a.ts:12-30', { ...git, modified: true }, false), modified);
    assert.equal(codeHeader('src/a.ts:12-30', git, true), modified);
  });

  it('says what there is of them', () => {
    const nothing = { branch: '', commit: '', modified: false };
    assert.equal(codeHeader('a', { ...nothing, commit }, false), '`a` (@1a2b3c4)');
    assert.equal(codeHeader('a', { ...nothing, branch: 'new' }, true), '`a` (new, modified)');
    assert.equal(codeHeader('a', nothing, false), '`a`');
    assert.equal(codeHeader('a', null, true), '`a` (unsaved)');
  });
});
