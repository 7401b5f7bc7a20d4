import { deepEqual, equal } from 'node:assert/strict';
import { ruleAgainst } from '../../../src/extension/vscode/guard/ignoreFiles';

type Files = Readonly<Record<string, string>>;

const rule = (files: Files, path: string, top = '/') =>
  ruleAgainst(path, '.twinignore', top, (file) => Promise.resolve(files[file] ?? null));

const isIgnored = async (files: Files, path: string) => (await rule(files, path)) !== null;

describe('an ignore file', () => {
  it('names itself, the pattern and its line', async () => {
    const files = { '/home/a/.twinignore': '# private\n\n*.txt\nsecrets/\n' };
    deepEqual(await rule(files, '/home/a/secrets/plan.md'), {
      path: '/home/a/.twinignore',
      pattern: 'secrets/',
      line: 4,
    });
  });

  it('holds for the folders below its own, and no others', async () => {
    const files = { '/home/a/.twinignore': '/notes\n*.log' };
    equal(await isIgnored(files, '/home/a/notes'), true);
    equal(await isIgnored(files, '/home/a/b/notes'), false);
    equal(await isIgnored(files, '/home/a/b/c.log'), true);
    equal(await isIgnored(files, '/home/c.log'), false);
  });

  it('gives way to a nearer one, and an earlier line to a later', async () => {
    const files = { '/a/.twinignore': '*.txt\n!open.txt', '/a/b/.twinignore': '!free.txt' };
    equal(await isIgnored(files, '/a/open.txt'), false);
    equal(await isIgnored(files, '/a/b/free.txt'), false);
    equal(await isIgnored(files, '/a/b/other.txt'), true);
  });

  it('takes nothing back out of a folder that is left out', async () => {
    const files = { '/a/.twinignore': 'b/\n!b/c.txt', '/a/b/.twinignore': '!c.txt' };
    equal((await rule(files, '/a/b/c.txt'))?.path, '/a/.twinignore');
  });

  it('is not looked for above the first folder that counts', async () => {
    const files = { '/.twinignore': '*', '/a/.twinignore': 'x' };
    equal(await rule(files, '/a/b.txt', '/a/'), null);
    equal((await rule(files, '/a/x', '/a/'))?.line, 1);
  });

  it('may be written on Windows, with a mark at its beginning', async () => {
    const files = { '/c:/a/.twinignore': '\uFEFFплан.txt\r\n' };
    equal(await isIgnored(files, '/c:/a/план.txt'), true);
  });
});
