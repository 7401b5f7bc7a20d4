import { equal } from 'node:assert/strict';
import { fenceLanguage } from '../../../src/extension/vscode/fenceLanguage';

const KNOWN = ['plaintext', 'typescript', 'shellscript', 'Log', 'go'];

describe('the language of a fence', () => {
  for (const [name, id] of [
    ['typescript', 'typescript'],
    ['TS', 'typescript'],
    ['bash', 'shellscript'],
    ['log', 'Log'],
    ['rust', 'plaintext'],
    ['constructor', 'plaintext'],
    [null, 'plaintext'],
  ] as const)
    it(`${name ?? 'none'} is ${id}`, () => {
      equal(fenceLanguage(name, KNOWN), id);
    });
});
