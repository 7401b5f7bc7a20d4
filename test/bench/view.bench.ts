// The peers' table of the conversation view: ours, beside the least that a list can cost.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode/browser';
import { root } from '../vscode/root';
import { startPageServer, type PageServer } from '../webview/pageServer';
import { EXTREMES } from '../webview/extremes';
import { bench, median, quantile, type Figure } from './bench';
import { BenchPage, type Contestant } from './view/benchPage';

const ROUNDS = 5;
const MESSAGES = 30;
const KEYS = 40;
const KIB = 1_024;
/** A task or frame longer than this (ms) is felt. */
const FELT = 100;

/** The main thread's 6 ms to the floor's 3, in the run that measured the peers: a ratio goes along. */
const BAR_TO_FLOOR = 6 / 3;

/** Of the best peer at 10,000 messages to the floor, in the same run. */
const BEST_PEER = 2_439 / 57;

bench('view', async () => {
  const [browser, server] = await Promise.all([launchBrowser({ shell: true }), startPageServer()]);
  try {
    return [
      ...bundle(),
      ...(await loading(browser, server)),
      ...(await living(browser, server)),
      ...(await extremes(browser, server)),
      ...(await flood(browser, server)),
    ];
  } finally {
    await browser.close();
    server.close();
  }
});

function bundle(): readonly Figure[] {
  const code = readFileSync(path.join(root, 'dist', 'webview.js'));
  return [
    { what: 'first bundle, gzip', value: gzipSync(code).length / KIB, unit: 'KiB', atMost: 60 },
  ];
}

async function loading(browser: Browser, server: PageServer): Promise<readonly Figure[]> {
  const load = async (contestant: Contestant, count: number): Promise<number> => {
    const page = await BenchPage.open(browser, server, contestant, count);
    const took = await page.load();
    await page.close();
    return took;
  };
  const all = { view: new Map<number, number[]>(), floor: new Map<number, number[]>() };
  for (let round = 0; round < ROUNDS; round += 1)
    for (const count of [100, 1_000, 10_000])
      for (const contestant of ['floor', 'view'] as const) {
        const took = all[contestant].get(count) ?? [];
        all[contestant].set(count, took);
        took.push(await load(contestant, count));
      }
  const of = (contestant: Contestant, count: number): number =>
    median(all[contestant].get(count) ?? []);
  const line = (count: number, atMost?: number): readonly Figure[] => [
    { what: `load → painted, ${count}, floor`, value: of('floor', count), unit: 'ms' },
    {
      what: `load → painted, ${count}`,
      value: of('view', count),
      unit: 'ms',
      ...(atMost === undefined ? {} : { atMost }),
    },
  ];
  return [
    ...line(100),
    ...line(1_000, 1.5 * of('floor', 1_000)),
    ...line(10_000, Math.min(1.5 * of('view', 1_000), (BEST_PEER / 10) * of('floor', 10_000))),
  ];
}

/** What it costs once it stands. */
async function living(browser: Browser, server: PageServer): Promise<readonly Figure[]> {
  const measure = async (contestant: Contestant, count: number) => {
    const page = await BenchPage.open(browser, server, contestant, count);
    await page.load();
    const weight = await page.weigh();
    const keys = await page.keystrokes(KEYS);
    const more = await page.oneMore(MESSAGES);
    const scroll = await page.scrollFrame();
    await page.close();
    return { weight, keys, more, scroll };
  };
  const floor = await measure('floor', 1_000);
  const small = await measure('view', 100);
  const middle = await measure('view', 1_000);
  const large = await measure('view', 10_000);
  const p95 = (keys: readonly number[]): number => quantile(keys, 0.95);
  return [
    { what: 'one more → painted, floor', value: median(floor.more.painted), unit: 'ms' },
    { what: 'one more → painted, 100', value: median(small.more.painted), unit: 'ms' },
    {
      what: 'one more → painted, 10000',
      value: median(large.more.painted),
      unit: 'ms',
      atMost: 1.5 * median(small.more.painted),
    },
    { what: 'one more, main thread, floor', value: median(floor.more.mainThread), unit: 'ms' },
    { what: 'one more, main thread, 100', value: median(small.more.mainThread), unit: 'ms' },
    {
      what: 'one more, main thread, 10000',
      value: median(large.more.mainThread),
      unit: 'ms',
      atMost: Math.min(
        BAR_TO_FLOOR * median(floor.more.mainThread),
        1.5 * median(small.more.mainThread),
      ),
    },
    { what: 'heap at 10000', value: large.weight.heap / KIB / KIB, unit: 'MB', atMost: 8 },
    { what: 'nodes at 10000', value: large.weight.nodes, unit: '', atMost: 2_000 },
    { what: 'key → painted p95, 1000, floor', value: p95(floor.keys.painted), unit: 'ms' },
    {
      what: 'key → painted p95, 1000',
      value: p95(middle.keys.painted),
      unit: 'ms',
      atMost: 1.2 * p95(floor.keys.painted),
    },
    { what: 'key, main thread, 100', value: small.keys.mainThread, unit: 'ms' },
    {
      what: 'key, main thread, 10000',
      value: large.keys.mainThread,
      unit: 'ms',
      atMost: 1.5 * small.keys.mainThread,
    },
    { what: 'scroll frame, main thread, 100', value: small.scroll, unit: 'ms' },
    {
      what: 'scroll frame, main thread, 10000',
      value: large.scroll,
      unit: 'ms',
      atMost: 1.5 * small.scroll,
    },
  ];
}

/** Messages that were made to break the view. */
async function extremes(browser: Browser, server: PageServer): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [name, row] of Object.entries(EXTREMES)) {
    const page = await BenchPage.open(browser, server, 'view', 100);
    await page.load();
    const value = await page.longestTask(row('extreme'));
    figures.push({ what: `longest task, ${name}`, value, unit: 'ms', atMost: FELT });
    await page.close();
  }
  return figures;
}

async function flood(browser: Browser, server: PageServer): Promise<readonly Figure[]> {
  const [perSecond, seconds, before] = [200, 30, 1_000];
  const page = await BenchPage.open(browser, server, 'view', before);
  await page.load();
  const { frame, last } = await page.flood(perSecond, seconds);
  await page.close();
  const dropped = before + perSecond * seconds - Number(last);
  return [
    { what: '200 a second for 30 s: longest frame', value: frame, unit: 'ms', atMost: FELT },
    { what: '200 a second for 30 s: dropped', value: dropped, unit: '', atMost: 0 },
  ];
}
