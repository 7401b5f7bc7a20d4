import assert from 'node:assert/strict';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import type { MessageRow } from '../../../src/shared/conversation';
import type { HostMessage } from '../../../src/shared/hostMessage';
import { snapshotOf } from '../../../src/shared/snapshot';
import { installFakeApi } from '../../webview/viewPage';
import type { PageServer } from '../../webview/pageServer';
import { conversation, settings } from '../../webview/samples';
import { installFloor } from './floor';
import { benchRow, benchRows } from './rows';

/** What is measured, under one stopwatch. */
export type Contestant = 'view' | 'floor';

declare global {
  interface Window {
    bench: {
      /** Settles when the frame that follows the arrival of the next data has been painted; in ms. */
      paintedAfterArrival(): Promise<number>;
      /** Settles when the next frame has been painted. */
      painted(): Promise<void>;
      messages: unknown[];
    };
  }
}

/** Frames are counted so often, for a thing that costs less than one. */
const MANY = 100;
/** Frames in which a message has drawn all that it draws by itself. */
const SOME = 30;

/** A fresh page of the view or the floor, and a stopwatch in it. */
export class BenchPage {
  private revision = 0;

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly cdp: CDPSession,
    private readonly count: number,
  ) {}

  /** Opens a page that is to show `count` messages, and shows none yet. */
  static async open(
    browser: Browser,
    server: PageServer,
    contestant: Contestant,
    count: number,
  ): Promise<BenchPage> {
    const context = await browser.newContext({ viewport: { width: 400, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(installStopwatch);
    if (contestant === 'view') {
      await page.addInitScript(installFakeApi);
      await page.goto(`${server.origin}/?theme=dark`);
      await page.waitForFunction(() => window.twinTest.intents.length > 0);
    } else {
      await page.goto(`${server.origin}/floor`);
      await page.evaluate(installFloor);
    }
    const cdp = await context.newCDPSession(page);
    // Of the main thread's own time: what else runs on the machine does not count.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new BenchPage(page, context, cdp, count);
  }

  /** From the arrival of all messages to the newest one painted, ms. */
  async load(): Promise<number> {
    this.revision += 1;
    const rows = benchRows(this.count);
    await this.keep([snapshotOf(conversation({ rows }), settings(), this.revision)]);
    const took = await this.page.evaluate(() => {
      window.postMessage(window.bench.messages[0]);
      return window.bench.paintedAfterArrival();
    });
    await this.keep([]);
    await this.assertInSight(this.count - 1);
    return took;
  }

  /** One more message at a time: from arrival to painted, and the main thread's part, ms each. */
  async oneMore(
    times: number,
  ): Promise<{ painted: readonly number[]; mainThread: readonly number[] }> {
    await this.keep(
      Array.from({ length: times }, (_, index) =>
        this.more(benchRow(this.count + index), this.count + index),
      ),
    );
    const painted: number[] = [];
    const mainThread: number[] = [];
    for (let at = 0; at < times; at += 1) {
      const before = await this.mainThread();
      painted.push(
        await this.page.evaluate((index) => {
          window.postMessage(window.bench.messages[index]);
          return window.bench.paintedAfterArrival();
        }, at),
      );
      mainThread.push((await this.mainThread()) - before);
    }
    await this.keep([]);
    await this.assertInSight(this.count + times - 1);
    return { painted, mainThread };
  }

  /** The main thread's part of a frame in which one scrolls by 40 px, ms. */
  async scrollFrame(): Promise<number> {
    const before = await this.mainThread();
    await this.page.evaluate(async (frames) => {
      const box = document.querySelector('.scroll-box');
      for (let frame = 0; box !== null && frame < frames; frame += 1) {
        box.scrollTop -= 40;
        await window.bench.painted();
      }
    }, MANY);
    return ((await this.mainThread()) - before) / MANY;
  }

  /** From a key to its letter painted, ms each, and the main thread's part. */
  async keystrokes(times: number): Promise<{ painted: readonly number[]; mainThread: number }> {
    await this.page.locator('textarea').focus();
    await this.page.evaluate(() => {
      window.bench.messages = [];
      window.addEventListener(
        'keydown',
        (event) => {
          void window.bench.painted().then(() => {
            window.bench.messages.push(performance.now() - event.timeStamp);
          });
        },
        { capture: true },
      );
    });
    const before = await this.mainThread();
    for (let key = 0; key < times; key += 1) {
      await this.page.keyboard.press('a');
      await this.page.waitForFunction((count) => window.bench.messages.length === count, key + 1);
    }
    const mainThread = ((await this.mainThread()) - before) / times;
    const painted = (await this.page.evaluate(() => window.bench.messages)) as number[];
    return { painted, mainThread };
  }

  /** The longest task that one more message brings along, ms; 0 for none over 50. */
  async longestTask(row: MessageRow): Promise<number> {
    await this.keep([this.more(row, this.count)]);
    return this.page.evaluate(async (frames) => {
      let longest = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
      });
      observer.observe({ type: 'longtask' });
      window.postMessage(window.bench.messages[0]);
      for (let frame = 0; frame < frames; frame += 1) await window.bench.painted();
      return longest;
    }, SOME);
  }

  /**
   * Messages as fast as that.
   *
   * @returns the longest time between two frames, ms, and the place of the last message in sight
   */
  async flood(perSecond: number, seconds: number): Promise<{ frame: number; last: string | null }> {
    const total = perSecond * seconds;
    await this.keep(
      Array.from({ length: total }, (_, index) =>
        this.more(benchRow(this.count + index), this.count + index),
      ),
    );
    return this.page.evaluate(async (rate) => {
      const { messages } = window.bench;
      const start = performance.now();
      let sent = 0;
      const timer = setInterval(() => {
        const due = Math.min(messages.length, ((performance.now() - start) / 1_000) * rate);
        while (sent < due) window.postMessage(messages[sent++]);
      }, 5);
      let longest = 0;
      for (let last = start; sent < messages.length;) {
        await window.bench.painted();
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }
      clearInterval(timer);
      await window.bench.painted();
      await window.bench.painted();
      const row = document.querySelector<HTMLElement>('.log > article:last-of-type');
      return { frame: longest, last: row?.getAttribute('aria-posinset') ?? null };
    }, perSecond);
  }

  /** Bytes of the heap that are in use, and elements on the page. */
  async weigh(): Promise<{ heap: number; nodes: number }> {
    await this.cdp.send('HeapProfiler.collectGarbage');
    const heap = await this.metric('JSHeapUsedSize');
    const nodes = await this.page.evaluate(() => {
      const count = (root: ParentNode): number =>
        [...root.querySelectorAll('*')].reduce(
          (total, { shadowRoot }) => total + 1 + (shadowRoot === null ? 0 : count(shadowRoot)),
          0,
        );
      return count(document);
    });
    return { heap, nodes };
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  private more(row: MessageRow, at: number): HostMessage {
    this.revision += 1;
    const rows = { changed: [row], order: { from: at, keys: [row.key] } };
    return { type: 'patch', revision: this.revision, patch: { fields: {}, rows } };
  }

  private async keep(messages: readonly HostMessage[]): Promise<void> {
    const data: unknown = messages; // its type is too deep for `evaluate`
    await this.page.evaluate((all) => {
      window.bench.messages = all as unknown[];
    }, data);
  }

  private async assertInSight(index: number): Promise<void> {
    const row = this.page.locator(`[data-message-id="m${index}"]`);
    const bottom = await row.evaluate((it) => it.getBoundingClientRect().bottom);
    assert.ok(bottom > 0 && bottom <= 800, `message ${index} ends at ${bottom}`);
  }

  /** Main thread's time so far, ms. */
  private async mainThread(): Promise<number> {
    return (await this.metric('TaskDuration')) * 1_000;
  }

  private async metric(wanted: string): Promise<number> {
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  }
}

/** Runs in the page before its scripts, so that it sees data arrive first. */
function installStopwatch(): void {
  let arrival: (() => void) | null = null;
  const painted = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          resolve();
        };
        channel.port2.postMessage(null);
      });
    });
  window.addEventListener('message', () => {
    arrival?.();
  });
  window.bench = {
    messages: [],
    painted,
    paintedAfterArrival: () =>
      new Promise((resolve) => {
        arrival = () => {
          arrival = null;
          const at = performance.now();
          void painted().then(() => {
            resolve(performance.now() - at);
          });
        };
      }),
  };
}
