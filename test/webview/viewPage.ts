import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { ConversationView } from '../../src/shared/conversation';
import type { HostMessage, ViewSettings } from '../../src/shared/hostMessage';
import { parseIntent, type Intent } from '../../src/shared/intent';
import { diffConversation } from '../../src/shared/patch';
import { snapshotOf } from '../../src/shared/snapshot';
import type { Contexts } from './contexts';
import type { PageServer } from './pageServer';
import { settings } from './samples';
import type { ThemeName } from './themes';

export interface ViewOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What the view had kept before it was hidden. */
  readonly state?: unknown;
  /** Without the policy an attack has only the view's own care against it. */
  readonly csp?: 'on' | 'off';
  readonly timezone?: string;
  readonly mac?: boolean;
  /** What VS Code's window speaks: how times are written in English depends on it. */
  readonly locale?: string;
  readonly settings?: Partial<ViewSettings>;
  /** The test plays with the page's clock. */
  readonly clock?: boolean;
  /** A bundle that does not come before `release`. */
  readonly holds?: string;
}

/** So many frames without a change are taken for the end of what the list does by itself. */
const QUIET_FRAMES = 3;

/** So many tasks after a module has come it has been run. */
const TASKS_AFTER_LOADING = 5;

/** What the fake of VS Code's API in the page keeps. */
interface FakeApi {
  readonly intents: unknown[];
  /** The conversation that the last intent was said to be about. */
  spokenIn: string | null;
  /** True for a host that has died. */
  silent: boolean;
  /** How often the view has asked whether it is heard. */
  pings: number;
  state: unknown;
  readonly violations: string[];
}

declare global {
  interface Window {
    twinTest: FakeApi;
  }
}

/** The view in a page of its own, with a fake host that the test plays. */
export class ViewPage {
  /** Whatever went wrong in the page: a test that leaves any behind fails. */
  readonly errors: string[] = [];
  /** Every address that the page asked for, other than its own parts. */
  readonly requests: string[] = [];
  private revision = 0;
  private shown: ConversationView | null = null;
  private releaseHeld: (how: 'whole' | 'broken') => void = () => undefined;
  private settings: ViewSettings;

  private constructor(
    readonly page: Page,
    options: ViewOptions,
  ) {
    this.settings = settings(options.settings);
  }

  static async open(contexts: Contexts, server: PageServer, options: ViewOptions = {}) {
    const page = await contexts.newPage(options);
    const view = new ViewPage(page, options);
    view.watch(server.origin);
    if (options.holds !== undefined) await view.hold(options.holds);
    await page.addInitScript(installFakeApi, options.state);
    const query = new URLSearchParams({ theme: options.theme ?? 'dark', csp: options.csp ?? 'on' });
    await page.goto(`${server.origin}/?${query}`);
    await view.waitForIntent('ready');
    if (options.holds === undefined) await view.parserLoaded();
    return view;
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Conversation' });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  get send(): Locator {
    return this.page.getByRole('button', { name: 'Send', exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  row(key: string): Locator {
    return this.page.locator(`article[data-message-id="${key}"]`);
  }

  /** Sends the whole state. */
  async snapshot(conversation: ConversationView | null, changes: Partial<ViewSettings> = {}) {
    this.settings = settings({ ...this.settings, ...changes });
    if (changes.language !== undefined)
      this.settings = { ...this.settings, texts: settings(changes).texts };
    this.shown = conversation;
    this.revision += 1;
    await this.post(snapshotOf(conversation, this.settings, this.revision));
  }

  /** The same under a clock that stands still, where no frame is drawn by itself. */
  async postOnClock(conversation: ConversationView) {
    this.shown = conversation;
    this.revision += 1;
    const message: unknown = snapshotOf(conversation, this.settings, this.revision);
    await this.page.evaluate((data) => {
      window.dispatchEvent(new MessageEvent('message', { data }));
    }, message);
  }

  /** Sends what changed since the last state. */
  async change(changes: Partial<ConversationView>) {
    assert.ok(this.shown, 'there is no conversation to change');
    const after = { ...this.shown, ...changes };
    const patch = diffConversation(this.shown, after);
    assert.ok(patch, 'nothing changed');
    this.shown = after;
    this.revision += 1;
    await this.post({ type: 'patch', revision: this.revision, patch });
  }

  /** The same for many changes, one right after the other. */
  async changeFast(changes: readonly Partial<ConversationView>[]) {
    const messages: HostMessage[] = [];
    for (const change of changes) {
      assert.ok(this.shown);
      const after = { ...this.shown, ...change };
      const patch = diffConversation(this.shown, after);
      assert.ok(patch, 'nothing changed');
      this.shown = after;
      this.revision += 1;
      messages.push({ type: 'patch', revision: this.revision, patch });
    }
    const all: unknown = messages; // its type is too deep for `evaluate`
    await this.page.evaluate((list) => {
      for (const data of list as unknown[]) window.postMessage(data, window.origin);
    }, all);
    await this.settled();
  }

  /** As VS Code does when the view was hidden: a new document, with what the last one had kept. */
  async reload() {
    const state = await this.state();
    await this.page.evaluate((kept) => {
      sessionStorage.setItem('state', JSON.stringify(kept));
    }, state);
    await this.page.reload();
    await this.waitForIntent('ready');
    await this.parserLoaded();
  }

  /** Lets the held bundle come, or fail. */
  async release(how: 'whole' | 'broken' = 'whole') {
    this.releaseHeld(how);
    await this.settled();
  }

  /** Waits until the list draws nothing more by itself. */
  async settled() {
    await this.page.evaluate(async (quietFrames) => {
      const frame = () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => {
            setTimeout(resolve);
          });
        });
      const state = () => {
        const log = document.querySelector('[role="log"]');
        const box = document.querySelector('.scroll-box');
        return `${log?.childElementCount} ${box?.scrollTop} ${box?.scrollHeight}`;
      };
      for (let quiet = 0, last = ''; quiet < quietFrames;) {
        await frame();
        const now = state();
        quiet = now === last ? quiet + 1 : 0;
        last = now;
      }
    }, QUIET_FRAMES);
  }

  /** The keys of the rows that are whole in sight, from the top. */
  async keysInSight(): Promise<readonly string[]> {
    return this.page.evaluate(() => {
      const box = document.querySelector('.scroll-box')?.getBoundingClientRect();
      return [...document.querySelectorAll<HTMLElement>('[role="log"] > article')].flatMap(
        (row) => {
          const { top, bottom } = row.getBoundingClientRect();
          const inSight = box !== undefined && top >= box.top && bottom <= box.bottom;
          return inSight ? [row.dataset['messageId'] ?? ''] : [];
        },
      );
    });
  }

  /** As if a state had been lost on the way. */
  skipRevision() {
    this.revision += 1;
  }

  async post(message: HostMessage) {
    const sent: unknown = message; // its type is too deep for `evaluate`
    await this.page.evaluate((data) => {
      window.postMessage(data, window.origin);
      // Answers when the message has been taken, and what follows from it has been drawn.
      return new Promise<void>((resolve) => {
        const look = () => {
          if (document.querySelector('[role="log"][aria-busy]') === null) resolve();
          else requestAnimationFrame(look);
        };
        setTimeout(() => requestAnimationFrame(() => setTimeout(look)));
      });
    }, sent);
  }

  /** What the view has told the host; every one must pass the host's border. */
  async intents(): Promise<Intent[]> {
    const raw = await this.page.evaluate(() => window.twinTest.intents);
    return raw.map((value) => {
      const intent = parseIntent(value);
      assert.ok(intent, `no such intent: ${JSON.stringify(value)}`);
      return intent;
    });
  }

  async intentsOf<T extends Intent['type']>(type: T): Promise<Extract<Intent, { type: T }>[]> {
    const intents = await this.intents();
    return intents.filter((intent) => intent.type === type) as Extract<Intent, { type: T }>[];
  }

  /** Waits until the view has told at least `count` of a kind, and gives the last. */
  async waitForIntent<T extends Intent['type']>(
    type: T,
    count = 1,
  ): Promise<Extract<Intent, { type: T }>> {
    await this.page.waitForFunction(
      ([wanted, least]) =>
        window.twinTest.intents.filter((intent) => (intent as Intent).type === wanted).length >=
        least,
      [type, count] as const,
    );
    const last = (await this.intentsOf(type)).at(-1);
    assert.ok(last);
    return last;
  }

  /** What the view has kept for when it comes back. */
  async state(): Promise<unknown> {
    return this.page.evaluate(() => window.twinTest.state);
  }

  /** What has been spoken so far, in order. */
  async spoken(): Promise<string[]> {
    return this.page.locator('[data-part="announcer"] > div').allTextContents();
  }

  async close() {
    const violations = await this.page.evaluate(() => window.twinTest.violations);
    await this.page.close();
    assert.deepEqual([...this.errors, ...violations], [], 'errors in the page');
    assert.deepEqual(this.requests, [], 'requests of the page');
  }

  private async hold(bundle: string) {
    const released = new Promise<'whole' | 'broken'>((resolve) => {
      this.releaseHeld = resolve;
    });
    await this.page.route(`**/${bundle}`, async (route) => {
      if ((await released) === 'whole') await route.continue();
      else await route.fulfill({ status: 200, contentType: 'text/javascript', body: 'throw 0' });
    });
  }

  /** The parser of Markdown has come, and the tasks that follow from it are over. */
  private async parserLoaded() {
    await this.page.waitForFunction(() =>
      performance
        .getEntriesByType('resource')
        .some(({ name }) => name.endsWith('/parseMarkdown.js')),
    );
    await this.page.evaluate(async (tasks) => {
      for (let task = 0; task < tasks; task += 1)
        await new Promise((resolve) => {
          setTimeout(resolve);
        });
    }, TASKS_AFTER_LOADING);
  }

  private watch(origin: string) {
    this.page.on('pageerror', (error) => this.errors.push(String(error)));
    this.page.on('console', (line) => {
      if (line.type() === 'error' || line.type() === 'warning') this.errors.push(line.text());
    });
    this.page.on('request', (request) => {
      const url = request.url();
      const own = [
        `${origin}/?`,
        `${origin}/webview.`,
        `${origin}/highlighter.js`,
        `${origin}/parseMarkdown.js`,
      ].some((start) => url.startsWith(start));
      if (!own && !url.startsWith('blob:') && url !== `${origin}/favicon.ico`)
        this.requests.push(url);
    });
    this.page.on('framenavigated', (frame) => {
      if (!frame.url().startsWith(`${origin}/`)) this.errors.push(`navigated to ${frame.url()}`);
    });
    this.page.on('popup', (popup) => this.errors.push(`opened ${popup.url()}`));
    this.page.on('dialog', (dialog) => {
      this.errors.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }
}

/** Runs in the page before its scripts. */
export function installFakeApi(state?: unknown) {
  const kept = sessionStorage.getItem('state');
  const first = kept === null ? state : (JSON.parse(kept) as unknown);
  const fake: FakeApi = {
    intents: [],
    spokenIn: null,
    silent: false,
    pings: 0,
    state: first,
    violations: [],
  };
  window.twinTest = fake;
  document.addEventListener('securitypolicyviolation', (event) => {
    fake.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
  });
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (intent: unknown) => {
        if (fake.silent) return;
        if ((intent as { type?: unknown }).type === 'ping') {
          fake.pings += 1;
          window.dispatchEvent(new MessageEvent('message', { data: { type: 'alive' } }));
        } else {
          const { session, ...rest } = structuredClone(intent) as { session?: string };
          fake.spokenIn = session ?? null;
          fake.intents.push(rest);
        }
      },
      getState: () => fake.state,
      setState: (next: unknown) => {
        fake.state = structuredClone(next);
      },
    }),
  });
}
