// @ts-check
// `npm test [-- suite… [--grep PATTERN]]`: sets up, builds and runs every suite, or the named ones
// (of these only the tests whose titles match), two jobs at a time, goes on after a failed one, and
// ends with a line that sums them up. `npm run proof` runs what can be run at full size so. Plain
// Node: it runs on a fresh clone.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endAll, Output, runNode } from './support/processes.mjs';
import { setUp } from './vscode/setUp.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @typedef {object} Suite
 * @property {string} name What it is called on the command line; several may share a name.
 * @property {string} title
 * @property {readonly string[]} needs What set-up has to bring.
 * @property {readonly string[]} command Arguments of Node.
 * @property {number} minutes The longest it may take; then its processes are ended.
 * @property {number} jobs How many things it does at once.
 * @property {string | undefined} [vscode] Which VS Code it runs on.
 * @property {NodeJS.ProcessEnv | undefined} [env] What else it is told.
 * @property {boolean} [single] It counts no tests: it is one.
 * @property {boolean} [packaged] It runs on the extension's package.
 */

const MINUTE_MS = 60_000;
/** Things that are done at once, by all suites together: a core each, on the smallest machine. */
const JOBS = 2;

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
].map((check) => ({ ...check, name: 'check', needs: [], minutes: 10, jobs: 1, single: true }));

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
  jobs,
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
  jobs: 1,
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

let interrupted = false;

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
 * @returns {Promise<Counts & { minutes: number }>}
 */
async function runSuite({ title, command, minutes, single, vscode, env: more }, countsFile) {
  const begun = performance.now();
  const output = new Output();
  output.write(`\n${title}\n`);
  const env = { TWIN_COUNTS_FILE: countsFile, ...(vscode && { TWIN_VSCODE: vscode }), ...more };
  const succeeded = await runNode(command, { minutes, output, env });
  const counts = single
    ? { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 }
    : readCounts(countsFile);
  if (succeeded && counts.passed === 0) {
    output.write('no test ran\n', process.stderr);
  }
  output.end();
  // A suite that ends badly, or runs nothing, has failed whatever it counted.
  const bad = !succeeded || counts.passed === 0;
  return {
    ...counts,
    failed: bad ? Math.max(counts.failed, 1) : counts.failed,
    minutes: Number(((performance.now() - begun) / MINUTE_MS).toFixed(1)),
  };
}

/**
 * In their order, each as soon as there is room for all its jobs.
 * @param {readonly Suite[]} suites
 */
async function runAll(suites) {
  const place = mkdtempSync(path.join(tmpdir(), 'twin-counts-'));
  const running = new Set();
  const runs = [];
  let room = JOBS;
  for (const [index, suite] of suites.entries()) {
    while (room < suite.jobs) {
      await Promise.race(running);
    }
    if (interrupted) {
      break;
    }
    room -= suite.jobs;
    const run = runSuite(suite, path.join(place, `${index}.json`)).then((counts) => {
      room += suite.jobs;
      running.delete(run);
      return [suite.title, counts];
    });
    running.add(run);
    runs.push(run);
  }
  /** @type {Record<string, Counts & { minutes: number }>} */
  const table = Object.fromEntries(await Promise.all(runs));
  rmSync(place, { recursive: true, force: true });
  console.table(table);
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of Object.values(table)) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
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
  const output = new Output();
  const options = { minutes: 5, output };
  const ready =
    (await setUp(suites.flatMap(({ needs }) => needs))) &&
    (await runNode(['esbuild.js', '--tests'], options)) &&
    (!suites.some(({ packaged }) => packaged) || (await runNode(PACK, options)));
  output.end();
  return ready ? runAll(suites) : { passed: 0, failed: 1, skipped: 0 };
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    interrupted = true;
    endAll('SIGTERM');
  });
}

const { passed, failed, skipped } = await main(process.argv.slice(2));
process.exitCode = failed > 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
