// A file of the local disk, streamed: a large one is never in memory as a whole.

import type { Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { FileError } from '../core/errors';

/** How much leaves at once, bytes. */
const CHUNK = 1024 * 1024;

export interface FileOnDisk {
  /** Bytes. */
  readonly size: number;
  readonly head: Uint8Array;
  /**
   * The file as it was when it was opened first: that is what was looked at and whose size was
   * promised to the server.
   *
   * @throws FileError when it has changed since, also while it is read, or is gone
   */
  readonly read: () => AsyncIterable<Uint8Array>;
}

/** @param headSize how much of its beginning is wanted now, bytes */
export async function openFileOnDisk(path: string, headSize: number): Promise<FileOnDisk> {
  const handle = await open(path, 'r');
  try {
    const stat = await handle.stat();
    const head = new Uint8Array(Math.min(headSize, stat.size));
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return { size: stat.size, head: head.subarray(0, bytesRead), read: () => chunks(path, stat) };
  } finally {
    await handle.close();
  }
}

async function* chunks(path: string, promised: Stats): AsyncGenerator<Uint8Array> {
  const handle = await openAgain(path);
  try {
    await checkUnchanged(handle, promised);
    // One for all: what is garbage only would be tens of megabytes before it is collected.
    const chunk = new Uint8Array(Math.min(CHUNK, promised.size));
    let offset = 0;
    while (offset < promised.size) {
      const wanted = Math.min(CHUNK, promised.size - offset);
      const { bytesRead } = await handle.read(chunk, 0, wanted, offset);
      if (bytesRead === 0) throw new FileError('fileChanged', 'it shrank while it was read');
      offset += bytesRead;
      // Before the last bytes leave: without them the server has no whole file.
      if (offset === promised.size) await checkUnchanged(handle, promised);
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function openAgain(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new FileError('fileMissing', error);
    throw error;
  }
}

async function checkUnchanged(handle: FileHandle, promised: Stats): Promise<void> {
  const { size, mtimeMs } = await handle.stat();
  if (size !== promised.size || mtimeMs !== promised.mtimeMs) throw new FileError('fileChanged');
}
