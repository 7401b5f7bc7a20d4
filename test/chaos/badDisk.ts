import type { JournalStorage } from '../../src/extension/session/journalStorage';

export type DiskTrouble = 'full' | 'read-only';

const CODES: Readonly<Record<DiskTrouble, string>> = { full: 'ENOSPC', 'read-only': 'EROFS' };

/** A disk that may be full or read-only. It knows whether it is at work. */
export class BadDisk implements JournalStorage {
  trouble: DiskTrouble | null = null;
  private underWay = 0;

  constructor(private readonly disk: JournalStorage) {}

  get isBusy(): boolean {
    return this.underWay > 0;
  }

  list(): Promise<readonly string[]> {
    return this.work(() => this.disk.list());
  }

  read(name: string): Promise<readonly string[]> {
    return this.work(() => this.disk.read(name));
  }

  readDraft(name: string): Promise<string> {
    return this.work(() => this.disk.readDraft(name));
  }

  append(name: string, lines: readonly string[]): Promise<void> {
    return this.work(() => {
      this.refuse();
      return this.disk.append(name, lines);
    });
  }

  writeDraft(name: string, text: string): Promise<void> {
    return this.work(() => {
      this.refuse();
      return this.disk.writeDraft(name, text);
    });
  }

  /** A full disk lets one delete. */
  delete(name: string): Promise<void> {
    return this.work(() => {
      if (this.trouble === 'read-only') this.refuse();
      return this.disk.delete(name);
    });
  }

  stat(name: string): Promise<{ changedAt: number; size: number }> {
    return this.work(() => this.disk.stat(name));
  }

  deleteAll(): Promise<void> {
    return this.work(() => {
      if (this.trouble === 'read-only') this.refuse();
      return this.disk.deleteAll();
    });
  }

  private async work<Result>(work: () => Promise<Result>): Promise<Result> {
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
    }
  }

  private refuse(): void {
    if (this.trouble === null) return;
    const code = CODES[this.trouble];
    throw Object.assign(new Error(`${code}: the disk is ${this.trouble}`), { code });
  }
}
