// Everything that one seed needs: platform, proxy, client, disk and time, wired as in the extension.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Logger } from '../../src/extension/core/logger';
import { Redactor } from '../../src/extension/core/redactor';
import { SessionManager } from '../../src/extension/session/sessionManager';
import type { JournalStorage } from '../../src/extension/session/journalStorage';
import type { SessionSettings } from '../../src/extension/session/sessionSettings';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { TwinClient } from '../../src/extension/twin/twinClient';
import { FileJournalStorage } from '../../src/extension/vscode/fileJournalStorage';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import type { Fault } from '../../src/simulator/fault';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import { TcpProxy } from '../../src/simulator/tcpProxy';
import { settle } from '../support/manualClock';
import { MemoryJournalStorage } from '../support/memoryJournalStorage';
import { SeededRandom } from '../support/seeds';
import type { Outage, Plan } from './plan';
import { VirtualTime } from './virtualTime';
import { messageIdsIn, WatchedStorage } from './watchedStorage';

const START = Date.UTC(2026, 0, 15, 12);

/** Longer than any plan: what happens at a session's end has tests of its own. */
const TTL_SECONDS = 43_200;

/** One life of the extension: what a reload ends. */
interface Life {
  readonly manager: SessionManager;
  readonly http: NodeHttpTransport;
  readonly storage: WatchedStorage;
}

export class World {
  readonly time: VirtualTime;
  /** What one can read when a seed has failed. */
  readonly story: string[] = [];
  /** What must never be, noticed while it happens. */
  readonly complaints: string[] = [];
  private life: Life;
  private readonly random: SeededRandom;
  /** Ids of messages whose line is on disk. */
  private readonly onDisk = new Set<string>();
  private ids = 0;
  private faults: readonly Fault[] = [];
  /** Since when there are no faults, monotonic. */
  private calmSince = 0;
  private isBadGateway = false;

  private constructor(
    plan: Plan,
    readonly disk: JournalStorage,
    private readonly folder: string | null,
    readonly simulator: Simulator,
    readonly proxy: TcpProxy,
    time: VirtualTime,
    busy: { is: () => boolean },
  ) {
    this.time = time;
    this.random = new SeededRandom(plan.seed);
    busy.is = () => this.life.storage.isBusy;
    this.life = this.beginLife();
    this.watchLedger();
  }

  static async build(plan: Plan): Promise<World> {
    const busy = { is: () => false };
    const time = new VirtualTime(START, () => busy.is());
    const wait = (ms: number, signal: AbortSignal): Promise<void> => time.wait(ms, signal);
    const proxy = await TcpProxy.start({ wait });
    const simulator = await startSimulator({
      now: () => time.now(),
      wait,
      pace: plan.pace,
      language: 'en',
      seed: plan.seed,
      variants: plan.variants,
      ttlSeconds: TTL_SECONDS,
      front: proxy,
    });
    proxy.target = Number(new URL(simulator.url).port);
    const folder = plan.onFiles ? await mkdtemp(path.join(tmpdir(), 'twin-chaos-')) : null;
    const disk = folder === null ? new MemoryJournalStorage() : new FileJournalStorage(folder);
    time.install();
    return new World(plan, disk, folder, simulator, proxy, time, busy);
  }

  /** Whether nothing has gone wrong since then (monotonic, ms). */
  isCalmSince(then: number): boolean {
    return this.faults.length === 0 && !this.isBadGateway && this.calmSince <= then;
  }

  get manager(): SessionManager {
    return this.life.manager;
  }

  get settings(): SessionSettings {
    const { url } = this.proxy;
    return {
      chatId: 'echo',
      demo: false,
      apiUrl: url,
      messagesUrl: url,
      name: 'chaos',
      clientExternalId: null,
      clientMetadata: {},
    };
  }

  /** Ids that do not come twice. */
  readonly createId = (): string => `id${(this.ids += 1)}`;

  /** Begins anew with what is on disk; a crash saves nothing before. */
  async reload(crash: boolean): Promise<void> {
    const { manager, http, storage } = this.life;
    if (crash) storage.sever();
    else await manager.flush();
    manager.dispose();
    storage.sever();
    http.dispose();
    // What the disk was given before the end is written, or not, before the next life begins.
    while (storage.isBusy) await settle();
    this.life = this.beginLife();
    await this.manager.resumeLast();
  }

  async begin(outage: Outage): Promise<void> {
    this.tell(`outage ${outage.kind} begins`);
    switch (outage.kind) {
      case 'refuse':
        this.proxy.refuse();
        this.proxy.drop('reset');
        break;
      case '502':
        this.isBadGateway = true;
        this.playFaults();
        this.simulator.dropSockets();
        break;
      case 'reset':
      case 'silent':
        this.proxy.dropNew(outage.kind);
        this.proxy.drop(outage.kind);
        break;
      case 'half-open':
        this.proxy.refuse();
        this.proxy.drop('half-open');
        break;
    }
    await Promise.resolve();
  }

  async heal(outage: Outage): Promise<void> {
    this.tell(`outage ${outage.kind} is over`);
    await this.healAll();
  }

  /** The outage is over; the faults of the plan go on. */
  async healAll(): Promise<void> {
    this.isBadGateway = false;
    this.playFaults();
    await this.proxy.heal();
  }

  setFaults(faults: readonly Fault[]): void {
    this.tell(`faults: ${JSON.stringify(faults)}`);
    if (this.faults.length > 0) this.calmSince = this.time.monotonic();
    this.faults = faults;
    this.playFaults();
  }

  tell(text: string): void {
    this.story.push(`${(this.time.monotonic() / 1000).toFixed(3).padStart(9)} ${text}`);
  }

  async close(): Promise<void> {
    const { manager, http, storage } = this.life;
    manager.dispose();
    storage.sever();
    http.dispose();
    await this.proxy.close();
    await this.simulator.close();
    this.time.uninstall();
    if (this.folder !== null) await rm(this.folder, { recursive: true, maxRetries: 3 });
  }

  private playFaults(): void {
    const badGateway: Fault = { kind: 'status', status: 502 };
    this.simulator.setFaults(this.isBadGateway ? [badGateway] : this.faults);
  }

  private beginLife(): Life {
    const { time } = this;
    const logger = new Logger((level, line) => {
      if (level === 'error') this.complaints.push(`logged as an error: ${line}`);
      if (level !== 'debug' && level !== 'trace') this.tell(`${level}: ${line}`);
    }, new Redactor());
    const http = new NodeHttpTransport({ clock: time });
    const loadLive = () => Promise.resolve(createSocketIoTransport({ http, clock: time }));
    const storage = new WatchedStorage(this.disk, (line) => {
      for (const id of messageIdsIn(line)) this.onDisk.add(id);
    });
    const manager = new SessionManager({
      storage,
      createApi: (addresses) =>
        new TwinClient({ ...addresses, http, loadLive, logger, now: () => time.now() }),
      clock: time,
      random: this.random.next,
      createId: this.createId,
      logger,
    });
    return { manager, http, storage };
  }

  /** An acknowledgement tells the server that a message is safe: then it must be. */
  private watchLedger(): void {
    let looked = 0;
    void this.simulator.ledger.until((ledger) => {
      for (const entry of ledger.entries.slice(looked)) {
        const { at, ...what } = entry;
        this.tell(`ledger ${JSON.stringify(what).slice(0, 260)}`);
        if (entry.kind === 'acknowledged' && !this.onDisk.has(entry.messageId))
          this.complaints.push(`acknowledged before it was on disk: ${entry.messageId} at ${at}`);
      }
      looked = ledger.entries.length;
      return false;
    });
  }
}
