// What one does with conversations of the disk that no session of this window has. Each is written
// under its lease alone: what another window carries on is that window's.

import type { HeldSessions } from './heldSessions';
import { outdatedJournals } from './retention';
import type { DurableEvent } from './sessionEvent';
import type { SessionParts } from './sessionParts';
import type { WindowLeases } from './windowLeases';

export class StoredSessions {
  constructor(
    private readonly parts: SessionParts,
    private readonly held: HeldSessions,
    private readonly leases: WindowLeases,
  ) {}

  /** Gives a conversation a name, or takes it away. @returns false where another window has it */
  rename(key: string, name: string | null): Promise<boolean> {
    const event: DurableEvent = { type: 'renamed', at: this.parts.clock.now(), name };
    return this.withLease(key, () => this.parts.storage.append(key, [JSON.stringify(event)]));
  }

  /** @returns false where another window has it */
  delete(key: string): Promise<boolean> {
    return this.withLease(key, () => this.parts.storage.delete(key));
  }

  /** Deletes the conversations that are not to be kept any longer. Failures are logged. */
  async deleteOutdated(): Promise<void> {
    const { storage, clock, logger, retentionDays = () => Infinity } = this.parts;
    try {
      const names = await outdatedJournals(storage, retentionDays(), clock.now());
      for (const name of names) if (this.held.byKey(name) === null) await this.delete(name);
    } catch (error) {
      logger.warn('Old conversations cannot be deleted', { error });
    }
  }

  /**
   * Deletes every conversation, also where another window has it: that one only reads from then on.
   *
   * @throws what the storage throws
   */
  async deleteAll(): Promise<void> {
    const { storage } = this.parts;
    const taken = await this.leases.acquireAll(await storage.list());
    try {
      await storage.deleteAll();
    } finally {
      for (const lease of taken) lease.release();
    }
  }

  private async withLease(key: string, work: () => Promise<void>): Promise<boolean> {
    await this.held.settled(); // one that was just left here still has it
    const lease = await this.leases.acquire(key);
    if (lease === null) return false;
    try {
      await work();
    } finally {
      lease.release();
    }
    this.held.listChanged();
    return true;
  }
}
