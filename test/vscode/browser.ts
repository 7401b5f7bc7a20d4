import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './findChromium.mjs';

const FLAGS = [
  '--no-sandbox', // in a container there is none to be had; the pages are our own
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the system's Chromium or Chrome, else the one that Playwright has downloaded.
 *
 * @param shell Its headless shell where there is one. VS Code, reloaded in it, may lose the tabs that
 *   it writes down while its window goes.
 */
export async function launchBrowser({ shell = false } = {}): Promise<Browser> {
  const executablePath = findChromium({ shell });
  return chromium.launch({
    args: FLAGS,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
}
