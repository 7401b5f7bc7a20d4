// `npm run chaos -- --seeds 1000`, or `--seed 17` to play one again with its story.

import { parseArgs } from 'node:util';
import { figuresOf, inWords } from './figures';
import { runSeed, type SeedReport } from './runSeed';

/** Of one failed seed, as many complaints are printed. */
const SHOWN = 4;

const { seeds, seed, from } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
  },
}).values;

async function playOne(number: number): Promise<boolean> {
  const { complaints, story } = await runSeed(number);
  console.log(story.join('\n'));
  console.log(complaints.length > 0 ? `\n${complaints.join('\n')}` : '\nall is well');
  return complaints.length === 0;
}

async function playAll(first: number, count: number): Promise<boolean> {
  const reports: SeedReport[] = [];
  for (let number = first; number < first + count; number += 1) {
    const report = await runSeed(number);
    reports.push({ ...report, story: [] });
    if (report.complaints.length > 0)
      console.log(`seed ${number}: ${report.complaints.slice(0, SHOWN).join('\n  ')}`);
  }
  const figures = figuresOf(reports);
  console.log(inWords(figures));
  return figures.failed.length === 0;
}

async function main(): Promise<void> {
  const well = await (seed === undefined
    ? playAll(Number(from), Number(seeds))
    : playOne(Number(seed)));
  process.exitCode = well ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
