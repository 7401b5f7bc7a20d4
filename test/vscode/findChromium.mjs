// @ts-check
// Plain JavaScript: set-up uses it before the project's own packages are installed.
import { accessSync, constants, realpathSync } from 'node:fs';
import path from 'node:path';

const WHOLE = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];
/** Chromium without the parts around a page: it opens pages in half the time. */
const SHELL = ['chromium-headless-shell'];

/** Where Chrome is on systems that do not put it on the PATH. */
function wellKnownPlaces() {
  if (process.platform === 'darwin') {
    return ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  }
  const { env } = process;
  return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .map((folder) => path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'));
}

/** @param {string} file */
function usable(file) {
  try {
    accessSync(file, constants.X_OK);
    // A snap sees neither /tmp nor the profile that a test makes there.
    return !/(^|\/)snap(\/|$)/.test(realpathSync(file));
  } catch {
    return false;
  }
}

/**
 * The path of an installed Chromium or Chrome, if there is one.
 * @param {{ shell?: boolean }} [options] `shell`: its headless shell before a whole one.
 * @returns {string | undefined}
 */
export function findChromium({ shell = false } = {}) {
  const names = shell ? [...SHELL, ...WHOLE] : [...WHOLE, ...SHELL];
  const folders =
    process.platform === 'linux' ? (process.env['PATH'] ?? '').split(path.delimiter) : [];
  const onPath = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, ...wellKnownPlaces()].find(usable);
}
