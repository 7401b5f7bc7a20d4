// P6: a file of 100 MB beside `curl -F`, to the same simulator in the same run; what it costs in
// memory; how soon a cancelled one is cut; and that one that was cut comes once when tried again.
import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Logger } from '../../src/extension/core/logger';
import { Redactor } from '../../src/extension/core/redactor';
import { TwinError } from '../../src/extension/core/errors';
import { clear } from '../../src/extension/session/cleared';
import { TwinClient, type UploadOptions } from '../../src/extension/twin/twinClient';
import { openFileOnDisk } from '../../src/extension/vscode/fileOnDisk';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import type { Fault } from '../../src/simulator/fault';
import { bench, median, type Figure } from './bench';
import type { PlatformNews } from './upload/platform.main';

const MEGABYTE = 1024 * 1024;
const SIZE = 100 * MEGABYTE;
const ROUNDS = 5;
const CUTS = [0, 50, 99];
/** How often memory is looked at, ms. */
const LOOK = 5;

bench('upload', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'twin-upload-'));
  const file = path.join(folder, 'запись.bin');
  try {
    await writeFile(file, Buffer.alloc(SIZE, 'щ0123456789'));
    return [...(await beside(file)), await cancelling(file), await cuts(file)];
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** Both take turns; a simulator keeps what it takes, so each round has a fresh one. */
async function beside(file: string): Promise<readonly Figure[]> {
  const times = { curl: [] as number[], ours: [] as number[] };
  const growth: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const platform = await Platform.start();
    const curl = await byCurl(file, platform.url);
    const before = memory();
    const [ours, most] = await watchingMemory(() => platform.upload(file));
    await platform.close();
    if (round === 0) continue; // warms up
    times.curl.push(curl);
    times.ours.push(ours);
    growth.push((most - before) / MEGABYTE);
  }
  const [ours, curl] = [median(times.ours), median(times.curl)];
  return [
    { what: '100 MB by curl -F', value: curl, unit: 'ms' },
    { what: '100 MB by the extension', value: ours, unit: 'ms' },
    { what: 'throughput, of curl', value: curl / ours, unit: '×', atLeast: 0.9 },
    { what: 'memory, at most more', value: Math.max(...growth), unit: 'MB', atMost: 32 },
  ];
}

async function cancelling(file: string): Promise<Figure> {
  const platform = await Platform.start();
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const stop = new AbortController();
    const cut = platform.next('cut');
    let stoppedAt = 0;
    const onProgress = (sentBytes: number): void => {
      if (sentBytes < SIZE / 2 || stop.signal.aborted) return;
      stoppedAt = Date.now();
      stop.abort();
    };
    await platform.upload(file, { signal: stop.signal, onProgress }).catch(expectStop);
    took.push((await cut) - stoppedAt);
  }
  await platform.close();
  return { what: 'cancel to cut, slowest', value: Math.max(...took), unit: 'ms', atMost: 200 };
}

async function cuts(file: string): Promise<Figure> {
  const platform = await Platform.start();
  for (const percent of CUTS) {
    await platform.setFaults([{ kind: 'cutUpload', percent, times: 1 }]);
    await platform.upload(file).catch(expectCut);
    await platform.upload(file);
  }
  await platform.close();
  const value = platform.files;
  const what = `files of ${CUTS.length} that were cut at ${CUTS.join(', ')} % and tried again`;
  return { what, value, unit: '', atLeast: CUTS.length, atMost: CUTS.length };
}

function expectStop(error: unknown): void {
  if (!TwinError.is(error, 'stopped')) throw error;
}

function expectCut(error: unknown): void {
  if (!TwinError.is(error, 'timeout')) throw error;
}

/** @returns milliseconds, as curl counts them: without its own start */
async function byCurl(file: string, url: string): Promise<number> {
  const part = `file[]=@${file};type=application/octet-stream`;
  const answer = ['-o', path.join(path.dirname(file), 'answer'), '-w', '%{time_total}'];
  const call = ['-sS', '--fail', '-F', part, ...answer, `${url}/api/chats/v1/files?x_widget=1`];
  try {
    const { stdout } = await promisify(execFile)('curl', call);
    return Number(stdout) * 1000;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error('there is no curl on this machine to compare with', { cause: error });
  }
}

function memory(): number {
  global.gc?.();
  return process.memoryUsage.rss();
}

/** @returns how long it took, ms, and the most memory that was in use meanwhile, bytes */
async function watchingMemory(work: () => Promise<unknown>): Promise<[number, number]> {
  let most = 0;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const looking = setInterval(look, LOOK);
  const begun = performance.now();
  await work();
  const took = performance.now() - begun;
  clearInterval(looking);
  look();
  return [took, most];
}

/** The simulator in its process, and the extension's client of it in this one. */
class Platform {
  files = 0;
  private readonly http = new NodeHttpTransport();
  private readonly waiting: { readonly type: string; readonly resolve: (at: number) => void }[] =
    [];

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.on('message', (news: PlatformNews) => {
      if (news.type === 'listening') return;
      if (news.type === 'file') this.files += 1;
      const index = this.waiting.findIndex(({ type }) => type === news.type);
      if (index >= 0) this.waiting.splice(index, 1)[0]?.resolve(news.at);
    });
  }

  static async start(): Promise<Platform> {
    const child = fork(path.join(__dirname, 'upload', 'platform.main.js'), { execArgv: [] });
    const [news] = (await once(child, 'message')) as [PlatformNews];
    if (news.type !== 'listening') throw new Error('the simulator did not begin with its address');
    return new Platform(child, news.url);
  }

  /** When it happens next, ms since the epoch. */
  next(type: 'file' | 'cut' | 'faults'): Promise<number> {
    return new Promise((resolve) => this.waiting.push({ type, resolve }));
  }

  /** Resolves when they hold: an upload may be quicker than the way to the other process. */
  async setFaults(faults: readonly Fault[]): Promise<void> {
    const hold = this.next('faults');
    this.child.send(faults);
    await hold;
  }

  async upload(file: string, options: UploadOptions = {}): Promise<void> {
    const client = new TwinClient({
      apiUrl: this.url,
      messagesUrl: this.url,
      http: this.http,
      loadLive: () => Promise.reject(new Error('No live channel is wanted')),
      logger: new Logger(() => undefined, new Redactor()),
    });
    const { size, read } = await openFileOnDisk(file, 0);
    const about = { name: path.basename(file), contentType: 'application/octet-stream' };
    await client.uploadFile(clear({ ...about, size, read }), options);
  }

  async close(): Promise<void> {
    this.http.dispose();
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
  }
}
