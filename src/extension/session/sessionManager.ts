// Holds the sessions. One is live at a time; the journals of all others stay on disk.

import { DisposableStore, type Disposable } from '../core/disposable';
import { Emitter, type Event } from '../core/event';
import { ChatSession, type SessionParts } from './chatSession';
import { readDraftRecord } from './draftRecord';
import { loadJournal, NewerJournalError, type LoadedJournal } from './journal';
import { HAND_OVER, NO_LEASES, type Lease, type Leases } from './lease';
import type { SessionSettings } from './sessionSettings';
import type { Unsent } from './unsent';

/** What was written into a session that never started. */
interface Orphan {
  readonly journal: string;
  readonly text: string;
  readonly lease: Lease;
  /** False for what holds more than we can read: it is left as it is. */
  readonly mayBeDeleted: boolean;
}

/** A conversation on disk that cannot be shown, or not as a whole. It is left as it is. */
export type JournalTrouble = 'newer' | 'unreadable' | 'damaged';

/** Remembers which session this window had, across its reloads. */
export interface SessionMemory {
  last(): string | undefined;
  /** @param key `undefined` for none */
  remember(key: string | undefined): void;
}

export class SessionManager implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changes = this.store.add(new Emitter<ChatSession | null>());
  private readonly troubles = this.store.add(new Emitter<JournalTrouble>());
  private readonly leases: Leases;
  private session: ChatSession | null = null;
  private lease: Lease | null = null;
  private resuming: Promise<void> | null = null;
  private orphans: readonly Orphan[] = [];
  private readonly retiring = new Set<Promise<void>>();
  /** Waits for the other window to let go of the session that is shown. */
  private waiting: Disposable | null = null;
  private endPause: (() => void) | null = null;

  readonly onDidChangeCurrent: Event<ChatSession | null> = this.changes.event;
  readonly onDidFindTrouble: Event<JournalTrouble> = this.troubles.event;

  constructor(
    private readonly parts: SessionParts,
    private readonly memory: SessionMemory | null = null,
  ) {
    this.leases = parts.leases ?? NO_LEASES;
  }

  /** The session that is shown: live, ended, failed, or one of another window. */
  get current(): ChatSession | null {
    return this.session;
  }

  /**
   * Begins a new session in place of the current one, which is ended. What that one could not send
   * comes back into the composer. Resolves at once: how the start goes is shown in the session.
   */
  async startChat(settings: SessionSettings): Promise<ChatSession> {
    await this.resumeLast(); // what was left unsent belongs into the new one
    const key = this.newKey();
    const lease = await this.acquire(key, true);
    const previous = this.session;
    const previousLease = this.lease;
    const { orphans } = this;
    const session = new ChatSession(this.parts, { key, settings, addresses: settings, lease });
    // What another window carries on is that window's.
    const unsent = previous?.isElsewhere === false ? previous.unsent() : null;
    for (const { text } of orphans) session.takeOver({ text, files: [] });
    if (unsent !== null) session.takeOver(unsent);
    this.orphans = [];
    this.show(session, lease);
    void session.start();
    this.retire(async () => {
      if (unsent !== null) await previous?.end(); // first: what is taken from it must not go as well
      await session.flush();
      for (const orphan of orphans) await this.putAway(orphan);
      if (previous !== null) await retire(previous, unsent);
      previousLease?.release();
    });
    return session;
  }

  /** Ends the current session and begins a new one. */
  restart(settings: SessionSettings): Promise<ChatSession> {
    return this.startChat(settings);
  }

  /** Ends the current session; it stays on the screen. */
  async end(): Promise<void> {
    await this.session?.end();
  }

  /**
   * Takes up the session that this window had, else the newest of the disk, once: live if it may
   * be, else as it ended, or to be read where another window has it. Does nothing when there is a
   * session already.
   */
  async resumeLast(): Promise<ChatSession | null> {
    if (this.session === null) await (this.resuming ??= this.resumeNewest());
    return this.session;
  }

  /** Takes over the session that is shown from the window that has it. */
  async continueHere(): Promise<void> {
    await this.takeUp(true);
  }

  /**
   * Ends the session and deletes every conversation of the disk; who shows one in another window
   * only reads it from then on.
   *
   * @throws what the storage throws
   */
  async deleteAll(): Promise<void> {
    await this.resumeLast(); // or it would come back
    await this.end();
    await this.flush();
    this.letGo();
    const taken = await this.takeAll();
    try {
      await this.parts.storage.deleteAll();
    } finally {
      for (const lease of taken) lease.release();
      this.show(null, null);
    }
  }

  /** Resolves when everything said so far is on disk. */
  async flush(): Promise<void> {
    await Promise.all([...this.retiring, this.session?.flush()]);
  }

  /** Lets go of the session without ending it. */
  dispose(): void {
    this.letGo();
    this.store.dispose();
    this.endPause?.();
  }

  private letGo(): void {
    this.waiting?.dispose();
    this.session?.dispose();
    this.lease?.release();
    this.lease = null;
    for (const { lease } of this.orphans) lease.release();
    this.orphans = [];
  }

  /** The right to every conversation of the disk, also where another window has it. */
  private async takeAll(): Promise<readonly Lease[]> {
    const names = await this.parts.storage.list();
    const free = await Promise.all(names.map((name) => this.acquire(name, false)));
    const others = names.filter((_, index) => free[index] === null);
    const forced = await Promise.all(others.map((name) => this.acquire(name, true)));
    if (others.length > 0) await this.pause(HAND_OVER);
    return [...free, ...forced].filter((lease) => lease !== null);
  }

  private async resumeNewest(): Promise<void> {
    for (const name of await this.journals()) {
      const loaded = await this.load(name);
      if (loaded !== null && (await this.restore(name, loaded))) return;
    }
  }

  /** @returns false for one that never started: the next one is looked at */
  private async restore(name: string, loaded: LoadedJournal): Promise<boolean> {
    const lease = await this.acquire(name, false);
    const draft = await this.readDraft(name);
    if (this.store.isDisposed || this.session !== null) {
      lease?.release();
      return true;
    }
    if (await this.resume(name, loaded, draft, lease)) return true;
    if (lease !== null) this.addOrphan(name, loaded, draft, lease);
    return false;
  }

  /** @returns false for one that never started */
  private async resume(
    name: string,
    { events }: LoadedJournal,
    draft: string,
    lease: Lease | null,
  ): Promise<boolean> {
    const started = events.find((event) => event.type === 'started');
    if (started === undefined) return false;
    const init = { key: name, settings: null, addresses: started, lease };
    const session = new ChatSession(this.parts, init);
    const resumed = session.resume(events, draft);
    this.show(session, lease);
    if (lease === null) this.waitUntilFree(name);
    await resumed;
    return true;
  }

  /** @param force whether the person wants it so; else it is taken only if nobody has it */
  private async takeUp(force: boolean): Promise<void> {
    const shown = this.session;
    if (shown?.isElsewhere !== true) return;
    const { key } = shown;
    const lease = await this.acquire(key, force);
    if (lease === null) {
      this.waitUntilFree(key);
      return;
    }
    await this.pause(HAND_OVER);
    const loaded = await this.load(key);
    const draft = await this.readDraft(key);
    if (this.store.isDisposed || this.session !== shown || loaded === null) {
      lease.release();
      return;
    }
    shown.dispose();
    if (!(await this.resume(key, loaded, draft, lease))) {
      lease.release(); // another window has deleted it
      this.show(null, null);
      return;
    }
    this.current?.takeOver(shown.leftOver());
    await this.current?.flush();
  }

  private waitUntilFree(name: string): void {
    this.waiting?.dispose();
    this.waiting = this.leases.whenFree(name, () => {
      this.waiting?.dispose();
      this.waiting = null;
      void this.takeUp(false);
    });
  }

  private async acquire(name: string, force: boolean): Promise<Lease | null> {
    const onLost = (isRecent: boolean): void => {
      const lost = this.session;
      if (lost?.key === name) void lost.moveElsewhere(isRecent);
    };
    try {
      return await this.leases.acquire(name, { force, onLost });
    } catch (error) {
      // A disk that takes no lease takes no journal either, which is said where it fails.
      this.parts.logger.warn('No lease can be had', { name, error });
      return NO_LEASES.acquire(name, { force, onLost });
    }
  }

  private addOrphan(journal: string, loaded: LoadedJournal, draft: string, lease: Lease): void {
    const { events, setAside } = loaded;
    const removed = new Set(events.flatMap((it) => (it.type === 'removed' ? it.key : [])));
    const queued = events.flatMap((event) =>
      event.type === 'queued' && !removed.has(event.key) ? event.text : [],
    );
    const texts = [...queued, readDraftRecord(draft, events).text];
    const text = texts.filter((it) => it !== '').join('\n\n');
    this.orphans = [{ journal, text, lease, mayBeDeleted: setAside === 0 }, ...this.orphans];
  }

  private async putAway({ journal, lease, mayBeDeleted }: Orphan): Promise<void> {
    if (mayBeDeleted) await this.parts.storage.delete(journal);
    lease.release();
  }

  private async journals(): Promise<readonly string[]> {
    try {
      const names = await this.parts.storage.list();
      const last = this.memory?.last();
      return last !== undefined && names.includes(last)
        ? [last, ...names.filter((name) => name !== last)]
        : names;
    } catch (error) {
      this.parts.logger.warn('The conversations on disk cannot be listed', { error });
      this.troubles.fire('unreadable');
      return [];
    }
  }

  private async load(name: string): Promise<LoadedJournal | null> {
    const { storage, logger } = this.parts;
    try {
      const loaded = await loadJournal(storage, name);
      const { setAside, torn } = loaded;
      if (setAside + torn > 0)
        logger.warn('Lines of a journal were set aside', { name, setAside, torn });
      if (setAside > 0) this.troubles.fire('damaged');
      return loaded;
    } catch (error) {
      logger.warn('A conversation on disk is left as it is', { name, error });
      this.troubles.fire(error instanceof NewerJournalError ? 'newer' : 'unreadable');
      return null;
    }
  }

  private async readDraft(name: string): Promise<string> {
    try {
      return await this.parts.storage.readDraft(name);
    } catch (error) {
      this.parts.logger.warn('A draft cannot be read', { name, error });
      return '';
    }
  }

  private show(session: ChatSession | null, lease: Lease | null): void {
    this.waiting?.dispose();
    this.waiting = null;
    this.session = session;
    this.lease = lease;
    this.memory?.remember(session?.key);
    this.changes.fire(session);
  }

  private retire(work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        this.parts.logger.warn('An old conversation was not put away', { error });
      })
      .finally(() => this.retiring.delete(done));
    this.retiring.add(done);
  }

  private pause(duration: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        timer.dispose();
        this.endPause = null;
        resolve();
      };
      const timer = this.parts.clock.schedule(end, duration);
      this.endPause = end;
    });
  }

  /** Sorts by time of birth, and is safe as a file's name. */
  private newKey(): string {
    const time = new Date(this.parts.clock.now()).toISOString().replace(/\D/g, '');
    return `${time}-${this.parts.createId()}`;
  }
}

/** @param unsent what another session has taken over from it; `null` for one that is not ours */
async function retire(session: ChatSession, unsent: Unsent | null): Promise<void> {
  if (unsent !== null) {
    await session.release(unsent);
    await session.flush();
  }
  session.dispose();
}
