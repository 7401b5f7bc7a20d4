// What one does with sessions. Those of this window are held in `heldSessions.ts`; what is on disk only
// is seen to in `storedSessions.ts`; how one comes back from there is in `sessionRestorer.ts`.

import { DisposableStore, type Disposable } from '../core/disposable';
import { Emitter, type Event } from '../core/event';
import { ChatSession } from './chatSession';
import { HeldSessions, type Held } from './heldSessions';
import type { JournalTrouble } from './journalReader';
import type { Orphan } from './orphan';
import type { SessionParts } from './sessionParts';
import { SessionRestorer } from './sessionRestorer';
import type { SessionSettings } from './sessionSettings';
import { StoredSessions } from './storedSessions';
import type { Unsent } from './unsent';
import { WindowLeases } from './windowLeases';

/** One session has taken the place of another. */
export interface Replacement {
  readonly before: string;
  readonly after: string;
}

/** Remembers which sessions this window had, across its reloads. */
export interface SessionMemory {
  /** The one that was shown first. */
  last(): readonly string[];
  remember(keys: readonly string[]): void;
}

export interface StartOptions {
  /** Leaves the session that is shown as it is, if it is live. */
  readonly beside?: boolean;
}

export class SessionManager implements Disposable {
  private readonly store = new DisposableStore();
  private readonly leases: WindowLeases;
  private readonly held: HeldSessions;
  private readonly stored: StoredSessions;
  private readonly restorer: SessionRestorer;
  private readonly replacements = this.store.add(new Emitter<Replacement>());
  private resuming: Promise<void> | null = null;
  private opening: Promise<unknown> = Promise.resolve();

  readonly onDidChangeCurrent: Event<ChatSession | null>;
  /** Fires when there are other sessions than before, here or on disk, or one looks different. */
  readonly onDidChangeSessions: Event<undefined>;
  readonly onDidFindTrouble: Event<JournalTrouble>;
  /** Fires before the new one is shown. */
  readonly onDidReplace: Event<Replacement> = this.replacements.event;

  constructor(
    private readonly parts: SessionParts,
    private readonly memory: SessionMemory | null = null,
  ) {
    const { leases, clock, logger, retentionDays = () => Infinity } = parts;
    const onLost = (name: string, isRecent: boolean): void => {
      void this.byKey(name)?.moveElsewhere(isRecent);
    };
    const remember = (keys: readonly string[]): void => this.memory?.remember(keys);
    this.leases = this.store.add(new WindowLeases({ leases, clock, logger, onLost }));
    this.held = this.store.add(new HeldSessions({ logger, remember, retentionDays }));
    this.stored = new StoredSessions(parts, this.held, this.leases);
    this.restorer = this.store.add(new SessionRestorer(parts, this.held, this.leases));
    this.onDidChangeCurrent = this.held.onDidChangeCurrent;
    this.onDidChangeSessions = this.held.onDidChangeSessions;
    this.onDidFindTrouble = this.restorer.onDidFindTrouble;
  }

  /** The session that is shown: live, ended, failed, or one of another window. */
  get current(): ChatSession | null {
    return this.held.shown?.session ?? null;
  }

  /** All of this window: the one that is shown, and those that go on beside it. */
  get sessions(): readonly ChatSession[] {
    return this.held.all.map(({ session }) => session);
  }

  byKey(key: string): ChatSession | null {
    return this.held.byKey(key)?.session ?? null;
  }

  /**
   * Begins a new session in place of the current one, which is ended. What that one could not send
   * comes back into the composer. Resolves at once: how the start goes is shown in the session.
   */
  async startChat(
    settings: SessionSettings,
    { beside = false }: StartOptions = {},
  ): Promise<ChatSession> {
    await this.resumeLast(); // what was left unsent belongs into the new one
    const key = this.newKey();
    const lease = await this.leases.acquire(key, true);
    const previous = beside && this.current?.isLive === true ? null : this.held.shown;
    const orphans = this.restorer.takeOrphans();
    const session = new ChatSession(this.parts, { key, settings, addresses: settings, lease });
    for (const { text } of orphans) session.composer.takeOver({ text, files: [] });
    const left = this.held.all
      .filter((held) => held === previous || this.isOutOfReach(held))
      .map((held) => this.leave(held, session));
    const started = this.held.add(session, lease);
    if (previous !== null) this.replacements.fire({ before: previous.session.key, after: key });
    this.held.show(started);
    void session.start();
    this.held.retire(async () => {
      // First: what is taken from one must not go as well.
      for (const { held, unsent } of left) if (unsent !== null) await held.session.end();
      await session.flush();
      for (const orphan of orphans) await this.putAway(orphan);
      for (const { held, unsent } of left) {
        await this.putOut(held.session, unsent);
        held.lease?.release();
      }
    });
    void this.deleteOutdated(); // nobody waits for it
    return session;
  }

  /** Ends the current session and begins a new one. */
  restart(settings: SessionSettings): Promise<ChatSession> {
    return this.startChat(settings);
  }

  /** Ends the session that is shown, or another one; its conversation stays. */
  async end(key = this.current?.key): Promise<void> {
    if (key !== undefined) await this.byKey(key)?.end();
  }

  /**
   * Shows a session: one of this window as it stands, one from the disk live if it may be, else as it
   * ended. `null` when it cannot be read.
   */
  async open(key: string): Promise<ChatSession | null> {
    return this.inTurn(async () => {
      const held = this.held.byKey(key) ?? (await this.restorer.bring(key));
      if (held === null) return null;
      held.session.openAsPast();
      this.held.show(held);
      return held.session;
    });
  }

  /** Shows a session of this window as it stands. */
  show(key: string): void {
    const held = this.held.byKey(key);
    if (held !== null && held !== this.held.shown) this.held.show(held);
  }

  /** Has a session here without showing it, as {@link open} would; `null` when it cannot be read. */
  async bring(key: string): Promise<ChatSession | null> {
    return this.inTurn(async () => {
      const held = this.held.byKey(key) ?? (await this.bringPast(key));
      return held?.session ?? null;
    });
  }

  /** A session that is here stays here, over or not, until what this returns is disposed of. */
  pin(key: string): Disposable {
    return this.held.pin(key);
  }

  /**
   * Gives a conversation a name; an empty one takes it away.
   *
   * @returns false where another window has it
   */
  async rename(key: string, name: string): Promise<boolean> {
    const session = this.byKey(key);
    if (session?.isElsewhere === true) return false;
    if (session === null) return this.stored.rename(key, name || null);
    await session.rename(name || null);
    return true;
  }

  /**
   * Ends a session and deletes its conversation.
   *
   * @returns false where another window has it
   */
  async delete(key: string): Promise<boolean> {
    const held = this.held.byKey(key);
    if (held?.session.isElsewhere === true) return false;
    if (held === null) return this.stored.delete(key);
    await held.session.end();
    await held.session.flush();
    this.held.drop(held);
    held.session.dispose();
    await this.parts.storage.delete(key);
    held.lease?.release();
    if (this.held.shown === held) this.held.show(this.held.all.at(-1) ?? null);
    this.held.changed();
    return true;
  }

  /**
   * Takes up the session that this window had, else the last that began, once: live if it may
   * be, else as it ended, or to be read where another window has it; and those that were live beside
   * it. Does nothing when there is a session already.
   */
  async resumeLast(): Promise<ChatSession | null> {
    if (this.current === null) this.resuming ??= this.resumeAll();
    await this.resuming; // also when the first is shown already: others may be on their way
    return this.current;
  }

  /**
   * A conversation to be read, without being shown: one of this window as it stands, else a copy from
   * the disk, which its caller disposes of. `null` when it cannot be read.
   */
  async read(key: string): Promise<ChatSession | null> {
    return this.byKey(key) ?? (await this.restorer.copy(key));
  }

  /**
   * Deletes the conversations that are not to be kept any longer; those of this window stay. Each new
   * chat does so. A change of the setting does not: while one types 30, it is 3.
   */
  async deleteOutdated(): Promise<void> {
    const done = this.opening.then(() => this.stored.deleteOutdated());
    this.opening = done; // none of them is brought here meanwhile
    await done;
  }

  /** Takes over a session that is only read here from the window that has it. */
  async continueHere(key = this.current?.key): Promise<void> {
    const held = key === undefined ? null : this.held.byKey(key);
    if (held !== null) await this.restorer.takeUp(held, true);
  }

  /**
   * Ends the sessions and deletes every conversation of the disk; who shows one in another window
   * only reads it from then on.
   *
   * @throws what the storage throws
   */
  async deleteAll(): Promise<void> {
    await this.resumeLast(); // or it would come back
    await Promise.all(this.sessions.map((session) => session.end()));
    await this.flush();
    this.letGo();
    try {
      await this.stored.deleteAll();
    } finally {
      this.held.show(null);
      this.held.changed();
    }
  }

  /** Resolves when everything said so far is on disk, and till when each session was heard. */
  async flush(): Promise<void> {
    await this.held.flush();
  }

  /** Lets go of the sessions without ending them. */
  dispose(): void {
    this.letGo();
    this.store.dispose();
  }

  private letGo(): void {
    this.held.letGo();
    for (const { lease } of this.restorer.takeOrphans()) lease.release();
  }

  private async resumeAll(): Promise<void> {
    await this.deleteOutdated();
    await this.restorer.restoreWindow(this.memory?.last() ?? []);
  }

  /** What one wish brings here, the next one finds. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    await this.resumeLast();
    const done = this.opening.then(work);
    this.opening = done.catch(() => undefined); // who asked is told of it
    return done;
  }

  private async bringPast(key: string): Promise<Held | null> {
    const held = await this.restorer.bring(key);
    held?.session.openAsPast();
    this.held.changed();
    return held;
  }

  /** Whether nothing leads to a session any more: what was written in it would be lost. */
  private isOutOfReach(held: Held): boolean {
    const isShown = held === this.held.shown || this.held.isPinned(held);
    return held.session.hasFailedToStart && !isShown;
  }

  /**
   * Gives what is unsent in one session to the next.
   *
   * @returns `unsent` is `null` for one that another window carries on: only what did not go there with
   *   it is given
   */
  private leave(
    held: Held,
    next: ChatSession,
  ): { readonly held: Held; readonly unsent: Unsent | null } {
    const { session } = held;
    const unsent = session.isElsewhere ? null : session.unsent(next.apiUrl);
    next.composer.takeOver(unsent ?? session.leftOver());
    this.held.drop(held);
    return { held, unsent };
  }

  /** @param unsent what another session has taken over from it; `null` for one that is not ours */
  private async putOut(session: ChatSession, unsent: Unsent | null): Promise<void> {
    if (unsent !== null) {
      await session.release(unsent);
      await session.flush();
      await this.held.eraseIfUnwanted(session);
    }
    session.dispose();
  }

  private async putAway({ journal, lease, mayBeDeleted }: Orphan): Promise<void> {
    if (mayBeDeleted) await this.parts.storage.delete(journal);
    lease.release();
  }

  /** Sorts by time of birth, and is safe as a file's name. */
  private newKey(): string {
    const time = new Date(this.parts.clock.now()).toISOString().replace(/\D/g, '');
    return `${time}-${this.parts.createId()}`;
  }
}
