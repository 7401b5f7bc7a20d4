import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { ViewOptions } from './viewPage';

/** What a browser on a Mac says of itself. */
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/132.0.0.0';

/**
 * One browser context for each zone, language and system that views are opened in. To make one takes
 * as long as the rest of opening a view. Pages share nothing in it: what the view keeps is in its
 * page alone (session storage, or the fake of VS Code's API).
 */
export class Contexts {
  private readonly made = new Map<string, Promise<BrowserContext>>();

  constructor(private readonly browser: Browser) {}

  async newPage(options: ViewOptions): Promise<Page> {
    const context = await this.contextFor(options);
    const page = await context.newPage();
    await page.setViewportSize({ width: options.width ?? 400, height: options.height ?? 700 });
    return page;
  }

  private contextFor({ timezone, locale, mac, clock }: ViewOptions): Promise<BrowserContext> {
    const options = {
      timezoneId: timezone ?? 'UTC',
      locale: locale ?? 'en-GB',
      ...(mac === true ? { userAgent: MAC } : {}),
    };
    // A clock that is played with is the whole context's.
    if (clock === true) return this.browser.newContext(options);
    const name = JSON.stringify(options);
    const context = this.made.get(name) ?? this.browser.newContext(options);
    this.made.set(name, context);
    return context;
  }
}
