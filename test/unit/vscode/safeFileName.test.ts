import assert from 'node:assert/strict';
import { safeFileName } from '../../../src/extension/vscode/safeFileName';

describe('safeFileName', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['отчёт за май.pdf', 'отчёт за май.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\a.dll', 'a.dll'],
    ['\\\\server\\share\\x.txt', 'x.txt'],
    ['a\u0000b.txt', 'ab.txt'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['.bashrc', 'bashrc'],
    ['trailing. ', 'trailing'],
    ['..', 'file'],
    ['', 'file'],
    ['a:b|c?.txt', 'abc.txt'],
  ];
  for (const [name, expected] of cases)
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(name)}`, () => {
      assert.equal(safeFileName(name), expected);
    });

  it('keeps the extension of a name that is too long, and whole characters', () => {
    const name = safeFileName(`${'щ😀'.repeat(100)}.tar`);
    assert.ok(Buffer.byteLength(name) <= 200, name);
    assert.match(name, /^(щ😀)+щ?\.tar$/u);
  });
});
