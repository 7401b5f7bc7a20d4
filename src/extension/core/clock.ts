import { toDisposable, type Disposable } from './disposable';

/** Time as a dependency: tests turn it by hand. All figures are milliseconds. */
export interface Clock {
  /** The person's wall clock, since the epoch. May jump. */
  now(): number;
  /** Never goes back; only differences mean anything. */
  monotonic(): number;
  /** Calls once after `delay`, unless disposed of before. */
  schedule(callback: () => void, delay: number): Disposable;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(callback, delay) {
    const scheduled = toDisposable(() => {
      clearTimeout(timer);
    });
    const timer = setTimeout(() => {
      scheduled.dispose();
      callback();
    }, delay);
    return scheduled;
  },
};
