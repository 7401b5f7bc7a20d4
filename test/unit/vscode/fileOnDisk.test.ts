import assert from 'node:assert/strict';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { appendFile, mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileError } from '../../../src/extension/core/errors';
import { openFileOnDisk } from '../../../src/extension/vscode/fileOnDisk';

const MEGABYTE = 1024 * 1024;

describe('openFileOnDisk', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'twin-file-'));
    file = path.join(folder, 'запись.wav');
    await writeFile(file, Buffer.alloc(2.5 * MEGABYTE, 'щ0123456789'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function sizes(chunks: AsyncIterable<Uint8Array>): Promise<readonly number[]> {
    const all: number[] = [];
    for await (const chunk of chunks) all.push(chunk.length);
    return all;
  }

  const reason =
    (expected: string) =>
    (error: unknown): boolean =>
      error instanceof FileError && error.reason === expected;

  it('gives its beginning, and all of it in chunks, as often as it is asked', async () => {
    const { size, head, read } = await openFileOnDisk(file, 100);
    assert.deepEqual([size, head.length], [2.5 * MEGABYTE, 100]);
    for (let time = 0; time < 2; time += 1)
      assert.deepEqual(await sizes(read()), [MEGABYTE, MEGABYTE, 0.5 * MEGABYTE]);
  });

  it('is let go of by one who does not read it to its end', async function () {
    const handles = '/proc/self/fd';
    if (!existsSync(handles)) this.skip();
    const held = () =>
      readdirSync(handles).filter((it) => {
        try {
          return readlinkSync(path.join(handles, it)) === file;
        } catch {
          return false; // that of this very look
        }
      });
    const { read } = await openFileOnDisk(file, 100);
    for await (const chunk of read()) {
      assert.deepEqual([chunk.length, held().length], [MEGABYTE, 1]);
      break;
    }
    assert.deepEqual(held(), []);
  });

  it('says that it is gone', async () => {
    const { read } = await openFileOnDisk(file, 100);
    await rm(file);
    await assert.rejects(sizes(read()), reason('fileMissing'));
  });

  it('gives nothing of a file that was changed since it was looked at', async () => {
    const { read } = await openFileOnDisk(file, 100);
    await utimes(file, new Date(), new Date(Date.now() + 60_000));
    let chunks = 0;
    await assert.rejects(async () => {
      for await (const chunk of read()) chunks += chunk.length;
    }, reason('fileChanged'));
    assert.equal(chunks, 0);
  });

  for (const [what, change] of [
    ['grows', () => appendFile(file, 'more')],
    ['shrinks', () => truncate(file, MEGABYTE + 1)],
    ['is emptied', () => truncate(file, 0)],
  ] as const)
    it(`does not give the last bytes of one that ${what} while it is read`, async () => {
      const { size, read } = await openFileOnDisk(file, 100);
      let given = 0;
      await assert.rejects(async () => {
        for await (const chunk of read()) {
          if (given === 0) await change();
          given += chunk.length;
        }
      }, reason('fileChanged'));
      assert.ok(given < size);
    });
});
