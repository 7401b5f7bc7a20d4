// Runs many cases and watches what must hold in each: nothing thrown out of reach, no hang, and
// nothing left in what all objects share.

import assert from 'node:assert/strict';
import { cpuUsage, env } from 'node:process';
import { SeededRandom } from '../support/seeds';
import { Grammar } from './grammar';

/** Of the processor, ms: nothing that takes a text may need longer. */
const LONGEST = 50;
/** A case that was slow is tried again: the collector of garbage may have had its turn in it. */
const TRIES = 4;
/** In `npm test`; a proof sets `FUZZ_CASES`. */
const CASES = Number(env['FUZZ_CASES'] ?? 2_000);

export interface Share {
  /** Of all cases, 0 to 1. */
  readonly of: number;
  readonly make: (grammar: Grammar) => string;
  /** What takes the text: each is timed by itself. */
  readonly feed: (text: string) => readonly Work[];
}

type Work = () => Promise<void> | void;

/** Plays this share of the cases. `FUZZ_SEED` plays one case alone. */
export async function fuzz({ of, make, feed }: Share): Promise<void> {
  const shared = Object.getOwnPropertyNames(Object.prototype).join();
  const only = Number(env['FUZZ_SEED'] ?? 0);
  const count = Math.ceil(CASES * of);
  const seeds = only > 0 ? [only] : Array.from({ length: count }, (_, index) => index + 1);
  for (const seed of seeds) {
    const text = make(new Grammar(new SeededRandom(seed)));
    const what = `FUZZ_SEED=${seed}: ${JSON.stringify(text.slice(0, 300))}`;
    try {
      for (const work of feed(text)) await inTime(work);
    } catch (error) {
      throw new Error(`${what}: ${String(error)}`, { cause: error });
    }
    assert.equal(Object.getOwnPropertyNames(Object.prototype).join(), shared, `polluted: ${what}`);
  }
}

async function inTime(work: Work): Promise<void> {
  let cost = Infinity;
  for (let tries = 0; tries < TRIES && cost > LONGEST; tries += 1) {
    const before = cpuUsage();
    await work();
    const { user, system } = cpuUsage(before);
    cost = (user + system) / 1000;
  }
  assert.ok(cost <= LONGEST, `took ${cost.toFixed(0)} ms of the processor`);
}
