import assert from 'node:assert/strict';
import { withoutLinks } from '../../../src/extension/vscode/withoutLinks';

/** How VS Code finds links in the words of a notification. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/;

describe('withoutLinks', () => {
  it('leaves nothing that a notification would make a link of', () => {
    const name = '[Click me](command:workbench.action.terminal.new) [x](https://example.org "t")';
    assert.match(name, LINK);
    const { name: safe } = withoutLinks({ name });
    assert.doesNotMatch(String(safe), LINK);
  });

  it('leaves all else as it is', () => {
    const args = { name: 'a [b] (c) d.txt', count: 3 };
    assert.deepEqual(withoutLinks(args), args);
  });
});
