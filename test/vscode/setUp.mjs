// @ts-check
// Brings everything that tests and the demo need, and nothing that is there already:
//
//   node test/vscode/setUp.mjs [oldest] [recent] [browser]
//
// The project's packages always; VS Code's servers and a Chromium when named. Plain Node, because
// it runs on a fresh clone. What runs where:
//
//   Linux            VS Code's server (see servers.mjs), seen through a Chromium
//   macOS, Windows   a desktop VS Code, which @vscode/test-electron downloads when first needed:
//                    for them `oldest` and `recent` have nothing to set up
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './findChromium.mjs';
import { NODE_PACKAGE, SERVERS, needsOwnNode, serverPaths } from './servers.mjs';

/** @typedef {import('./servers.mjs').VersionName} VersionName */

export const root = fileURLToPath(new URL('../../', import.meta.url));

const OLDEST_NODE = [20, 19];
const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
/** The longest that one installing command may take. */
const COMMAND_TIMEOUT_MS = 15 * 60_000;

/** Made by a compiler; the same things have other names in other versions. */
const NATIVE_MODULES = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog', 'node-pty'];

/** Something that the person who runs this has to see to: a sentence, no stack. */
class SetUpError extends Error {}

/** @param {string} line */
function say(line) {
  console.log(`set-up: ${line}`);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new SetUpError(
      `This needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`,
    );
  }
}

/**
 * Runs a command silently; what it printed is shown when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, mayFail?: boolean }} [options]
 * @returns {boolean} Whether it succeeded.
 */
function run(
  command,
  args,
  { cwd = root, env = process.env, shell = false, mayFail = false } = {},
) {
  const result = spawnSync(command, args, {
    cwd,
    env,
    shell,
    encoding: 'utf8',
    timeout: COMMAND_TIMEOUT_MS,
    maxBuffer: 64 << 20,
  });
  const succeeded = result.error === undefined && result.status === 0;
  if (!succeeded && !mayFail) {
    const printed = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim().split('\n').slice(-20);
    const why = result.error?.message ?? `exit code ${result.status}`;
    throw new SetUpError(
      [`\`${command} ${args.join(' ')}\` failed (${why})`, ...printed].join('\n  '),
    );
  }
  return succeeded;
}

/**
 * Runs npm with the given Node, so that native modules are built for that one.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, node?: string, mayFail?: boolean }} [options]
 */
function npm(args, { cwd = root, node = process.execPath, mayFail = false } = {}) {
  const env = { ...process.env };
  // What an outer `npm run` tells its scripts would be taken for this npm's own settings.
  delete env['npm_config_local_prefix'];
  env['PATH'] = [path.dirname(node), env['PATH']].join(path.delimiter);
  const cli = env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js')) {
    return run(node, [cli, ...args, ...QUIET], { cwd, env, mayFail });
  }
  return run('npm', [...args, ...QUIET], {
    cwd,
    env,
    mayFail,
    shell: process.platform === 'win32', // npm is a batch file there
  });
}

/** @param {string} file */
function readPackages(file) {
  /** @type {{ packages: Record<string, { version?: string, optional?: boolean }> }} */
  const lock = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  return lock.packages;
}

/** Whether node_modules holds what the lock file asks for. */
function packagesAreThere() {
  const installed = 'node_modules/.package-lock.json';
  if (!existsSync(path.join(root, installed))) {
    return false;
  }
  const present = readPackages(installed);
  return Object.entries(readPackages('package-lock.json')).every(
    ([name, { version, optional }]) =>
      name === '' || optional || present[name]?.version === version,
  );
}

function setUpPackages() {
  if (!packagesAreThere()) {
    say("installing the project's packages");
    npm(['ci', '--ignore-scripts']);
  }
}

/**
 * Installs one of VS Code's servers into a folder of its own. It gets its final name last: a
 * half-done install is never taken for a whole one.
 * @param {VersionName} name
 */
function setUpServer(name) {
  const { folder, node: installedNode } = serverPaths(root, name);
  if (process.platform !== 'linux' || (existsSync(folder) && existsSync(installedNode))) {
    return;
  }
  const server = SERVERS[name];
  say(`installing VS Code ${server.vscode} (about a minute)`);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  writeFileSync(path.join(partial, 'package.json'), '{ "private": true }\n');
  const packages = [`code-server@${server.codeServer}`];
  if (needsOwnNode(server)) {
    packages.push(`${NODE_PACKAGE}@${server.node}`);
  }
  // Install scripts stay off: they would download from hosts that a closed network refuses.
  npm(['install', '--ignore-scripts', ...packages], { cwd: partial });
  const modules = path.join(partial, 'node_modules');
  const cwd = path.join(modules, 'code-server', 'lib', 'vscode');
  npm(['install', '--ignore-scripts', '--omit=dev'], { cwd });
  const node = needsOwnNode(server)
    ? path.join(modules, NODE_PACKAGE, 'bin', 'node')
    : process.execPath;
  // Without a compiler these stay absent: VS Code then has no log files and no terminals.
  for (const native of NATIVE_MODULES) {
    npm(['rebuild', native], { cwd, node, mayFail: true });
  }
  symlinkSync('node_modules', path.join(cwd, 'node_modules.asar'));
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}

/** Chromium and fonts for Cyrillic and emoji by Debian's own means; false where they cannot be. */
function installOnDebian() {
  const release = '/etc/os-release';
  const debian = existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'));
  if (!debian || process.getuid?.() !== 0) {
    return false;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const fonts = ['fonts-dejavu', 'fonts-noto-color-emoji'];
  const packages = ['chromium', 'chromium-headless-shell', ...fonts];
  run('apt-get', ['update'], { env, mayFail: true });
  return run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    env,
    mayFail: true,
  });
}

async function setUpBrowser() {
  if (findChromium() !== undefined) {
    return;
  }
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) {
    return;
  }
  say('installing Chromium');
  if (!installOnDebian()) {
    const cli = path.join(root, 'node_modules', 'playwright-core', 'cli.js');
    run(process.execPath, [cli, 'install', 'chromium']);
  }
}

/**
 * @param {readonly string[]} wanted Names out of `oldest`, `recent`, `browser`.
 * @returns {Promise<boolean>} Whether all is there now; what is wrong has been printed.
 */
export async function setUp(wanted) {
  try {
    checkNode();
    setUpPackages();
    for (const name of /** @type {const} */ (['oldest', 'recent'])) {
      if (wanted.includes(name)) {
        setUpServer(name);
      }
    }
    if (wanted.includes('browser')) {
      await setUpBrowser();
    }
    return true;
  } catch (error) {
    if (!(error instanceof SetUpError)) {
      throw error;
    }
    console.error(`set-up: ${error.message}`);
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await setUp(process.argv.slice(2))) ? 0 : 1;
}
