import assert from 'node:assert/strict';
import { parseChatId } from '../../../src/extension/vscode/chatId';

const ID = '3eb5cf6d-4d20-41c2-b886-f60374d11d19';
const OTHER = 'bce7d22e-dde6-4427-b391-ebbdfda44de6';

describe('parseChatId', () => {
  const found: Readonly<Record<string, string>> = {
    'a bare id': ID,
    'an id with space around': `\n  ${ID} `,
    'the start address': `https://tcl.twin24.ai/api/chats/v1/chats/${ID}/sessions?x_widget=1`,
    'a query': `https://example.org/?chat_id=${ID}&x=1`,
    'a widget snippet': `<script>TwinWidget.init({ "chatId": "${ID}", color: "#fff" })</script>`,
    'an attribute': `<div data-chat-id="${ID}" data-id="${OTHER}"></div>`,
    'a sentence with one id': `the chat is ${ID}, thanks`,
    'the same id twice': `${ID} ${ID.toUpperCase()}`,
  };
  for (const [what, pasted] of Object.entries(found))
    it(`finds it in ${what}`, () => {
      assert.equal(parseChatId(pasted), ID);
    });

  it('takes an id that is not a UUID', () => {
    assert.equal(parseChatId('echo'), 'echo');
  });

  it('finds none in other text, and does not guess between two', () => {
    assert.equal(parseChatId('no id in here'), null);
    assert.equal(parseChatId(''), null);
    assert.equal(parseChatId(`${ID} or ${OTHER}`), null);
  });
});
