// Randomness that can be replayed: `SEED=123 mocha …` runs that seed alone.

import { env } from 'node:process';

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export class SeededRandom {
  constructor(private state: number) {}

  readonly next = (): number => {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly [T, ...T[]]): T;
  pick<T>(items: readonly T[]): T | undefined;
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  shuffle<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, rank: this.next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }
}

/** Runs `check` with seeds 1 to `count`, or with `SEED` alone; a failure names the seed. */
export function forSeeds(count: number, check: (random: SeededRandom) => void): void {
  const only = Number(env['SEED'] ?? 0);
  const seeds = only > 0 ? [only] : Array.from({ length: count }, (_, index) => index + 1);
  for (const seed of seeds) {
    try {
      check(new SeededRandom(seed));
    } catch (error) {
      throw new Error(`failed with SEED=${seed}: ${String(error)}`, { cause: error });
    }
  }
}
