import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode/browser';
import { Contexts } from './contexts';
import { startPageServer, type PageServer } from './pageServer';
import { ViewPage, type ViewOptions } from './viewPage';

/** Opens a view; the test's end closes it and fails on anything that went wrong in the page. */
export type OpenView = (options?: ViewOptions) => Promise<ViewPage>;

/** Registers the hooks of a suite that drives the view in Chromium. */
export function withView(): OpenView {
  let browser: Browser;
  let contexts: Contexts;
  let server: PageServer;
  let views: ViewPage[] = [];
  before(async () => {
    [browser, server] = await Promise.all([launchBrowser({ shell: true }), startPageServer()]);
    contexts = new Contexts(browser);
  });
  afterEach(async () => {
    const opened = views;
    views = [];
    for (const view of opened) await view.close();
  });
  after(async () => {
    await browser.close();
    server.close();
  });
  return async (options) => {
    const view = await ViewPage.open(contexts, server, options);
    views.push(view);
    return view;
  };
}
