import assert from 'node:assert/strict';
import { patchOf } from '../../../src/extension/vscode/patch';

describe('patchOf', () => {
  it('writes what Git would', async () => {
    assert.equal(
      await patchOf('src/a.ts', 'one\ntwo\nthree\n', 'one\n2\nthree'),
      [
        '--- a/src/a.ts',
        '+++ b/src/a.ts',
        '@@ -1,3 +1,3 @@',
        ' one',
        '-two',
        '-three',
        '+2',
        '+three',
        '\\ No newline at end of file',
        '',
      ].join('\n'),
    );
  });

  it('sees no difference in line ends and byte-order marks', async () => {
    assert.equal(await patchOf('a', '\uFEFFone\r\ntwo\r\n', 'one\ntwo\n'), '');
  });
});
