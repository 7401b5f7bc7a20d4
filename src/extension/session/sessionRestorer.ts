// Takes sessions up again from their journals: after a reload, from the list, from another window.

import type { Disposable } from '../core/disposable';
import { ChatSession } from './chatSession';
import type { Held, HeldSessions } from './heldSessions';
import type { LoadedJournal } from './journal';
import { JournalReader, type JournalTrouble } from './journalReader';
import type { Lease } from './lease';
import { orphanOf, type Orphan } from './orphan';
import type { Event } from '../core/event';
import type { SessionParts } from './sessionParts';
import type { WindowLeases } from './windowLeases';

export class SessionRestorer implements Disposable {
  private readonly reader: JournalReader;
  private orphans: readonly Orphan[] = [];
  /** What is being taken over, by key. */
  private readonly taking = new Map<string, Promise<void>>();

  readonly onDidFindTrouble: Event<JournalTrouble>;

  constructor(
    private readonly parts: SessionParts,
    private readonly held: HeldSessions,
    private readonly leases: WindowLeases,
  ) {
    this.reader = new JournalReader(parts.storage, parts.logger);
    this.onDidFindTrouble = this.reader.onDidFindTrouble;
  }

  /**
   * Shows the session that this window had, else the last that began; takes up what was live
   * beside it.
   *
   * @param last keys of those that this window had, the shown one first
   */
  async restoreWindow([shown, ...beside]: readonly string[]): Promise<void> {
    // Not by their last change: the last words of one that was left come after the next one's start.
    const names = [...(await this.reader.names())].sort().reverse();
    const first = names.filter((name) => name === shown);
    for (const name of [...first, ...names.filter((it) => it !== shown)]) {
      const loaded = await this.reader.load(name);
      if (loaded !== null && (await this.restore(name, loaded))) break;
    }
    for (const name of beside) if (names.includes(name)) await this.restoreBeside(name);
  }

  /** What was written into sessions that never started. Whoever takes it has it alone. */
  takeOrphans(): readonly Orphan[] {
    const { orphans } = this;
    this.orphans = [];
    return orphans;
  }

  /** Has a session of the disk here, live if it may be, else as it ended; `null` if it cannot be read. */
  async bring(key: string): Promise<Held | null> {
    await this.held.settled(); // it may be the one that was just left
    const loaded = await this.reader.load(key);
    if (loaded === null) return null;
    const lease = await this.leases.acquire(key);
    const draft = lease === null ? '' : await this.reader.draft(key);
    const resumed = this.held.isDisposed ? null : this.resume(key, loaded, draft, lease);
    if (resumed === null) lease?.release();
    await resumed?.done;
    return resumed?.held ?? null;
  }

  /** A copy of a conversation of the disk, which its caller disposes of; `null` if it cannot be read. */
  async copy(key: string): Promise<ChatSession | null> {
    const loaded = await this.reader.load(key);
    const started = loaded?.events.find((event) => event.type === 'started');
    if (loaded === null || started === undefined) return null;
    const init = { key, settings: null, addresses: started, lease: null };
    const session = new ChatSession(this.parts, init);
    await session.resume(loaded.events, '');
    return session;
  }

  /**
   * Takes over a session from the window that has it.
   *
   * @param force whether the person wants it so; else it is taken only if nobody has it
   */
  async takeUp(held: Held, force: boolean): Promise<void> {
    const { key } = held.session;
    // One at a time: to who waits for the lease, it looks free as we take it.
    while (this.taking.has(key)) await this.taking.get(key);
    if (this.held.byKey(key) !== held || !held.session.isElsewhere) return;
    const done = this.takeOver(held, force).finally(() => this.taking.delete(key));
    this.taking.set(key, done);
    await done;
  }

  dispose(): void {
    for (const { lease } of this.takeOrphans()) lease.release();
    this.reader.dispose();
  }

  private async takeOver(held: Held, force: boolean): Promise<void> {
    const { key } = held.session;
    const lease = await this.leases.acquire(key, force);
    if (lease === null) {
      this.waitUntilFree(held);
      return;
    }
    await this.leases.handedOver();
    const loaded = await this.reader.load(key);
    const draft = await this.reader.draft(key);
    if (this.held.isDisposed || this.held.byKey(key) !== held || loaded === null) {
      lease.release();
      return;
    }
    const wasShown = this.held.shown === held;
    const left = held.session.leftOver(); // its files go with it
    this.held.drop(held);
    held.session.dispose();
    const resumed = this.resume(key, loaded, draft, lease);
    if (resumed === null) lease.release(); // another window has deleted it
    if (wasShown) this.held.show(resumed?.held ?? null);
    else this.held.changed();
    await resumed?.done;
    resumed?.held.session.composer.takeOver(left);
    await resumed?.held.session.flush();
  }

  /** @returns false for one that never started: the next one is looked at */
  private async restore(name: string, loaded: LoadedJournal): Promise<boolean> {
    const lease = await this.leases.acquire(name);
    const draft = await this.reader.draft(name);
    if (this.held.isDisposed || this.held.shown !== null) {
      lease?.release();
      return true;
    }
    const resumed = this.resume(name, loaded, draft, lease);
    if (resumed !== null) {
      this.held.show(resumed.held);
      await resumed.done;
      return true;
    }
    if (lease !== null) this.keepForNext(name, loaded, draft, lease);
    return false;
  }

  private keepForNext(name: string, loaded: LoadedJournal, draft: string, lease: Lease): void {
    this.orphans = [orphanOf(name, loaded, draft, lease), ...this.orphans];
  }

  /** Takes up what this window had beside the session that was shown, unless another has it now. */
  private async restoreBeside(name: string): Promise<void> {
    if (this.held.byKey(name) !== null) return;
    const loaded = await this.reader.load(name);
    const lease = loaded && (await this.leases.acquire(name));
    if (loaded === null || lease === null) return;
    const draft = await this.reader.draft(name);
    if (this.held.isDisposed) {
      lease.release();
      return;
    }
    const resumed = this.resume(name, loaded, draft, lease);
    if (resumed === null) this.keepForNext(name, loaded, draft, lease);
    else await resumed.done;
  }

  /** @returns the one that has come here meanwhile, if any; `null` for one that never started */
  private resume(
    name: string,
    { events }: LoadedJournal,
    draft: string,
    lease: Lease | null,
  ): { readonly held: Held; readonly done: Promise<void> } | null {
    const here = this.held.byKey(name);
    if (here !== null) {
      lease?.release();
      return { held: here, done: Promise.resolve() };
    }
    const started = events.find((event) => event.type === 'started');
    if (started === undefined) return null;
    const init = { key: name, settings: null, addresses: started, lease };
    const session = new ChatSession(this.parts, init);
    const done = session.resume(events, draft);
    const held = this.held.add(session, lease);
    if (lease === null) this.waitUntilFree(held);
    return { held, done };
  }

  private waitUntilFree(held: Held): void {
    const waiting = held.lifetime.add(
      this.leases.whenFree(held.session.key, () => {
        held.lifetime.delete(waiting);
        void this.takeUp(held, false);
      }),
    );
  }
}
