// Since when nothing was heard of the server: what it said since then may be lost.

import type { Clock } from '../core/clock';

/** A moment, by both clocks: the wall clock may be set between two of them. */
interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

export class Silence {
  /** When the server was last heard. */
  private heardAt: Moment;
  /** `null` while online, and till a first try to connect has failed. */
  private began: Moment | null = null;

  constructor(private readonly clock: Clock) {
    this.heardAt = this.now();
  }

  get hasBegun(): boolean {
    return this.began !== null;
  }

  /** When the server was last heard, or the silence began, ms since the epoch. */
  get since(): number {
    return this.asTheClockShows(this.began ?? this.heardAt);
  }

  /** The server has given a sign of life. */
  heard(): void {
    this.heardAt = this.now();
  }

  /**
   * The first connection is about to be opened.
   *
   * @param since when the session was last heard of, for one that is taken up again
   */
  reset(since: number | null): void {
    this.heard();
    this.began = since === null ? null : { ...this.heardAt, wall: since };
  }

  /** A connection is lost, or a try has failed: the server may have spoken into it all the same. */
  begin(): void {
    this.began ??= this.heardAt;
  }

  /**
   * The connection is there.
   *
   * @returns since when nothing was heard, ms since the epoch; `null` if nothing was missed
   */
  end(): number | null {
    const { began } = this;
    this.began = null;
    this.heard();
    return began === null ? null : this.asTheClockShows(began);
  }

  /**
   * When that was, by the wall clock as it is now: it may have been set since. Back, it is seen by
   * the time that has passed; forward, it looks like a sleep, and too long an outage is told.
   */
  private asTheClockShows({ wall, monotonic }: Moment): number {
    const now = this.now();
    return Math.min(wall, now.wall - (now.monotonic - monotonic));
  }

  private now(): Moment {
    return { wall: this.clock.now(), monotonic: this.clock.monotonic() };
  }
}
