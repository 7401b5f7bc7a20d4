// @ts-check
// `npm test [-- suite… [--grep PATTERN]]`: sets up, builds and runs every suite, or the named ones
// (of these only the tests whose titles match), goes on after a failed one, and ends with a line
// that sums them up. `npm run proof` runs what can be run at full size so. Plain Node: it runs on a
// fresh clone.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, setUp } from './vscode/setUp.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @typedef {object} Suite
 * @property {string} name What it is called on the command line; several may share a name.
 * @property {string} title
 * @property {readonly string[]} needs What set-up has to bring.
 * @property {readonly string[]} command Arguments of Node.
 * @property {number} minutes The longest it may take; then its processes are ended.
 * @property {string | undefined} [vscode] Which VS Code it runs on.
 * @property {NodeJS.ProcessEnv | undefined} [env] What else it is told.
 * @property {boolean} [single] It counts no tests: it is one.
 * @property {boolean} [packaged] It runs on the extension's package.
 */

const MINUTE_MS = 60_000;
/** How long a suite has to end by itself once it is told to. */
const GRACE_MS = 10_000;

const built = (/** @type {string} */ file) => path.join('out', 'test', file);
const tool = (/** @type {string} */ file) => path.join('node_modules', file);

/**
 * What `npm run check` does, a test each.
 * @type {readonly Suite[]}
 */
const CHECKS = [
  { title: 'check types', command: [tool('typescript/bin/tsc'), '--build'] },
  { title: 'check lint', command: [tool('eslint/bin/eslint.js'), '--max-warnings=0', '.'] },
  {
    title: 'check format',
    command: [tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  },
].map((check) => ({ ...check, name: 'check', needs: [], minutes: 10, single: true }));

/**
 * A folder of tests that run in plain Node. With `jobs` over 1, so many of its files at once.
 * @param {string} name
 * @param {{ minutes: number, jobs?: number, needs?: readonly string[], vscode?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Suite}
 */
const inNode = (name, { minutes, jobs = 1, needs = [], vscode, env }) => ({
  name,
  title: vscode === undefined ? name : `${name} ${vscode}`,
  // Each process that runs a file takes over what this one is told of Node.
  command: ['--enable-source-maps', built('support/runSuite.main.js'), name, String(jobs)],
  minutes,
  needs,
  vscode,
  env,
});

/**
 * @param {string} vscode
 * @returns {Suite}
 */
const inExtensionHost = (vscode) => ({
  name: 'integration',
  title: `integration ${vscode}`,
  command: [built('integration/run.main.js'), vscode],
  minutes: 20,
  needs: ['browser', vscode],
  vscode,
});

/**
 * @param {string} vscode
 * @returns {Suite}
 */
const endToEnd = (vscode) => ({
  ...inNode('e2e', { minutes: 30, jobs: 2, needs: ['browser', vscode], vscode }),
  packaged: true,
});

/** Makes the package that end-to-end suites run on (test/e2e/packageExtension.ts). */
const PACK = ['package.mjs', '--out', built('twin-chat.vsix')];

/** @type {readonly Suite[]} */
const SUITES = [
  ...CHECKS,
  inNode('unit', { minutes: 5 }),
  inNode('contract', { minutes: 5 }),
  inNode('chaos', { minutes: 10 }),
  inNode('fuzz', { minutes: 5 }),
  inNode('kill', { minutes: 5 }),
  inNode('webview', { minutes: 20, jobs: 2, needs: ['browser'] }),
  ...['oldest', 'recent'].map(inExtensionHost),
  // It drives VS Code's server, which set-up brings on Linux only.
  ...(process.platform === 'linux' ? ['oldest', 'recent'].map(endToEnd) : []),
];

/**
 * What `npm test` runs a part of, at full size.
 * @type {readonly Suite[]}
 */
const PROOFS = [
  inNode('chaos', { minutes: 60, env: { CHAOS_SEEDS: '1000' } }),
  inNode('fuzz', { minutes: 30, env: { FUZZ_CASES: '50000' } }),
  inNode('kill', { minutes: 10, env: { TWIN_KILL_ROUNDS: '4' } }),
  inNode('contract', { minutes: 10, env: { TWIN_SESSIONS: '1000' } }),
  inNode('webview', {
    minutes: 10,
    needs: ['browser'],
    env: { TWIN_THEMES: 'all', TWIN_GREP: '^accessibility' },
  }),
];

/** The process that runs now; it leads a group of its own, so that all its children end with it. */
let running = /** @type {import('node:child_process').ChildProcess | undefined} */ (undefined);

let interrupted = false;

/** @param {NodeJS.Signals} signal */
function endRunning(signal) {
  const pid = running?.pid;
  if (pid === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // it has just ended by itself
  }
}

/**
 * Runs Node to its end, or to the end of its time.
 * @param {readonly string[]} args
 * @param {{ minutes: number, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<boolean>} Whether it succeeded.
 */
async function runNode(args, { minutes, env }) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    detached: process.platform !== 'win32',
    env: { ...process.env, ...env },
  });
  running = child;
  const timers = [
    setTimeout(() => {
      console.error(`not over after ${minutes} minutes: ended`);
      endRunning('SIGTERM');
    }, minutes * MINUTE_MS),
    setTimeout(() => endRunning('SIGKILL'), minutes * MINUTE_MS + GRACE_MS),
  ];
  const succeeded = await new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
  timers.forEach(clearTimeout);
  endRunning('SIGKILL'); // what it may have left behind
  running = undefined;
  return succeeded;
}

/**
 * @param {string} file
 * @returns {Counts}
 */
function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // it never came to count
  }
}

/**
 * @param {Suite} suite
 * @param {string} countsFile
 * @returns {Promise<Counts>}
 */
async function runSuite({ command, minutes, single, vscode, env: more }, countsFile) {
  rmSync(countsFile, { force: true });
  const env = { TWIN_COUNTS_FILE: countsFile, ...(vscode && { TWIN_VSCODE: vscode }), ...more };
  const succeeded = await runNode(command, { minutes, env });
  if (single) {
    return { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 };
  }
  const counts = readCounts(countsFile);
  if (succeeded && counts.passed === 0) {
    console.error('no test ran');
  }
  // A suite that ends badly, or runs nothing, has failed whatever it counted.
  const bad = !succeeded || counts.passed === 0;
  return { ...counts, failed: bad ? Math.max(counts.failed, 1) : counts.failed };
}

/** @param {readonly Suite[]} suites */
async function runAll(suites) {
  const place = mkdtempSync(path.join(tmpdir(), 'twin-counts-'));
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {Record<string, Counts & { minutes: number }>} */
  const table = {};
  for (const suite of suites) {
    if (interrupted) {
      break;
    }
    console.log(`\n${suite.title}`);
    const begun = performance.now();
    const counts = await runSuite(suite, path.join(place, 'counts.json'));
    const minutes = Number(((performance.now() - begun) / MINUTE_MS).toFixed(1));
    table[suite.title] = { ...counts, minutes };
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  rmSync(place, { recursive: true, force: true });
  console.table(table);
  return total;
}

/** @param {readonly string[]} args */
async function main(args) {
  if (args.includes('--proof')) {
    return buildAndRun(PROOFS);
  }
  const names = args.filter((arg, index) => arg !== '--grep' && args[index - 1] !== '--grep');
  const pattern = args[args.indexOf('--grep') + 1];
  if (args.includes('--grep') && pattern !== undefined) {
    process.env['TWIN_GREP'] = pattern; // all that is started inherits it
  }
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`no such suite: ${unknown.join(', ')}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const suites = SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
  return buildAndRun(suites);
}

/** @param {readonly Suite[]} suites */
async function buildAndRun(suites) {
  const ready =
    (await setUp(suites.flatMap(({ needs }) => needs))) &&
    (await runNode(['esbuild.js', '--tests'], { minutes: 5 })) &&
    (!suites.some(({ packaged }) => packaged) || (await runNode(PACK, { minutes: 5 })));
  return ready ? runAll(suites) : { passed: 0, failed: 1, skipped: 0 };
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    interrupted = true;
    endRunning('SIGTERM');
  });
}

const { passed, failed, skipped } = await main(process.argv.slice(2));
process.exitCode = failed > 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
