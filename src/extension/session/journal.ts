// A session on disk: JSON lines, the first of which names the format. Only ever added to, never
// rewritten: what cannot be read today may be read by another version, or by a person.

import { isRecord } from '../../shared/guards';
import { isDurableEvent } from './durableEventGuard';
import type { JournalStorage } from './journalStorage';
import type { JournalWriter } from './lease';
import type { DurableEvent } from './sessionEvent';

const FORMAT = 'twin-chat-journal';
export const JOURNAL_VERSION = 1;
const HEADER = JSON.stringify({ format: FORMAT, version: JOURNAL_VERSION });

/** The journal was written by a later version of the extension. It is left as it is. */
export class NewerJournalError extends Error {
  override readonly name = 'NewerJournalError';

  constructor(
    readonly journal: string,
    readonly version: number,
  ) {
    super(
      `The conversation ${journal} was written by a newer version of TWIN Chat ` +
        `(format ${version}; this one reads up to ${JOURNAL_VERSION})`,
    );
  }
}

export interface LoadedJournal {
  readonly events: readonly DurableEvent[];
  /** Lines that are no events: damaged, or of an unknown kind. They stay in the file. */
  readonly setAside: number;
  /** Lines whose end is missing: the process died while it wrote them, so nobody has seen them. */
  readonly torn: number;
}

/**
 * Reads a journal.
 *
 * @throws NewerJournalError; or what the storage throws
 */
export async function loadJournal(storage: JournalStorage, name: string): Promise<LoadedJournal> {
  const lines = await storage.read(name);
  const events: DurableEvent[] = [];
  let setAside = 0;
  let torn = 0;
  for (const line of lines) {
    const value = parse(line);
    if (isDurableEvent(value)) events.push(value);
    else if (isRecord(value) && value['format'] === FORMAT) refuseNewer(name, value['version']);
    else if (isTorn(line)) torn += 1;
    else setAside += 1;
  }
  return { events, setAside, torn };
}

/** Every line of ours is an object. A crash of the whole machine may leave NULs. */
function isTorn(line: string): boolean {
  return !line.trimEnd().endsWith('}') && /^(\{|\0*$|\s*$)/.test(line);
}

function refuseNewer(name: string, version: unknown): void {
  if (typeof version === 'number' && version > JOURNAL_VERSION)
    throw new NewerJournalError(name, version);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

interface Waiting {
  readonly line: string | null;
  readonly done: () => void;
}

/** The writing end of a journal. What is asked for while the disk is busy goes in one write. */
export class Journal {
  private waiting: Waiting[] = [];
  private isWriting = false;
  private broken = false;

  /**
   * @param isNew false for a journal that has its header already
   * @param onFailure called once, when the disk does not take a line: nothing more is written, for
   *   a journal with a hole would tell a false story
   */
  constructor(
    private readonly storage: Pick<JournalWriter, 'append'>,
    readonly name: string,
    private isNew: boolean,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /**
   * Writes an event. Resolves, in the order of the calls, when it is on disk, or when the disk has
   * failed: the chat goes on in memory. `null` writes nothing and resolves in its turn.
   */
  write(event: DurableEvent | null): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ line: event === null ? null : JSON.stringify(event), done });
      if (!this.isWriting) void this.writeAll();
    });
  }

  /** Resolves when everything asked for so far is done. */
  settled(): Promise<void> {
    return this.write(null);
  }

  /** Makes sure that there is a journal, so that what lies beside it (the draft) is found again. */
  async create(): Promise<void> {
    if (this.isNew && !this.broken) await this.append([]);
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      const lines = batch.flatMap(({ line }) => line ?? []);
      if (lines.length > 0 && !this.broken) await this.append(lines);
      for (const { done } of batch) done();
    }
    this.isWriting = false;
  }

  private async append(lines: readonly string[]): Promise<void> {
    const header = this.isNew ? [HEADER] : [];
    this.isNew = false;
    try {
      await this.storage.append(this.name, [...header, ...lines]);
    } catch (error) {
      if (this.broken) return;
      this.broken = true;
      this.onFailure(error);
    }
  }
}
