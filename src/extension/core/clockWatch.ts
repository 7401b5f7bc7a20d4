import type { Clock } from './clock';

/** The wall clock ran ahead by this much while the monotonic one stood: the machine slept, ms. */
const SLEEP = 10_000;
/** A clock that goes back by more than this was set: by less it is put right all the time, ms. */
export const SET_BACK = 1_000;

export interface ClockChange {
  readonly slept: boolean;
  /** By how much the wall clock was set back, ms; 0 if it was not. */
  readonly setBack: number;
}

/**
 * Notices that the machine has slept, or that its clock was set back, without a timer of its own:
 * whatever happens anyway asks. Where the monotonic clock runs on through a sleep there is nothing to
 * notice, and nothing to do: the timers that have become due meanwhile go off at once. A clock that
 * was set forward cannot be told from a sleep.
 */
export class ClockWatch {
  private offset: number;

  constructor(private readonly clock: Clock) {
    this.offset = clock.now() - clock.monotonic();
  }

  /** What has happened to the clocks since this was last asked. */
  look(): ClockChange {
    const before = this.offset;
    this.offset = this.clock.now() - this.clock.monotonic();
    const ahead = this.offset - before;
    return { slept: ahead > SLEEP, setBack: ahead < -SET_BACK ? -ahead : 0 };
  }
}
