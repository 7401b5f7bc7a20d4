// The sessions that this window has in memory: the one that is shown, those that go on beside it, and
// those that something else shows.

import { DisposableStore, toDisposable, type Disposable } from '../core/disposable';
import { Emitter, type Event } from '../core/event';
import type { Logger } from '../core/logger';
import type { ChatSession } from './chatSession';
import type { Lease } from './lease';

export interface Held {
  readonly session: ChatSession;
  /** `null` for one that another window carries on. */
  readonly lease: Lease | null;
  /** Ends with it: what listens to it here, and what waits for the other window to let it go. */
  readonly lifetime: DisposableStore;
}

export interface HeldSessionsParts {
  readonly logger: Logger;
  /** Called with the keys of those that are to come back after a reload, the shown one first. */
  readonly remember: (keys: readonly string[]) => void;
  /** How long conversations are kept after their last change, days; 0: till the session is over. */
  readonly retentionDays: () => number;
}

export class HeldSessions implements Disposable {
  private readonly store = new DisposableStore();
  private readonly currents = this.store.add(new Emitter<ChatSession | null>());
  private readonly lists = this.store.add(new Emitter<undefined>());
  /** By key, in the order in which they came here. */
  private readonly held = new Map<string, Held>();
  private current: Held | null = null;
  private readonly pinned = new Set<string>();
  private readonly leaving = new Set<Promise<void>>();

  readonly onDidChangeCurrent: Event<ChatSession | null> = this.currents.event;
  /** Fires when there are other sessions than before, here or on disk, or one looks different. */
  readonly onDidChangeSessions: Event<undefined> = this.lists.event;

  constructor(private readonly parts: HeldSessionsParts) {}

  get shown(): Held | null {
    return this.current;
  }

  get all(): readonly Held[] {
    return [...this.held.values()];
  }

  get isDisposed(): boolean {
    return this.store.isDisposed;
  }

  byKey(key: string): Held | null {
    return this.held.get(key) ?? null;
  }

  add(session: ChatSession, lease: Lease | null): Held {
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

  /** Has a session here, over or not, until what it returns is disposed of. */
  pin(key: string): Disposable {
    this.pinned.add(key);
    return toDisposable(() => {
      this.pinned.delete(key);
      this.leave(this.byKey(key));
    });
  }

  /** Whether something else than the view shows it. */
  isPinned(held: Held): boolean {
    return this.pinned.has(held.session.key);
  }

  /** Knows it no longer; to end it and to let its lease go is the caller's to do. */
  drop(held: Held): void {
    this.held.delete(held.session.key);
    this.store.delete(held.lifetime);
  }

  /** What was shown goes on beside it if it is live; else it stays on disk only. */
  show(held: Held | null): void {
    const before = this.current;
    this.current = held;
    if (before !== held) this.leave(before);
    this.changed();
    this.currents.fire(held?.session ?? null);
  }

  /** There are others than before on the disk. */
  listChanged(): void {
    this.lists.fire(undefined);
  }

  /** There are others than before here, or one looks different. */
  changed(): void {
    if (this.isDisposed) return;
    const sessions = this.all.map(({ session }) => session);
    const current = this.current?.session ?? null;
    const beside = sessions.filter((it) => (it.isLive || it.hasFailedToStart) && it !== current);
    const all = [...(current ? [current] : []), ...beside];
    this.parts.remember(all.map(({ key }) => key));
    this.listChanged();
  }

  /** Does what a session needs that is no longer here; failures are logged. See {@link settled}. */
  retire(work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        this.parts.logger.warn('An old conversation was not put away', { error });
      })
      .finally(() => this.leaving.delete(done));
    this.leaving.add(done);
  }

  /** Resolves when those that have left are on disk, and their leases free. */
  async settled(): Promise<void> {
    await Promise.all(this.leaving);
  }

  /** Resolves when everything said so far is on disk, and till when each session was heard. */
  async flush(): Promise<void> {
    await Promise.all(this.all.map(({ session }) => session.noteHeard()));
    await Promise.all([this.settled(), ...this.all.map(({ session }) => session.flush())]);
  }

  /** With a retention of 0 days nothing is kept of a session that is over, but to be read here. */
  async eraseIfUnwanted(session: ChatSession): Promise<void> {
    if (this.parts.retentionDays() !== 0) return;
    try {
      await session.erase();
    } catch (error) {
      this.parts.logger.warn('A conversation cannot be deleted', { error });
    }
  }

  /** Lets go of all without ending them. */
  letGo(): void {
    for (const held of this.all) {
      this.drop(held);
      held.session.dispose();
      held.lease?.release();
    }
  }

  dispose(): void {
    this.letGo();
    this.store.dispose();
  }

  private leave(before: Held | null): void {
    if (before === null || before === this.current || this.isDisposed) return;
    const { session, lease } = before;
    if (this.held.get(session.key) !== before || this.isPinned(before)) return;
    if (!session.isElsewhere && session.conversation.connection !== 'ended') return;
    this.drop(before);
    this.retire(async () => {
      await session.flush();
      session.dispose();
      lease?.release();
    });
  }
}

/** What a list shows of a session. */
function looksOf(session: ChatSession): string {
  const { connection, elsewhere, peer } = session.conversation;
  return JSON.stringify([connection, elsewhere, peer?.name ?? null, session.title]);
}
