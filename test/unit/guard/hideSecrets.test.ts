import assert from 'node:assert/strict';
import { hideSecrets } from '../../../src/extension/vscode/guard/hideSecrets';

// Written in parts: whole they would be taken for real ones by whoever looks through this project.
const TOKEN = `ghp_${'a1B2c3D4'.repeat(4)}e5F6`;
const KEY_BODY = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEA';
const KEY = ['-----BEGIN PRI', 'VATE KEY-----\n', `${KEY_BODY}\n${KEY_BODY}`].join('');

describe('hiding secrets', () => {
  it('leaves "…" in the place of a token, and all around it as it was', () => {
    assert.equal(hideSecrets(`Use ${TOKEN}, then **go**.`), 'Use …, then **go**.');
    assert.equal(hideSecrets(`${TOKEN} ${TOKEN}`), '… …');
  });

  it('hides a private key to its end, or to the end of the text where it has none', () => {
    const whole = `${KEY}\n-----END PRIVATE KEY-----`;
    assert.equal(hideSecrets(`My key:\n${whole}\nbye`), 'My key:\n…\nbye');
    assert.equal(hideSecrets(`My key:\n${KEY}`), 'My key:\n…');
  });

  it('hides all of a value of which the pattern knows the beginning only', () => {
    const value = 'A'.repeat(60) + 'rest+of/it=';
    assert.equal(hideSecrets(`client-key-data: ${value}\nnext: 1`), '…\nnext: 1');
  });

  // Each end looked for anew would take minutes, and the test's time is the bound.
  it('looks once for the end that a hundred thousand secrets in a row have', () => {
    assert.equal(hideSecrets(`${TOKEN}-`.repeat(100_000)), '…');
    assert.equal(hideSecrets(`${KEY}\n`.repeat(40_000)), '…');
  });

  it('changes nothing of ordinary words, addresses and code', () => {
    const text = 'See https://shop.example/?q=1 and `const total = 4711;`\n\n```ts\nsecret\n```';
    assert.equal(hideSecrets(text), text);
  });
});
