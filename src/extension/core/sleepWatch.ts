import type { Clock } from './clock';

/** The wall clock ran ahead by this much while the monotonic one stood: the machine slept, ms. */
const SLEEP = 10_000;

/**
 * Notices that the machine has slept, without a timer of its own: whatever happens anyway asks.
 * Where the monotonic clock runs on through a sleep there is nothing to notice, and nothing to do:
 * the timers that have become due meanwhile go off at once.
 */
export class SleepWatch {
  private offset: number;

  constructor(private readonly clock: Clock) {
    this.offset = clock.now() - clock.monotonic();
  }

  /** Whether the machine has slept since this was last asked. */
  hasSlept(): boolean {
    const before = this.offset;
    this.offset = this.clock.now() - this.clock.monotonic();
    return this.offset - before > SLEEP;
  }
}
