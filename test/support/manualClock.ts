import type { Clock } from '../../src/extension/core/clock';
import { toDisposable, type Disposable } from '../../src/extension/core/disposable';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test turns it. */
export class ManualClock implements Clock {
  private readonly timers = new Set<Timer>();
  private elapsed = 0;

  /** @param wall what `now()` says at first, ms since the epoch */
  constructor(private wall = Date.UTC(2026, 0, 15, 12)) {}

  now(): number {
    return this.wall;
  }

  monotonic(): number {
    return this.elapsed;
  }

  schedule(callback: () => void, delay: number): Disposable {
    const scheduled = toDisposable(() => this.timers.delete(timer));
    const timer: Timer = {
      due: this.elapsed + Math.max(0, delay),
      callback: () => {
        scheduled.dispose();
        callback();
      },
    };
    this.timers.add(timer);
    return scheduled;
  }

  /** How many timers are waiting. */
  get pending(): number {
    return this.timers.size;
  }

  /**
   * Lets `duration` ms pass: timers go off in order, and what their callbacks started is given the
   * chance to go on (and to set new timers) before the next one.
   */
  async advance(duration: number): Promise<void> {
    const end = this.elapsed + duration;
    await settle();
    for (let next = this.firstDue(end); next !== null; next = this.firstDue(end)) {
      this.moveTo(next.due);
      next.callback();
      await settle();
    }
    this.moveTo(end);
  }

  /** The wall clock is set to another time; no time passes. */
  jump(difference: number): void {
    this.wall += difference;
  }

  private moveTo(time: number): void {
    this.wall += time - this.elapsed;
    this.elapsed = time;
  }

  private firstDue(end: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.timers)
      if (timer.due <= end && (first === null || timer.due < first.due)) first = timer;
    return first;
  }
}

/** Lets every promise that can go on without time, disk or network do so. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
