// A session on disk: JSON lines, the first of which names the format. Only ever added to, never
// rewritten: what cannot be read today may be read by another version, or by a person.

import { isRecord } from '../../shared/guards';
import { isDurableEvent } from './durableEventGuard';
import type { JournalStorage } from './journalStorage';
import { LeaseLostError, type JournalWriter } from './lease';
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
  readonly event: DurableEvent | null;
  /** Whether the disk is to be asked, also if there is nothing new. */
  readonly insists: boolean;
  readonly mayWait: () => boolean;
  readonly done: (isKept: boolean) => void;
}

export interface JournalListener {
  /** The disk does not take what it is given. */
  onFailure(error: unknown): void;
  /** These are on disk. */
  onWritten(events: readonly DurableEvent[]): void;
}

/**
 * The writing end of a journal. What is asked for while the disk is busy goes in one write; what the
 * disk does not take waits and goes before anything later, for a journal with a hole would tell a
 * false story.
 */
export class Journal {
  private waiting: Waiting[] = [];
  private isWriting = false;
  /** What the disk has not taken, oldest first. */
  private unwritten: DurableEvent[] = [];
  private failing = false;

  /** @param isNew false for a journal that has its header already */
  constructor(
    private readonly storage: Pick<JournalWriter, 'append'>,
    readonly name: string,
    private isNew: boolean,
    private readonly listener: JournalListener,
  ) {}

  /** Whether the disk did not take the last of what it was given. */
  get isFailing(): boolean {
    return this.failing;
  }

  /**
   * Writes an event. Resolves, in the order of the calls, when it is on disk, or when the disk has
   * failed: the chat goes on in memory, and the event is written when the disk takes it.
   *
   * @param mayWait asked when the disk does not take it: whether it may be written later
   * @returns false for what is not kept: it may not wait, or another window has the journal
   */
  write(event: DurableEvent, mayWait: () => boolean = () => true): Promise<boolean> {
    return this.ask({ event, insists: true, mayWait });
  }

  /** Resolves when everything asked for so far is done. */
  async settled(): Promise<void> {
    await this.ask({ event: null, insists: false, mayWait: () => true });
  }

  /** Offers the disk once more what it has not taken. */
  async retry(): Promise<void> {
    await this.ask({ event: null, insists: true, mayWait: () => true });
  }

  /** Makes sure that there is a journal, so that what lies beside it (the draft) is found again. */
  async create(): Promise<void> {
    if (this.isNew) await this.retry();
  }

  private ask(request: Omit<Waiting, 'done'>): Promise<boolean> {
    return new Promise((done) => {
      this.waiting.push({ ...request, done });
      if (!this.isWriting) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      const error = batch.some(({ insists }) => insists) ? await this.append(batch) : null;
      const isLost = error instanceof LeaseLostError;
      const kept = batch.map(({ mayWait }) => error === null || (!isLost && mayWait()));
      if (error !== null)
        this.unwritten.push(...batch.flatMap(({ event }, index) => (kept[index] && event) || []));
      if (isLost) this.unwritten = [];
      batch.forEach(({ done }, index) => {
        done(kept[index] === true);
      });
    }
    this.isWriting = false;
  }

  /** @returns what the disk has against it */
  private async append(batch: readonly Waiting[]): Promise<Error | null> {
    const events = [...this.unwritten, ...batch.flatMap(({ event }) => event ?? [])];
    const lines = events.map((event) => JSON.stringify(event));
    try {
      if (this.isNew || lines.length > 0)
        await this.storage.append(this.name, this.isNew ? [HEADER, ...lines] : lines);
    } catch (error) {
      this.failing = true;
      this.listener.onFailure(error);
      return error instanceof Error ? error : new Error(String(error));
    }
    this.isNew = false;
    this.failing = false;
    this.unwritten = [];
    this.listener.onWritten(events);
    return null;
  }
}
