// Journals as files: `<name>.jsonl`, and the draft beside it as `<name>.draft.txt`.

import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JournalStorage } from '../session/journalStorage';

const JOURNAL = '.jsonl';
const DRAFT = '.draft.txt';
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,120}$/;
const NEWLINE = 0x0a;

export class FileJournalStorage implements JournalStorage {
  /** The last call for each journal: the next one waits for it. */
  private readonly tails = new Map<string, Promise<unknown>>();
  /** Journals whose last line is known to be whole. */
  private readonly whole = new Set<string>();

  /** @param folder made when it is first written to */
  constructor(private readonly folder: string) {}

  async list(): Promise<readonly string[]> {
    const names = await unlessMissing(readdir(this.folder), []);
    const journals = names
      .filter((name) => name.endsWith(JOURNAL))
      .map((name) => name.slice(0, -JOURNAL.length))
      .filter((name) => SAFE_NAME.test(name));
    const dated = await Promise.all(
      journals.map(async (name) => ({ name, at: (await this.stat(name)).changedAt })),
    );
    return dated.sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1)).map(({ name }) => name);
  }

  async read(name: string): Promise<readonly string[]> {
    const text = await unlessMissing(readFile(this.file(name, JOURNAL), 'utf8'), '');
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines;
  }

  async stat(name: string): Promise<{ changedAt: number; size: number }> {
    const none = { mtimeMs: 0, size: 0 };
    const found = await unlessMissing<typeof none>(stat(this.file(name, JOURNAL)), none);
    return { changedAt: found.mtimeMs, size: found.size };
  }

  append(name: string, lines: readonly string[]): Promise<void> {
    const file = this.file(name, JOURNAL);
    return this.inTurn(name, async () => {
      await mkdir(this.folder, { recursive: true });
      const handle = await open(file, 'a+', 0o600);
      try {
        const { size } = await handle.stat();
        // A torn last line stays as it is; ours must not become a part of it.
        const torn = !this.whole.has(name) && (await isTorn(handle, size));
        this.whole.delete(name);
        const text = lines.map((line) => `${line}\n`).join('');
        try {
          await handle.writeFile(torn ? `\n${text}` : text);
        } catch (error) {
          // All or nothing: what did not fit as a whole is given to the disk once more later.
          await handle.truncate(size).catch(() => undefined);
          throw error;
        }
        this.whole.add(name);
      } finally {
        await handle.close();
      }
    });
  }

  readDraft(name: string): Promise<string> {
    return unlessMissing(readFile(this.file(name, DRAFT), 'utf8'), '');
  }

  writeDraft(name: string, text: string): Promise<void> {
    const file = this.file(name, DRAFT);
    return this.inTurn(name, async () => {
      await mkdir(this.folder, { recursive: true });
      try {
        await writeFile(`${file}.new`, text, { mode: 0o600 });
        await rename(`${file}.new`, file);
      } catch (error) {
        await rm(`${file}.new`, { force: true }).catch(() => undefined);
        throw error;
      }
    });
  }

  delete(name: string): Promise<void> {
    const files = [this.file(name, JOURNAL), this.file(name, DRAFT)];
    return this.inTurn(name, async () => {
      this.whole.delete(name);
      await Promise.all(files.map((file) => rm(file, { force: true })));
    });
  }

  async deleteAll(): Promise<void> {
    await Promise.allSettled(this.tails.values());
    this.tails.clear();
    this.whole.clear();
    await rm(this.folder, { recursive: true, force: true });
  }

  private file(name: string, extension: string): string {
    if (!SAFE_NAME.test(name)) throw new Error(`Not the name of a journal: ${name}`);
    return path.join(this.folder, `${name}${extension}`);
  }

  private inTurn(name: string, work: () => Promise<void>): Promise<void> {
    const before = this.tails.get(name) ?? Promise.resolve();
    // A failed call is its caller's matter; the next one is tried all the same.
    const done = before.catch(() => undefined).then(work);
    this.tails.set(name, done);
    return done;
  }
}

async function isTorn(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<boolean> {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  return last[0] !== NEWLINE;
}

async function unlessMissing<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise;
    throw error;
  }
}
