// @ts-check
// Plain JavaScript: set-up uses it before the project's own packages are installed.
import { accessSync, constants, realpathSync } from 'node:fs';
import path from 'node:path';

/** The shell before all: a Chromium without a window of its own, it takes half the time. */
const NAMES = [
  'chromium-headless-shell',
  ...['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'],
];

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
 * @returns {string | undefined}
 */
export function findChromium() {
  const folders =
    process.platform === 'linux' ? (process.env['PATH'] ?? '').split(path.delimiter) : [];
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, ...wellKnownPlaces()].find(usable);
}
