// A hundred seeds of trouble, or as many as `CHAOS_SEEDS` says: see `runSeed.ts` for what is played and `oracle.ts` for what must hold.

import assert from 'node:assert/strict';
import { env } from 'node:process';
import { figuresOf, inWords, p95, PROMISED_RETURN } from './figures';
import type { OutageKind } from './plan';
import { runSeed, type SeedReport } from './runSeed';

const SEEDS = Number(env['CHAOS_SEEDS'] ?? 100);
/** Those of the promise. Where all that comes is swallowed, nothing tells that it is over. */
const QUICK: readonly OutageKind[] = ['refuse', 'reset', 'half-open', '502'];

describe('a chat in trouble loses nothing, doubles nothing and tells no lies', () => {
  const reports: SeedReport[] = [];

  for (let seed = 1; seed <= SEEDS; seed += 1)
    it(`seed ${seed}`, async () => {
      const report = await runSeed(seed);
      reports.push({ ...report, story: [] });
      assert.deepEqual(report.complaints, []);
    });

  after(() => {
    console.log(inWords(figuresOf(reports)));
  });

  for (const kind of QUICK)
    it(`is back soon after the server is (${kind})`, () => {
      const times = figuresOf(reports).returns.get(kind) ?? [];
      assert.ok(times.length > 0);
      assert.ok(p95(times) <= PROMISED_RETURN, `p95 is ${p95(times)} ms of ${times.length}`);
    });
});
