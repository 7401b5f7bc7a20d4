import type { JournalStorage } from '../../src/extension/session/journalStorage';
import { isRecord } from '../../src/shared/guards';

/** A disk that one process has in hand: it counts what is under way, and is cut off by a crash. */
export class WatchedStorage implements JournalStorage {
  private severed = false;
  private underWay = 0;

  /** @param onDisk is told of each line once it is on disk */
  constructor(
    private readonly disk: JournalStorage,
    private readonly onDisk: (line: string) => void,
  ) {}

  get isBusy(): boolean {
    return this.underWay > 0;
  }

  /** The process is gone: nothing it still asks for is done or answered. */
  sever(): void {
    this.severed = true;
  }

  list(): Promise<readonly string[]> {
    return this.watched(() => this.disk.list());
  }

  read(name: string): Promise<readonly string[]> {
    return this.watched(() => this.disk.read(name));
  }

  append(name: string, lines: readonly string[]): Promise<void> {
    return this.watched(async () => {
      await this.disk.append(name, lines);
      lines.forEach(this.onDisk);
    });
  }

  readDraft(name: string): Promise<string> {
    return this.watched(() => this.disk.readDraft(name));
  }

  writeDraft(name: string, text: string): Promise<void> {
    return this.watched(() => this.disk.writeDraft(name, text));
  }

  delete(name: string): Promise<void> {
    return this.watched(() => this.disk.delete(name));
  }

  stat(name: string): Promise<{ changedAt: number; size: number }> {
    return this.watched(() => this.disk.stat(name));
  }

  deleteAll(): Promise<void> {
    return this.watched(() => this.disk.deleteAll());
  }

  private async watched<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.severed) return new Promise(() => undefined);
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
    }
  }
}

/** The ids of the messages that a line of a journal holds. */
export function messageIdsIn(line: string): readonly string[] {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value)) return [];
  const event = isRecord(value['event']) ? value['event'] : {};
  const messages = Array.isArray(value['messages']) ? value['messages'] : [event['message']];
  return messages.flatMap((message: unknown) =>
    isRecord(message) && typeof message['id'] === 'string' ? message['id'] : [],
  );
}
