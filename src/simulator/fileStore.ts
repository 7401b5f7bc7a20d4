import { createHash, randomUUID } from 'node:crypto';
import { parse } from 'node:path';

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly sha256: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** True for files of people, false for those of bots (the article's words). */
  readonly isPrivate: boolean;
}

export type NewFile = Pick<StoredFile, 'name' | 'contentType' | 'content' | 'isPrivate'> & {
  /** Known already when the bytes were hashed as they came. */
  readonly sha256?: string;
};

/** The platform's files, in memory. */
export class FileStore {
  private readonly files = new Map<string, StoredFile>();

  constructor(private readonly now: () => number) {}

  add(file: NewFile): StoredFile {
    const sha256 = file.sha256 ?? createHash('sha256').update(file.content).digest('hex');
    const stored = { ...file, sha256, id: randomUUID(), createdAt: this.now() };
    this.files.set(stored.id, stored);
    return stored;
  }

  get(id: string): StoredFile | undefined {
    return this.files.get(id);
  }

  clear(): void {
    this.files.clear();
  }
}

/** `{baseName, extension}` of a file's name; the extension has no dot. */
export function splitName(name: string): { baseName: string; extension: string } {
  const { name: baseName, ext } = parse(name);
  return { baseName, extension: ext.slice(1) };
}
