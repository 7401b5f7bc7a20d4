// This window's rights to the sessions of the disk: which of them it may write.

import type { Clock } from '../core/clock';
import { DisposableStore, toDisposable, type Disposable } from '../core/disposable';
import type { Logger } from '../core/logger';
import { HAND_OVER, NO_LEASES, type Lease, type Leases } from './lease';

export interface WindowLeasesParts {
  /** Without it there is only this window. */
  readonly leases: Leases | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Another window has taken a session; see {@link AcquireOptions.onLost}. */
  readonly onLost: (name: string, isRecent: boolean) => void;
}

export class WindowLeases implements Disposable {
  private readonly leases: Leases;
  private readonly pauses = new DisposableStore();

  constructor(private readonly parts: WindowLeasesParts) {
    this.leases = parts.leases ?? NO_LEASES;
  }

  /**
   * The lease of a session; `null` when another window has it.
   *
   * @param force takes it from whoever has it
   */
  async acquire(name: string, force = false): Promise<Lease | null> {
    const onLost = (isRecent: boolean): void => {
      this.parts.onLost(name, isRecent);
    };
    try {
      return await this.leases.acquire(name, { force, onLost });
    } catch (error) {
      // A disk that takes no lease takes no journal either, which is said where it fails.
      this.parts.logger.warn('No lease can be had', { name, error });
      return NO_LEASES.acquire(name, { force, onLost });
    }
  }

  /** The leases of all these sessions, also where another window has one. */
  async acquireAll(names: readonly string[]): Promise<readonly Lease[]> {
    const free = await Promise.all(names.map((name) => this.acquire(name)));
    const others = names.filter((_, index) => free[index] === null);
    const forced = await Promise.all(others.map((name) => this.acquire(name, true)));
    if (others.length > 0) await this.handedOver();
    return [...free, ...forced].filter((lease) => lease !== null);
  }

  /** Calls once, when the window that has the lease lets it go. */
  whenFree(name: string, callback: () => void): Disposable {
    return this.leases.whenFree(name, callback);
  }

  /** Resolves once a window that has lost its session has written down what was being typed. */
  handedOver(): Promise<void> {
    return new Promise((resolve) => {
      const pause = toDisposable(() => {
        timer.dispose();
        resolve();
      });
      const timer = this.parts.clock.schedule(() => {
        this.pauses.delete(pause);
      }, HAND_OVER);
      this.pauses.add(pause);
    });
  }

  dispose(): void {
    this.pauses.dispose();
  }
}
