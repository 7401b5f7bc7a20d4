// A hundred seeds of trouble, or as many as `CHAOS_SEEDS` says: see `runSeed.ts` for what is played and `oracle.ts` for what must hold.

import assert from 'node:assert/strict';
import { env } from 'node:process';
import { figuresOf, inWords, p95, PROMISED_RETURN } from './figures';
import { NO_HARDSHIPS } from './hardships';
import { makePlan, OUTAGES } from './plan';
import { playPlan, runSeed, type SeedReport } from './runSeed';

const SEEDS = Number(env['CHAOS_SEEDS'] ?? 100);
/** Messages of one plan whose answers are all lost. */
const LOST = 10;

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

  for (const kind of OUTAGES)
    it(`is back soon after the server is (${kind})`, () => {
      const times = figuresOf(reports).returns.get(kind) ?? [];
      assert.ok(times.length > 0);
      assert.ok(p95(times) <= PROMISED_RETURN, `p95 is ${p95(times)} ms of ${times.length}`);
    });

  for (const how of ['reset', 'silent', 502, 504] as const)
    it(`sends nothing twice by itself where each answer is lost (${how})`, async function () {
      this.timeout(120_000);
      // R3: of a thousand seeds, 1,000 messages.
      for (let seed = 1; seed <= Math.ceil(SEEDS / LOST / 4); seed += 1) {
        const acts = Array.from({ length: LOST }, (_, index) => {
          const text = `lost ${index}`;
          return { at: 1_000 + index * 40_000, act: { type: 'send', text } as const };
        });
        const plan = makePlan(seed);
        const end = LOST * 40_000 + 60_000;
        const lost = { kind: 'lost', how, routes: ['send'] } as const;
        const calm = { outages: [], hardships: NO_HARDSHIPS, faultsFrom: 0, faultsTo: end, end };
        const report = await playPlan({ ...plan, ...calm, acts, faults: [lost] });
        assert.deepEqual(report.complaints, []);
        assert.equal(count(report, `"kind":"lost"`), LOST);
        assert.equal(count(report, '"kind":"messageTaken"'), LOST + 1); // and the last word
      }
    });

  for (const seconds of [0.1, 3, 9])
    it(`goes online, once, where each answer takes ${seconds} s`, async () => {
      const ms = seconds * 1_000;
      const slow = { kind: 'latency', ms: [ms, ms], routes: ['poll'] } as const;
      const calm = { ...makePlan(1), outages: [], acts: [], variants: {} };
      const plan = { ...calm, faults: [slow], faultsFrom: 0, faultsTo: calm.end };
      const report = await playPlan(plan);
      assert.deepEqual(report.complaints, []);
      assert.equal(report.connections, 1);
      const online = report.story.find((line) => line.endsWith('connection: online'));
      assert.ok(Number.parseFloat(online ?? '') >= seconds);
    });
});

/** How many lines of the story of a seed hold this. */
function count({ story }: SeedReport, text: string): number {
  return story.filter((line) => line.startsWith('ledger', 10) && line.includes(text)).length;
}
