import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { numberedName, safeFileName } from '../../../src/extension/vscode/safeFileName';
import { FOREIGN_NAMES, HOSTILE_NAMES } from '../../support/fileNames';

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
    ['NUL .txt', '_NUL .txt'],
    ['desktop.ini', '_desktop.ini'],
    ['.bashrc', 'bashrc'],
    ['\u200d.bashrc', 'bashrc'],
    ['trailing. ', 'trailing'],
    ['folder/', 'folder'],
    ['..', 'file'],
    ['', 'file'],
    ['a:b|c?.txt', 'abc.txt'],
    ['a\ud83d.txt', 'a.txt'],
  ];
  for (const [name, expected] of cases)
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(name)}`, () => {
      assert.equal(safeFileName(name), expected);
    });

  it('keeps the extension of a name that is too long, and whole characters', () => {
    const name = safeFileName(`${'щ😀'.repeat(100)}.tar`);
    assert.ok(Buffer.byteLength(name) <= 240, name);
    assert.match(name, /^(щ😀)+щ?\.tar$/u);
  });

  it('shortens a character that is longer than a name may be', () => {
    const name = safeFileName(`e${'\u0301'.repeat(600)}.txt`);
    assert.match(name, /^e\u0301+\.txt$/);
    assert.ok(Buffer.byteLength(name) <= 240);
  });

  it('gives a number before the extension', () => {
    assert.equal(numberedName('a.b.pdf', 2), 'a.b (2).pdf');
    assert.equal(numberedName('Makefile', 3), 'Makefile (3)');
  });
});

describe('safeFileName, on a real disk', () => {
  let place: string;
  let folder: string;

  beforeEach(async () => {
    place = await mkdtemp(path.join(tmpdir(), 'twin-names-'));
    folder = path.join(place, 'chosen');
    await mkdir(folder);
  });

  afterEach(() => rm(place, { recursive: true }));

  it(`keeps ${HOSTILE_NAMES.length} hostile names inside the folder, in sight and harmless`, async () => {
    assert.ok(HOSTILE_NAMES.length >= 200);
    const used = new Set<string>();
    for (const hostile of HOSTILE_NAMES) {
      const name = safeFileName(hostile);
      const shown = JSON.stringify([hostile.slice(0, 40), name]);
      assert.equal(path.dirname(path.resolve(folder, name)), folder, shown);
      assert.equal(path.win32.basename(name), name, shown);
      assert.ok(Buffer.byteLength(name) <= 240, shown);
      assert.match(name, /^[^.\s]/u, shown);
      assert.match(name, /[^.\s]$/u, shown);
      assert.doesNotMatch(name, /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      assert.doesNotMatch(name, /^(con|prn|aux|nul|com\d|lpt\d|desktop\.ini$)\s*(\.|$)/i, shown);
      if (used.has(name)) continue;
      used.add(name);
      const file = path.join(folder, name);
      await writeFile(file, hostile.slice(0, 10), { flag: 'wx' });
      assert.equal((await stat(file)).mode & 0o111, 0, 'nothing that could be run');
    }
    assert.deepEqual(await readdir(place), ['chosen'], 'nothing beside the folder');
    assert.equal((await readdir(folder)).length, used.size);
  });

  it(`leaves ${FOREIGN_NAMES.length} names of all alphabets as they are, byte by byte`, async () => {
    assert.ok(FOREIGN_NAMES.length >= 100);
    for (const name of FOREIGN_NAMES) {
      assert.equal(safeFileName(name), name);
      await writeFile(path.join(folder, name), name);
      assert.equal(await readFile(path.join(folder, name), 'utf8'), name);
    }
  });
});
