// Holds the sessions of this window: the one that is shown, and those that go on beside it, each with
// its own connection and journal. The journals of all others stay on disk.

import { DisposableStore, type Disposable } from '../core/disposable';
import { Emitter, type Event } from '../core/event';
import { ChatSession, type SessionParts } from './chatSession';
import type { LoadedJournal } from './journal';
import { JournalReader, type JournalTrouble } from './journalReader';
import { HAND_OVER, NO_LEASES, type Lease, type Leases } from './lease';
import { orphanOf, type Orphan } from './orphan';
import { outdatedJournals } from './retention';
import type { DurableEvent } from './sessionEvent';
import type { SessionSettings } from './sessionSettings';
import type { Unsent } from './unsent';

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

interface Held {
  readonly session: ChatSession;
  readonly lease: Lease | null;
  /** Ends with it: what listens to it here, and what waits for the other window to let it go. */
  readonly lifetime: DisposableStore;
}

export class SessionManager implements Disposable {
  private readonly store = new DisposableStore();
  private readonly currents = this.store.add(new Emitter<ChatSession | null>());
  private readonly lists = this.store.add(new Emitter<undefined>());
  private readonly reader: JournalReader;
  private readonly leases: Leases;
  /** By key, in the order in which they came here. */
  private readonly held = new Map<string, Held>();
  private shown: Held | null = null;
  private resuming: Promise<void> | null = null;
  private opening: Promise<unknown> = Promise.resolve();
  private orphans: readonly Orphan[] = [];
  private readonly retiring = new Set<Promise<void>>();
  private endPause: (() => void) | null = null;

  readonly onDidChangeCurrent: Event<ChatSession | null> = this.currents.event;
  /** Fires when there are other sessions than before, here or on disk, or one looks different. */
  readonly onDidChangeSessions: Event<undefined> = this.lists.event;
  readonly onDidFindTrouble: Event<JournalTrouble>;

  constructor(
    private readonly parts: SessionParts,
    private readonly memory: SessionMemory | null = null,
  ) {
    this.leases = parts.leases ?? NO_LEASES;
    this.reader = this.store.add(new JournalReader(parts.storage, parts.logger));
    this.onDidFindTrouble = this.reader.onDidFindTrouble;
  }

  /** The session that is shown: live, ended, failed, or one of another window. */
  get current(): ChatSession | null {
    return this.shown?.session ?? null;
  }

  /** All of this window: the one that is shown, and those that go on beside it. */
  get sessions(): readonly ChatSession[] {
    return [...this.held.values()].map(({ session }) => session);
  }

  byKey(key: string): ChatSession | null {
    return this.held.get(key)?.session ?? null;
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
    const lease = await this.acquire(key, true);
    const previous = beside && this.current?.isLive === true ? null : this.shown;
    const { orphans } = this;
    const session = new ChatSession(this.parts, { key, settings, addresses: settings, lease });
    // What another window carries on is that window's.
    const unsent = previous?.session.isElsewhere === false ? previous.session.unsent() : null;
    for (const { text } of orphans) session.takeOver({ text, files: [] });
    if (unsent !== null) session.takeOver(unsent);
    this.orphans = [];
    if (previous !== null) this.drop(previous);
    this.show(this.hold(session, lease));
    void session.start();
    this.retire(async () => {
      // First: what is taken from it must not go as well.
      if (unsent !== null) await previous?.session.end();
      await session.flush();
      for (const orphan of orphans) await this.putAway(orphan);
      if (previous !== null) await this.putOut(previous.session, unsent);
      previous?.lease?.release();
    });
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
    await this.resumeLast();
    const opened = this.opening.then(() => this.openNow(key));
    this.opening = opened.catch(() => undefined); // who asked is told of it
    return opened;
  }

  /**
   * Gives a conversation a name; an empty one takes it away.
   *
   * @returns false where another window has it
   */
  async rename(key: string, name: string): Promise<boolean> {
    const session = this.byKey(key);
    if (session?.isElsewhere === true) return false;
    if (session !== null) {
      await session.rename(name || null);
      return true;
    }
    const event: DurableEvent = { type: 'renamed', at: this.parts.clock.now(), name: name || null };
    return this.withLease(key, () => this.parts.storage.append(key, [JSON.stringify(event)]));
  }

  /**
   * Ends a session and deletes its conversation.
   *
   * @returns false where another window has it
   */
  async delete(key: string): Promise<boolean> {
    const held = this.held.get(key);
    if (held?.session.isElsewhere === true) return false;
    if (held === undefined) return this.withLease(key, () => this.parts.storage.delete(key));
    await held.session.end();
    await held.session.flush();
    this.drop(held);
    held.session.dispose();
    await this.parts.storage.delete(key);
    held.lease?.release();
    if (this.shown === held) this.show([...this.held.values()].at(-1) ?? null);
    this.changed();
    return true;
  }

  /**
   * Takes up the session that this window had, else the newest of the disk, once: live if it may
   * be, else as it ended, or to be read where another window has it; and those that were live beside
   * it. Does nothing when there is a session already.
   */
  async resumeLast(): Promise<ChatSession | null> {
    if (this.shown === null) await (this.resuming ??= this.resumeAll());
    return this.current;
  }

  /**
   * A conversation to be read, without being shown: one of this window as it stands, else a copy from
   * the disk, which its caller disposes of. `null` when it cannot be read.
   */
  async read(key: string): Promise<ChatSession | null> {
    const here = this.byKey(key);
    const loaded = here === null ? await this.reader.load(key) : null;
    const started = loaded?.events.find((event) => event.type === 'started');
    if (loaded === null || started === undefined) return here;
    const init = { key, settings: null, addresses: started, lease: null };
    const session = new ChatSession(this.parts, init);
    await session.resume(loaded.events, '');
    return session;
  }

  /** Deletes the conversations that are not to be kept any longer; those of this window stay. */
  async deleteOutdated(): Promise<void> {
    const { storage, clock, logger, retentionDays = () => Infinity } = this.parts;
    try {
      const names = await outdatedJournals(storage, retentionDays(), clock.now());
      for (const name of names.filter((it) => !this.held.has(it)))
        await this.withLease(name, () => storage.delete(name));
    } catch (error) {
      logger.warn('Old conversations cannot be deleted', { error });
    }
  }

  /** Takes over the session that is shown from the window that has it. */
  async continueHere(): Promise<void> {
    if (this.shown !== null) await this.takeUp(this.shown, true);
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
    const taken = await this.takeAll();
    try {
      await this.parts.storage.deleteAll();
    } finally {
      for (const lease of taken) lease.release();
      this.show(null);
      this.changed();
    }
  }

  /** Resolves when everything said so far is on disk. */
  async flush(): Promise<void> {
    await Promise.all([...this.retiring, ...this.sessions.map((session) => session.flush())]);
  }

  /** Lets go of the sessions without ending them. */
  dispose(): void {
    this.letGo();
    this.store.dispose();
    this.endPause?.();
  }

  private letGo(): void {
    for (const held of [...this.held.values()]) {
      this.drop(held);
      held.session.dispose();
      held.lease?.release();
    }
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

  /** Does something to a conversation that is not held here. @returns false where another has it */
  private async withLease(key: string, work: () => Promise<void>): Promise<boolean> {
    await Promise.all(this.retiring); // one that was just left here still has it
    const lease = await this.acquire(key, false);
    if (lease === null) return false;
    try {
      await work();
    } finally {
      lease.release();
    }
    this.lists.fire(undefined);
    return true;
  }

  private async resumeAll(): Promise<void> {
    await this.deleteOutdated();
    const [shown, ...beside] = this.memory?.last() ?? [];
    const names = await this.reader.names();
    const first = names.filter((name) => name === shown);
    for (const name of [...first, ...names.filter((it) => it !== shown)]) {
      const loaded = await this.reader.load(name);
      if (loaded !== null && (await this.restore(name, loaded))) break;
    }
    for (const name of beside) if (names.includes(name)) await this.resumeBeside(name);
  }

  /** @returns false for one that never started: the next one is looked at */
  private async restore(name: string, loaded: LoadedJournal): Promise<boolean> {
    const lease = await this.acquire(name, false);
    const draft = await this.reader.draft(name);
    if (this.store.isDisposed || this.shown !== null) {
      lease?.release();
      return true;
    }
    const resumed = this.resume(name, loaded, draft, lease);
    if (resumed !== null) {
      this.show(resumed.held);
      await resumed.done;
      return true;
    }
    if (lease !== null) this.orphans = [orphanOf(name, loaded, draft, lease), ...this.orphans];
    return false;
  }

  /** Takes up what was live beside the session that was shown, unless another window has it now. */
  private async resumeBeside(name: string): Promise<void> {
    if (this.held.has(name)) return;
    const loaded = await this.reader.load(name);
    const lease = loaded && (await this.acquire(name, false));
    if (loaded === null || lease === null) return;
    const draft = await this.reader.draft(name);
    const resumed = this.store.isDisposed ? null : this.resume(name, loaded, draft, lease);
    if (resumed === null) lease.release();
    else await resumed.done;
  }

  private async openNow(key: string): Promise<ChatSession | null> {
    const held = this.held.get(key);
    if (held !== undefined) {
      held.session.openAsPast();
      this.show(held);
      return held.session;
    }
    await Promise.all(this.retiring); // it may be the one that was just left
    const loaded = await this.reader.load(key);
    if (loaded === null) return null;
    const lease = await this.acquire(key, false);
    const draft = lease === null ? '' : await this.reader.draft(key);
    const resumed = this.store.isDisposed ? null : this.resume(key, loaded, draft, lease);
    if (resumed === null) {
      lease?.release();
      return null;
    }
    await resumed.done;
    resumed.held.session.openAsPast();
    this.show(resumed.held);
    return resumed.held.session;
  }

  /** @returns `null` for one that never started */
  private resume(
    name: string,
    { events }: LoadedJournal,
    draft: string,
    lease: Lease | null,
  ): { readonly held: Held; readonly done: Promise<void> } | null {
    const started = events.find((event) => event.type === 'started');
    if (started === undefined) return null;
    const init = { key: name, settings: null, addresses: started, lease };
    const session = new ChatSession(this.parts, init);
    const done = session.resume(events, draft);
    const held = this.hold(session, lease);
    if (lease === null) this.waitUntilFree(held);
    return { held, done };
  }

  /** @param force whether the person wants it so; else it is taken only if nobody has it */
  private async takeUp(held: Held, force: boolean): Promise<void> {
    const { key } = held.session;
    if (!held.session.isElsewhere) return;
    const lease = await this.acquire(key, force);
    if (lease === null) {
      this.waitUntilFree(held);
      return;
    }
    await this.pause(HAND_OVER);
    const loaded = await this.reader.load(key);
    const draft = await this.reader.draft(key);
    if (this.store.isDisposed || this.held.get(key) !== held || loaded === null) {
      lease.release();
      return;
    }
    const wasShown = this.shown === held;
    this.drop(held);
    held.session.dispose();
    const resumed = this.resume(key, loaded, draft, lease);
    if (resumed === null) lease.release(); // another window has deleted it
    if (wasShown) this.show(resumed?.held ?? null);
    await resumed?.done;
    resumed?.held.session.takeOver(held.session.leftOver());
    await resumed?.held.session.flush();
  }

  private waitUntilFree(held: Held): void {
    const waiting = held.lifetime.add(
      this.leases.whenFree(held.session.key, () => {
        held.lifetime.delete(waiting);
        void this.takeUp(held, false);
      }),
    );
  }

  private async acquire(name: string, force: boolean): Promise<Lease | null> {
    const onLost = (isRecent: boolean): void => {
      void this.byKey(name)?.moveElsewhere(isRecent);
    };
    try {
      return await this.leases.acquire(name, { force, onLost });
    } catch (error) {
      // A disk that takes no lease takes no journal either, which is said where it fails.
      this.parts.logger.warn('No lease can be had', { name, error });
      return NO_LEASES.acquire(name, { force, onLost });
    }
  }

  /** @param unsent what another session has taken over from it; `null` for one that is not ours */
  private async putOut(session: ChatSession, unsent: Unsent | null): Promise<void> {
    if (unsent !== null) {
      await session.release(unsent);
      await session.flush();
      await this.eraseIfUnwanted(session);
    }
    session.dispose();
  }

  private async putAway({ journal, lease, mayBeDeleted }: Orphan): Promise<void> {
    if (mayBeDeleted) await this.parts.storage.delete(journal);
    lease.release();
  }

  private hold(session: ChatSession, lease: Lease | null): Held {
    const held = { session, lease, lifetime: this.store.add(new DisposableStore()) };
    this.held.set(session.key, held);
    let look = looksOf(session);
    held.lifetime.add(
      session.onDidChange(() => {
        const now = looksOf(session);
        if (now === look) return;
        look = now;
        this.changed();
        if (session.conversation.connection === 'ended') void this.eraseIfUnwanted(session);
      }),
    );
    return held;
  }

  /** The session is over, and nothing of it is to be kept: it is still there to be read. */
  private async eraseIfUnwanted(session: ChatSession): Promise<void> {
    if (this.parts.retentionDays?.() !== 0) return;
    try {
      await session.erase();
    } catch (error) {
      this.parts.logger.warn('A conversation cannot be deleted', { error });
    }
  }

  private drop(held: Held): void {
    this.held.delete(held.session.key);
    this.store.delete(held.lifetime);
  }

  /** What was shown goes on beside it if it is live; else it stays on disk only. */
  private show(held: Held | null): void {
    const before = this.shown;
    this.shown = held;
    if (before !== held) this.leave(before);
    this.changed();
    this.currents.fire(held?.session ?? null);
  }

  private leave(before: Held | null): void {
    if (before === null || this.held.get(before.session.key) !== before) return;
    const { session, lease } = before;
    if (!session.isElsewhere && session.conversation.connection !== 'ended') return;
    this.drop(before);
    this.retire(async () => {
      await session.flush();
      session.dispose();
      lease?.release();
    });
  }

  private changed(): void {
    if (this.store.isDisposed) return;
    const beside = this.sessions.filter((it) => it.isLive && it !== this.current);
    const all = [...(this.current ? [this.current] : []), ...beside];
    this.memory?.remember(all.map(({ key }) => key));
    this.lists.fire(undefined);
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

/** What a list shows of a session. */
function looksOf(session: ChatSession): string {
  const { connection, elsewhere, peer } = session.conversation;
  return JSON.stringify([connection, elsewhere, peer?.name ?? null, session.title]);
}
