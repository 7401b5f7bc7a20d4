import type { Clock } from '../../src/extension/core/clock';
import type { VirtualTime } from './virtualTime';

/** The clock of the person's machine: it may be wrong, and be set. */
export class PersonClock implements Clock {
  /** How far it is ahead of the platform's now, and was before, ms. */
  private readonly aheads: number[];
  private latest = 0;

  constructor(
    private readonly time: VirtualTime,
    private ahead: number,
  ) {
    this.aheads = [ahead];
  }

  /** Whether it was set: what it showed before means something else now. */
  get isSet(): boolean {
    return this.aheads.length > 1;
  }

  readonly now = (): number => {
    const now = this.time.now() + this.ahead;
    this.latest = Math.max(this.latest, now);
    return now;
  };

  /** The latest that it has ever shown. */
  readonly latestNow = (): number => Math.max(this.latest, this.now());

  monotonic(): number {
    return this.time.monotonic();
  }

  schedule(...timer: Parameters<Clock['schedule']>): ReturnType<Clock['schedule']> {
    return this.time.schedule(...timer);
  }

  /** It is put forward (or back) by so many ms. */
  set(by: number): void {
    this.ahead += by;
    this.aheads.push(this.ahead);
  }

  /** What the platform's clock may have shown when this one showed `at`. */
  platformTimes(at: number): readonly number[] {
    return this.aheads.map((ahead) => at - ahead);
  }
}
