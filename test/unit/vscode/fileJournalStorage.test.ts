import assert from 'node:assert/strict';
import {
  appendFile,
  mkdtemp,
  open,
  readFile,
  readdir,
  rm,
  symlink,
  utimes,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileJournalStorage } from '../../../src/extension/vscode/fileJournalStorage';

type Write = (this: FileHandle, text: string) => Promise<void>;

describe('FileJournalStorage', () => {
  let folder: string;
  let storage: FileJournalStorage;

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'twin-journal-')), 'made', 'later');
    storage = new FileJournalStorage(folder);
  });

  afterEach(async () => {
    await rm(path.dirname(path.dirname(folder)), { recursive: true });
  });

  it('has nothing at first', async () => {
    assert.deepEqual(await storage.list(), []);
    assert.deepEqual(await storage.read('a'), []);
    assert.equal(await storage.readDraft('a'), '');
  });

  it('deletes all there is, also what came with a write under way, and begins anew', async () => {
    await storage.append('a', ['x']);
    await appendFile(path.join(folder, 'a.lease'), 'x');
    await appendFile(path.join(folder, 'b.draft.txt.new'), 'x');
    const written = [storage.append('c', ['x']), storage.writeDraft('c', 'x')];
    await storage.deleteAll();
    await Promise.all(written);
    await assert.rejects(readdir(folder), { code: 'ENOENT' });
    await storage.append('a', ['y']);
    assert.deepEqual(await storage.read('a'), ['y']);
  });

  it('adds lines in the order of the calls', async () => {
    const many = Array.from({ length: 50 }, (_, index) => `строка ${index}`);
    await Promise.all(many.map((line) => storage.append('a', [line])));
    assert.deepEqual(await storage.read('a'), many);
  });

  it('never joins a new line to a torn one', async () => {
    await storage.append('a', ['whole']);
    await appendFile(path.join(folder, 'a.jsonl'), '{"torn');
    const next = new FileJournalStorage(folder);
    assert.deepEqual(await next.read('a'), ['whole', '{"torn']);
    await next.append('a', ['new']);
    await next.append('a', ['newer']);
    assert.deepEqual(await next.read('a'), ['whole', '{"torn', 'new', 'newer']);
  });

  it('lists the newest first', async () => {
    for (const [index, name] of ['b', 'c', 'a'].entries()) {
      await storage.append(name, ['x']);
      await utimes(path.join(folder, `${name}.jsonl`), 1_000 + index, 1_000 + index);
    }
    assert.deepEqual(await storage.list(), ['a', 'c', 'b']);
  });

  it('replaces a draft as a whole, and leaves nothing beside it', async () => {
    await storage.writeDraft('a', 'long draft');
    await Promise.all([storage.writeDraft('a', 'x'), storage.writeDraft('a', 'y')]);
    assert.equal(await storage.readDraft('a'), 'y');
    assert.deepEqual(await readdir(folder), ['a.draft.txt']);
    assert.equal(await readFile(path.join(folder, 'a.draft.txt'), 'utf8'), 'y');
  });

  it('deletes a journal with its draft', async () => {
    await storage.append('a', ['x']);
    await storage.writeDraft('a', 'y');
    await storage.delete('a');
    assert.deepEqual(await readdir(folder), []);
  });

  it('takes no name that could be a path', () => {
    for (const name of ['../x', '/etc/x', 'a/b', 'a\\b', '', '.', 'a.b', 'con:'])
      assert.throws(() => storage.append(name, ['x']), name);
  });

  describe('on a bad disk', () => {
    it('says that it is full, and keeps what was there', async function () {
      if (process.platform !== 'linux') this.skip(); // has a file that is always full
      await storage.append('b', ['x']);
      await symlink('/dev/full', path.join(folder, 'full.jsonl'));
      await assert.rejects(storage.append('full', ['x']), { code: 'ENOSPC' });
      await storage.writeDraft('a', 'old');
      await symlink('/dev/full', path.join(folder, 'a.draft.txt.new'));
      await assert.rejects(storage.writeDraft('a', 'new'), { code: 'ENOSPC' });
      assert.equal(await storage.readDraft('a'), 'old');
      assert.ok(!(await readdir(folder)).includes('a.draft.txt.new'));
    });

    it('has all of what it was given, or nothing: what it took a part of can be given again', async () => {
      await storage.append('a', ['first']);
      const probe = await open(path.join(folder, 'a.jsonl'));
      const handles = Object.getPrototypeOf(probe) as { writeFile: Write };
      await probe.close();
      const { writeFile } = handles;
      handles.writeFile = async function (text) {
        await writeFile.call(this, text.slice(0, -2));
        throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
      };
      try {
        await assert.rejects(storage.append('a', ['second', 'third']), { code: 'ENOSPC' });
      } finally {
        handles.writeFile = writeFile;
      }
      assert.deepEqual(await storage.read('a'), ['first']);
      await storage.append('a', ['second', 'third']);
      assert.deepEqual(await storage.read('a'), ['first', 'second', 'third']);
    });

    it('says that nothing can be written or read there', async () => {
      await storage.append('b', ['x']);
      const file = path.join(folder, 'file');
      await appendFile(file, 'x');
      const bad = new FileJournalStorage(path.join(file, 'sessions'));
      await assert.rejects(bad.append('a', ['x']));
      await assert.rejects(bad.writeDraft('a', 'x'));
      await assert.rejects(bad.list());
    });

    it('reads all but the bytes that are none of ours', async () => {
      await storage.append('a', ['whole']);
      await appendFile(path.join(folder, 'a.jsonl'), Buffer.from([0xff, 0x00, 0xfe, 0x0a]));
      await storage.append('a', ['next']);
      const lines = await storage.read('a');
      assert.deepEqual([lines[0], lines[2]], ['whole', 'next']);
    });
  });
});
