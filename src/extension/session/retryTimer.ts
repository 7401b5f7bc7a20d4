// When the next try to connect is due: later after each that failed, and at once where the machine
// woke or its network changed.

import { backoffDelay, RECONNECT_BACKOFF } from '../core/backoff';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';

/** How often the wait looks whether the machine woke, or its network changed, ms. */
const LOOK = 1_000;
/** A connection that lasted so long was a good one: the next loss is the first again, ms. */
const STABLE = 10_000;

export interface RetryParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** What is known of this machine's networks, in a text: a change of it is worth a try at once. */
  readonly network: () => string;
  /** Whether the machine has slept since this was last asked. */
  readonly hasSlept: () => boolean;
}

export class RetryTimer implements Disposable {
  /** How many tries have failed. */
  private attempt = 0;
  /** By the monotonic clock; `null` while there is no outage. */
  private outageBegan: number | null = null;
  private connectedAt = 0;
  private network = '';
  private timer: Disposable | null = null;

  constructor(private readonly parts: RetryParts) {}

  /** Whether the outage is so young that nobody should wait long for its end. */
  get isEarly(): boolean {
    return this.outage < RECONNECT_BACKOFF.patience;
  }

  /** The next failure counts as the first. */
  reset(): void {
    this.attempt = 0;
  }

  /** The connection is there. */
  connected(): void {
    this.outageBegan = null;
    this.connectedAt = this.parts.clock.monotonic();
  }

  /** The connection that was there is there no more. */
  disconnected(): void {
    if (this.parts.clock.monotonic() - this.connectedAt >= STABLE) this.attempt = 0;
  }

  /** There is no connection: from the first time on, the outage lasts. */
  noteOutage(): void {
    this.outageBegan ??= this.parts.clock.monotonic();
  }

  /** Waits after a failure, in an outage or at its beginning. @param retry called once, when a try is due */
  wait(retry: () => void): void {
    const { clock, random, network } = this.parts;
    this.noteOutage();
    const delay = backoffDelay(this.attempt, this.outage, random());
    this.attempt += 1;
    this.network = network();
    this.waitUntil(clock.monotonic() + delay, retry);
  }

  /** Stops waiting; it can be used again. */
  dispose(): void {
    this.timer?.dispose();
    this.timer = null;
  }

  /** How long the connection has been gone, ms. */
  private get outage(): number {
    return this.outageBegan === null ? 0 : this.parts.clock.monotonic() - this.outageBegan;
  }

  /** @param due by the monotonic clock */
  private waitUntil(due: number, retry: () => void): void {
    const { clock, network, hasSlept } = this.parts;
    const left = due - clock.monotonic();
    this.dispose();
    this.timer = clock.schedule(
      () => {
        const changed = network() !== this.network;
        if (left <= LOOK || changed || hasSlept()) retry();
        else this.waitUntil(due, retry);
      },
      Math.min(left, LOOK),
    );
  }
}
