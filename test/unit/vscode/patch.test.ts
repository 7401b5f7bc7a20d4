import assert from 'node:assert/strict';
import { patchOf, shownByPatch } from '../../../src/extension/vscode/patch';

describe('patchOf', () => {
  it('writes what Git would', () => {
    assert.equal(
      patchOf('src/код.ts', 'one\ntwo\nthree\n', 'one\n2\nthree'),
      [
        '--- a/src/код.ts',
        '+++ b/src/код.ts',
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

  it('gives up on texts that differ all over', () => {
    const text = (word: string) =>
      Array.from({ length: 20_000 }, (_, at) => `${word} ${at}\n`).join('');
    assert.equal(patchOf('a', text('old'), text('new'), 1), null);
  });

  it('sees no difference in line ends and byte-order marks', () => {
    assert.equal(patchOf('a', '\uFEFFone\r\ntwo\r\n', 'one\ntwo\n'), '');
  });
});

describe('shownByPatch', () => {
  it('gives what the file has now, by its lines', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
    const changed = lines.with(1, '+++ two').toSpliced(24, 1).toSpliced(27, 0, 'new');
    const patch = patchOf('a', lines.join('\n'), changed.join('\n')) ?? '';
    const shown = shownByPatch(patch);
    assert.ok(shown.length > 2);
    for (const { firstLine, lastLine, text } of shown) {
      assert.ok(patch.includes(text));
      const unmarked = text.split('\n').map((line) => line.slice(1));
      assert.deepEqual(unmarked, changed.slice(firstLine - 1, lastLine));
    }
    assert.match(shown.map(({ text }) => text).join('\n'), /^\+\+\+\+ two$/m);
  });
});
