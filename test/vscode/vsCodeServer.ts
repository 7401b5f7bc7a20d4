// One of VS Code's servers, with fresh data in a temporary folder, until it is disposed.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { quietSettings } from './quietSettings';
import { root } from './root';
import { type VersionName, serverPaths } from './servers.mjs';

export type Language = 'en' | 'ru';

export interface ServerOptions {
  readonly version: VersionName;
  readonly language?: Language | undefined;
  /** On top of those that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Folders of extensions that are there from the start, as if installed. */
  readonly extensions?: readonly string[] | undefined;
  /** No extension will run from its sources: VS Code is all as a person has it. */
  readonly onlyInstalled?: boolean | undefined;
  /** Seen by the extension host. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

export interface PageAddress {
  /** An absolute path. */
  readonly folder: string;
  /** The folder of an extension that runs from its sources: in a browser VS Code takes but one. */
  readonly developmentExtension?: string | undefined;
  /** The module whose `run()` is called inside the extension host. */
  readonly testModule?: string | undefined;
}

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 50;
/** What is kept of the server's output, for the error that says why it is not up. */
const KEPT_OUTPUT_CHARACTERS = 8_000;

/** A port that nothing listens on: the server tells its own only among its other output. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, HOST);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('no port was given');
  }
  return address.port;
}

/**
 * Makes the server speak a language without its language pack, which no package registry has:
 * VS Code's own words stay English, extensions get their translations and `env.language`.
 */
async function writeLanguagePack(dataFolder: string, language: Language): Promise<void> {
  const words = path.join(dataFolder, 'words.json');
  await writeFile(words, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = {
    hash: 'none',
    label: language,
    extensions: [{ extensionIdentifier: { id: 'test.language-pack' }, version: '1.0.0' }],
    translations: { vscode: words },
  };
  await writeFile(
    path.join(dataFolder, 'languagepacks.json'),
    JSON.stringify({ [language]: pack }),
  );
}

async function writeSettings(data: string, settings: ServerOptions['settings']): Promise<void> {
  const all = { ...quietSettings, ...settings };
  await writeFile(path.join(data, 'User', 'settings.json'), JSON.stringify(all, null, 2));
}

async function writeData(serverData: string, options: ServerOptions): Promise<void> {
  const data = path.join(serverData, 'data');
  for (const scope of ['User', 'Machine']) {
    await mkdir(path.join(data, scope), { recursive: true });
  }
  await writeSettings(data, options.settings);
  if (options.language !== undefined && options.language !== 'en') {
    await writeLanguagePack(data, options.language);
  }
}

/** Ends a process by its id; returns when it is gone. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(deadline);
}

/** This process's environment without what a VS Code around it has told its terminal. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name)),
  );
}

export class VsCodeServer {
  private output = '';

  private constructor(
    readonly options: ServerOptions,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  private child: ChildProcess | undefined;

  /**
   * Starts a server; it is up when this returns.
   *
   * @throws Error with the end of its output when it ends, or is not up after a minute.
   */
  static async start(options: ServerOptions): Promise<VsCodeServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'twin-vscode-'));
    const server = new VsCodeServer(options, folder, await freePort());
    try {
      await writeData(server.dataFolder, options);
      for (const extension of options.extensions ?? []) {
        const place = path.join(server.extensionsFolder, path.basename(extension));
        await cp(extension, place, { recursive: true });
      }
      await server.launch();
    } catch (error) {
      await server.dispose();
      throw error;
    }
    return server;
  }

  /** Holds `data/logs`: what VS Code and each extension host logged. */
  get dataFolder(): string {
    return path.join(this.folder, 'data');
  }

  private get extensionsFolder(): string {
    return path.join(this.folder, 'extensions');
  }

  get origin(): string {
    return `http://${HOST}:${this.port}`;
  }

  /** The address that opens a folder in this VS Code. */
  url({ folder, developmentExtension, testModule }: PageAddress): string {
    const payload = Object.entries({
      extensionDevelopmentPath: developmentExtension,
      extensionTestsPath: testModule,
    })
      .filter(([, file]) => file !== undefined)
      .map(([name, file]) => [name, `vscode-remote://${HOST}:${this.port}${file}`]);
    const url = new URL(this.origin);
    url.searchParams.set('folder', folder);
    if (payload.length > 0) {
      url.searchParams.set('payload', JSON.stringify(payload));
    }
    return url.href;
  }

  /** Installs a package, as `code --install-extension` does. */
  async installExtension(vsix: string): Promise<void> {
    const { node, main } = serverPaths(root, this.options.version);
    const args = [main, ...this.folderArguments(), '--install-extension', vsix, '--force'];
    await promisify(execFile)(node, args, { timeout: START_TIMEOUT_MS });
  }

  /** Changes the person's settings; sure to be seen after a reload of the window. */
  async changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void> {
    const data = path.join(this.dataFolder, 'data');
    await writeSettings(data, { ...this.options.settings, ...changes });
  }

  /** The processes in which extensions run now. On Linux. */
  async extensionHosts(): Promise<readonly number[]> {
    const names = await readdir('/proc');
    const pids = names.map(Number).filter((pid) => pid > 0);
    const found = await Promise.all(pids.map((pid) => this.isExtensionHost(pid)));
    return pids.filter((_, index) => found[index] === true);
  }

  /** Ends the server with its extension hosts and removes its data. */
  async dispose(): Promise<void> {
    if (this.child !== undefined) {
      await end(this.child);
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  private folderArguments(): string[] {
    return ['--server-data-dir', this.dataFolder, '--extensions-dir', this.extensionsFolder];
  }

  private async isExtensionHost(pid: number): Promise<boolean> {
    try {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      const isOurs = status.includes(`PPid:\t${this.child?.pid}\n`);
      return isOurs && command.includes('--type=extensionHost');
    } catch {
      return false; // it has just ended
    }
  }

  private async launch(): Promise<void> {
    const { node, main } = serverPaths(root, this.options.version);
    const args = [
      main,
      ...['--host', HOST, '--port', String(this.port)],
      ...this.folderArguments(),
      '--without-connection-token',
      '--accept-server-license-terms',
      ...['--telemetry-level', 'off'],
      // Recent versions take a test suite and development extensions from the address only so; but
      // they then show no notifications.
      ...(this.options.onlyInstalled === true ? [] : ['--enable-smoke-test-driver']),
      ...(this.options.language === undefined ? [] : ['--locale', this.options.language]),
    ];
    const env = { ...inherited(), EXTENSIONS_GALLERY: '{}', ...this.options.env };
    this.child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: string) => {
      this.output = (this.output + chunk).slice(-KEPT_OUTPUT_CHARACTERS);
    };
    this.child.stdout?.setEncoding('utf8').on('data', keep);
    this.child.stderr?.setEncoding('utf8').on('data', keep);
    this.child.on('error', (error) => {
      keep(`${error.message}\n`);
    });
    await this.untilUp(this.child);
  }

  private async untilUp(child: ChildProcess): Promise<void> {
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (performance.now() < deadline) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`VS Code's server ended at once:\n${this.output}`);
      }
      if (await this.answers()) {
        return;
      }
      await delay(POLL_MS);
    }
    throw new Error(`VS Code's server is not up after a minute:\n${this.output}`);
  }

  private async answers(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(START_TIMEOUT_MS);
      return (await fetch(`${this.origin}/version`, { signal })).ok;
    } catch {
      return false; // not up yet
    }
  }
}
