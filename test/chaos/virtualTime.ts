// Time that passes only when nothing else can happen: half an hour of an outage takes milliseconds.
// It is the injected clock of our own code and, while installed, the global timers of the packages
// below it (Engine.IO's heartbeat on both sides). Sockets are real, so before time may pass, the
// event loop is turned until no byte moves any more.

import { performance } from 'node:perf_hooks';
import type { Clock } from '../../src/extension/core/clock';
import { toDisposable, type Disposable } from '../../src/extension/core/disposable';

interface Timer {
  due: number;
  readonly callback: () => void;
  /** ms; for those that go off again and again. */
  readonly every: number | null;
}

/** Turns of the event loop without any event after which nothing is taken to be under way. */
const IDLE_TURNS = 5;
/** The same before a longer leap: a busy machine may need a moment to hand a packet over. */
const IDLE_TURNS_BEFORE_LEAP = 12;
const LEAP = 1_000;

const nativeImmediate = setImmediate;

export class VirtualTime implements Clock {
  private readonly timers = new Set<Timer>();
  private elapsed = 0;
  private restore: (() => void) | null = null;

  /**
   * @param wall the wall clock at first, ms since the epoch
   * @param isBusy whether something is under way that makes no event yet (the disk)
   */
  constructor(
    private readonly wall: number,
    private readonly isBusy: () => boolean = () => false,
  ) {}

  now(): number {
    return this.wall + this.elapsed;
  }

  monotonic(): number {
    return this.elapsed;
  }

  schedule(callback: () => void, delay: number): Disposable {
    const timer = this.add(() => {
      scheduled.dispose();
      callback();
    }, delay);
    const scheduled = toDisposable(() => this.timers.delete(timer));
    return scheduled;
  }

  /** Resolves after `ms`; rejects when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stop = (): void => {
        this.timers.delete(timer);
        reject(new Error('Nobody waits any more'));
      };
      const timer = this.add(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop);
    });
  }

  /** From now on `setTimeout` and its like are of this time. */
  install(): void {
    const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
    const set =
      (repeats: boolean) =>
      (callback: (...parameters: unknown[]) => void, delay = 0, ...parameters: unknown[]) =>
        this.handle(
          this.add(
            () => {
              callback(...parameters);
            },
            delay,
            repeats ? Math.max(1, delay) : null,
          ),
        );
    const clear = (handle: unknown): void => {
      if (typeof handle === 'object' && handle !== null && 'timer' in handle)
        this.timers.delete(handle.timer as Timer);
    };
    Object.assign(globalThis, {
      setTimeout: set(false),
      setInterval: set(true),
      clearTimeout: clear,
      clearInterval: clear,
    });
    this.restore = () => {
      Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval });
    };
  }

  uninstall(): void {
    this.restore?.();
    this.timers.clear();
  }

  /** Lets time pass until `done`, or until `limit` (monotonic, ms). @returns whether it is done */
  async runUntil(done: () => boolean, limit: number): Promise<boolean> {
    for (;;) {
      const next = this.first();
      await this.quiet(next !== null && next.due - this.elapsed < LEAP);
      if (done()) return true;
      const first = this.first();
      if (first === null || first.due > limit) {
        this.elapsed = Math.max(this.elapsed, limit);
        return done();
      }
      this.elapsed = Math.max(this.elapsed, first.due);
      if (first.every === null) this.timers.delete(first);
      else first.due += first.every;
      first.callback();
    }
  }

  private add(callback: () => void, delay: number, every: number | null = null): Timer {
    const timer = { due: this.elapsed + Math.max(0, delay || 0), callback, every };
    this.timers.add(timer);
    return timer;
  }

  private first(): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.timers) if (first === null || timer.due < first.due) first = timer;
    return first;
  }

  /** Resolves when no socket and no disk has anything to say. */
  private async quiet(isShort: boolean): Promise<void> {
    const enough = isShort ? IDLE_TURNS : IDLE_TURNS_BEFORE_LEAP;
    for (let idle = 0; idle < enough;) {
      const before = eventsSoFar();
      await new Promise((resolve) => nativeImmediate(resolve));
      idle = eventsSoFar() === before && !this.isBusy() ? idle + 1 : 0;
    }
  }

  /** What the packages hold of a timer. */
  private handle(timer: Timer): object {
    const handle = {
      timer,
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh: () => {
        timer.due = this.elapsed + (timer.every ?? 0);
        return handle;
      },
    };
    return handle;
  }
}

/** How many events of the operating system libuv has handled in this process. */
function eventsSoFar(): number {
  return performance.nodeTiming.uvMetricsInfo.events;
}
