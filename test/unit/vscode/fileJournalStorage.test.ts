import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileJournalStorage } from '../../../src/extension/vscode/fileJournalStorage';

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
});
