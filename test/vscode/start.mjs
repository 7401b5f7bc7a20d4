// @ts-check
// `npm start [-- --check]`: sets up, builds, then opens the demo (start.main.ts). With `--check`
// nobody has to look: a headless browser does, and the demo ends with the bot's answer.
import { spawnSync } from 'node:child_process';
import { findCode } from './findCode.mjs';
import { root, setUp } from './setUp.mjs';

function needs() {
  if (process.argv.includes('--check')) {
    return ['recent', 'browser'];
  }
  return findCode() === undefined ? ['recent'] : [];
}

function build() {
  const options = /** @type {const} */ ({ cwd: root, stdio: 'inherit' });
  return spawnSync(process.execPath, ['esbuild.js', '--tests'], options).status === 0;
}

if ((await setUp(needs())) && build()) {
  // Only now there: neither its packages nor the bundle itself are on a fresh clone.
  const bundle = new URL('../../out/test/vscode/start.main.js', import.meta.url);
  await import(bundle.href);
} else {
  process.exitCode = 1;
}
