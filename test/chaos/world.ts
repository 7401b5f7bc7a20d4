// Everything that one seed needs: platform, proxy, client, disk and time, wired as in the extension.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../src/extension/core/clock';
import { Logger } from '../../src/extension/core/logger';
import { Redactor } from '../../src/extension/core/redactor';
import type { ChatSession } from '../../src/extension/session/chatSession';
import { SessionManager } from '../../src/extension/session/sessionManager';
import type { SessionSettings } from '../../src/extension/session/sessionSettings';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { TwinClient } from '../../src/extension/twin/twinClient';
import { FileJournalStorage } from '../../src/extension/vscode/fileJournalStorage';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import type { Fault } from '../../src/simulator/fault';
import type { LedgerEntry } from '../../src/simulator/ledger';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import { TcpProxy } from '../../src/simulator/tcpProxy';
import { settle } from '../support/manualClock';
import { MemoryJournalStorage } from '../support/memoryJournalStorage';
import { SeededRandom } from '../support/seeds';
import type { Leases } from '../../src/extension/session/lease';
import { SharedLeases } from '../support/sharedLeases';
import { BadDisk, type DiskTrouble } from './badDisk';
import type { Outage, Plan } from './plan';
import { VirtualTime } from './virtualTime';
import { ReceiptRule } from './receiptRule';
import { WatchedApi } from './watchedApi';
import { messageIdsIn, WatchedStorage } from './watchedStorage';
import { Witness, type Screens } from './witness';

const START = Date.UTC(2026, 0, 15, 12);

/** So soon a disk that is well again has what it did not take, ms. */
const CAUGHT_UP = 6_000;

/** A conversation that a later version of the extension has written. */
const NEWER = {
  name: 'zzz-newer',
  lines: ['{"format":"twin-chat-journal","version":99}', '{"future":true}'],
};
const JUNK = '{"type":"received","at":\u0000\u0000}';

/** The person looked at what is shown, to its end. */
export interface Look {
  /** By the platform's clock. */
  readonly at: number;
  readonly isOnline: boolean;
}

/** One life of the extension in one window: what a reload ends. */
interface Life {
  readonly manager: SessionManager;
  readonly http: NodeHttpTransport;
  readonly storage: WatchedStorage;
  readonly leases: Leases;
}

export class World {
  readonly time: VirtualTime;
  /** What one can read when a seed has failed. */
  readonly story: string[] = [];
  /** What must never be, noticed while it happens. */
  readonly complaints: string[] = [];
  /** That of the window at which the person sits. */
  private life: Life;
  private otherLife: Life | null = null;
  private readonly leases = new SharedLeases();
  /** How far the person's clock is ahead of the platform's, ms. */
  private ahead: number;
  private latest = 0;
  /** All that it has ever been ahead. */
  private readonly aheads: number[];
  /** When the disk did not have all of a session as its window closed, by session. */
  readonly forgotten = new Map<string, readonly number[]>();
  /** When a window began with what the disk has. */
  readonly restarts: number[] = [];
  /** What was to be seen of own messages. */
  readonly screens: Screens = { heldByDisk: new Set(), doubted: new Set() };
  readonly receipts: ReceiptRule;
  /** When the person has looked at a session, by session, and whether it was said to be online. */
  readonly looks = new Map<string, readonly Look[]>();
  /** When the connections that there were went dead without a word. */
  readonly mutedAt: number[] = [];
  /** When each message first came to the client, by its id. */
  readonly delivered = new Map<string, number>();
  /** What has come over a connection, or was acknowledged, since memory was last lost with a window. */
  readonly inMemory = new Set<string>();
  /** The same, and what a history told: not all of that is new. */
  readonly toldInMemory = new Set<string>();
  /** What stood in the composer of a window that had lost its session, when that was closed. */
  readonly leftBehind: string[] = [];
  /** When the disk was bad last, monotonic, ms. */
  private badAt = -Infinity;
  /** Lines of journals that were spoilt, by journal. */
  readonly spoilt = new Map<string, number>();
  /** Sessions to which a live connection is open. */
  private readonly connected = new Map<string, number>();
  private readonly random: SeededRandom;
  /** Ids of messages whose line is on disk. */
  private readonly onDisk = new Set<string>();
  private ids = 0;
  private faults: readonly Fault[] = [];
  /** Since when there are no faults, monotonic. */
  private calmSince = 0;
  private isBadGateway = false;

  private constructor(
    private readonly plan: Plan,
    readonly disk: BadDisk,
    private readonly folder: string | null,
    readonly simulator: Simulator,
    readonly proxy: TcpProxy,
    time: VirtualTime,
    busy: { is: () => boolean },
  ) {
    this.time = time;
    this.random = new SeededRandom(plan.seed);
    this.ahead = plan.hardships.clockAhead;
    this.aheads = [this.ahead];
    this.receipts = new ReceiptRule(plan.hardships.receipts, () => time.now());
    this.leases.telling = plan.hardships.windows !== 'untold';
    busy.is = () => disk.isBusy;
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
      ttlSeconds: plan.hardships.ttl,
      front: proxy,
    });
    proxy.target = Number(new URL(simulator.url).port);
    const folder = plan.onFiles ? await mkdtemp(path.join(tmpdir(), 'twin-chaos-')) : null;
    const disk = new BadDisk(
      folder === null ? new MemoryJournalStorage() : new FileJournalStorage(folder),
    );
    if (plan.hardships.newerJournal) await disk.append(NEWER.name, NEWER.lines);
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

  /** What is shown, in each window. */
  get shown(): readonly ChatSession[] {
    return this.lives.flatMap(({ manager }) => manager.current ?? []);
  }

  /** Whether its window may have lost it without a word: it shows what was. */
  isStale(session: ChatSession): boolean {
    return !this.leases.telling && session !== this.manager.current;
  }

  /** Whether the window in which the person sits has not lost it, told or not. */
  isHeldHere(session: ChatSession): boolean {
    return this.leases.isFreeFor(this.life.leases, session.key);
  }

  /** Whether a message went to a window that had lost its session without a word, and only to it. */
  isOvertaken(entries: readonly LedgerEntry[], messageId: string): boolean {
    if (this.leases.telling) return false;
    let newest = '';
    const givings = entries.flatMap((entry) => {
      if (entry.kind === 'socketConnected') newest = entry.socketId;
      const isGiven = entry.kind === 'messageGiven' && entry.messageId === messageId;
      return isGiven ? entry.socketId !== newest : [];
    });
    return givings.length > 0 && givings.every((isLate) => isLate);
  }

  private get lives(): readonly Life[] {
    return [this.life, ...(this.otherLife === null ? [] : [this.otherLife])];
  }

  /** The person's clock is put forward (or back) by so many ms. */
  setClock(by: number): void {
    this.ahead += by;
    this.aheads.push(this.ahead);
  }

  /** What the platform's clock may have shown when the person's showed `at`. */
  platformTimes(at: number): readonly number[] {
    return this.aheads.map((ahead) => at - ahead);
  }

  /** What the person's clock shows. */
  private now(): number {
    const now = this.time.now() + this.ahead;
    this.latest = Math.max(this.latest, now);
    return now;
  }

  /** Whether the person's clock was set: what it showed before means something else now. */
  get isClockSet(): boolean {
    return this.aheads.length > 1;
  }

  get ttl(): number {
    return this.plan.hardships.ttl;
  }

  /** Goes to the other window, opened if need be, and carries on there. */
  async changeWindow(): Promise<void> {
    const there = this.otherLife ?? this.beginLife();
    this.otherLife = this.life;
    this.life = there;
    await there.manager.resumeLast();
    await this.continueHere();
  }

  /** Carries on in this window what another one has. */
  async continueHere(): Promise<void> {
    await this.manager.continueHere();
  }

  async closeOtherWindow(): Promise<void> {
    const other = this.otherLife;
    if (other === null) return;
    await other.manager.flush();
    this.otherLife = null;
    this.endLife(other);
  }

  /** The process dies, and when it starts again, a line of its journal cannot be read. */
  async damage(): Promise<void> {
    const name = this.manager.current?.key;
    await this.closeOtherWindow();
    await this.reload(true, async () => {
      if (name === undefined || (await this.disk.read(name)).length === 0) return;
      await this.disk.append(name, [JUNK]);
      this.spoilt.set(name, (this.spoilt.get(name) ?? 0) + 1);
    });
  }

  /** What is wrong with what a later version has left. */
  async newerOne(): Promise<string[]> {
    if (!this.plan.hardships.newerJournal) return [];
    const lines = await this.disk.read(NEWER.name);
    return lines.join() === NEWER.lines.join() ? [] : ['the newer journal was written to'];
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

  setDisk(trouble: DiskTrouble | null): void {
    this.tell(`the disk is ${trouble ?? 'well again'}`);
    this.disk.trouble = trouble;
    this.badAt = this.time.monotonic();
  }

  /** The screen may say, as it must, that the disk does not have all of it. */
  noteForgotten(session: ChatSession | null): void {
    if (session?.conversation.storageFailed !== true) return;
    const before = this.forgotten.get(session.key) ?? [];
    this.forgotten.set(session.key, [...before, this.time.now()]);
    this.inMemory.clear();
    this.toldInMemory.clear();
  }

  /** The person looks at what is shown, to its end. */
  async look(session: ChatSession): Promise<void> {
    const last = session.conversation.rows.at(-1);
    if (last === undefined || session.isElsewhere) return;
    const isOnline = session.conversation.connection === 'online';
    const look = { at: this.time.now(), isOnline };
    this.looks.set(session.key, [...(this.looks.get(session.key) ?? []), look]);
    await session.seen(last.key);
  }

  /** Where the disk takes nothing, the chat goes on in memory, and says so. */
  private isSafe(messageId: string): boolean {
    const isBad = this.disk.trouble !== null || this.time.monotonic() - this.badAt < CAUGHT_UP;
    return isBad || this.onDisk.has(messageId);
  }

  /** Begins anew with what is on disk; a crash saves nothing before. */
  async reload(crash: boolean, meanwhile = () => Promise.resolve()): Promise<void> {
    const { manager, storage } = this.life;
    if (crash) storage.sever();
    else await manager.flush();
    this.endLife(this.life);
    // What the disk was given before the end is written, or not, before the next life begins.
    while (storage.isBusy) await settle();
    this.noteForgotten(manager.current);
    await meanwhile();
    this.life = this.beginLife();
    await this.manager.resumeLast();
  }

  async begin(outage: Outage): Promise<void> {
    this.tell(`outage ${outage.kind} begins`);
    if (outage.kind === 'silent' || outage.kind === 'half-open') this.mutedAt.push(this.time.now());
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
    for (const life of this.lives) this.endLife(life);
    await this.proxy.close();
    await this.simulator.close();
    this.time.uninstall();
    if (this.folder !== null) await rm(this.folder, { recursive: true, maxRetries: 3 });
  }

  private playFaults(): void {
    const badGateway: Fault = { kind: 'status', status: 502 };
    this.simulator.setFaults(this.isBadGateway ? [badGateway] : this.faults);
  }

  private endLife({ manager, http, storage }: Life): void {
    const left = manager.current?.leftOver().text ?? '';
    if (left !== '') this.leftBehind.push(left);
    manager.dispose();
    storage.sever();
    http.dispose();
  }

  private beginLife(): Life {
    const { time } = this;
    const clock: Clock = {
      now: () => this.now(),
      monotonic: () => time.monotonic(),
      schedule: (...timer) => time.schedule(...timer),
    };
    const logger = new Logger((level, line) => {
      if (level === 'error') this.complaints.push(`logged as an error: ${line}`);
      if (level !== 'debug' && level !== 'trace') this.tell(`${level}: ${line}`);
    }, new Redactor());
    const http = new NodeHttpTransport({ clock });
    const loadLive = () => Promise.resolve(createSocketIoTransport({ http, clock }));
    const storage = new WatchedStorage(this.disk, (line) => {
      for (const id of messageIdsIn(line)) this.onDisk.add(id);
    });
    const leases = this.leases.forWindow();
    let newest: WatchedApi | null = null;
    const now = (): number => this.now();
    const complain = (what: string): void => {
      this.complain(what);
    };
    this.restarts.push(time.now());
    const watch = {
      complain,
      isSafe: (id: string) => this.isSafe(id),
      onDelivered: (id: string) => {
        if (!this.delivered.has(id)) this.delivered.set(id, time.now());
        this.toldInMemory.add(id);
      },
      onLive: (id: string) => {
        this.inMemory.add(id);
      },
    };
    const manager = new SessionManager({
      storage,
      leases,
      createApi: (addresses) => {
        const twin = new TwinClient({ ...addresses, http, loadLive, logger, now });
        newest = new WatchedApi(twin, this.connected, watch);
        return newest;
      },
      clock,
      random: this.random.next,
      createId: this.createId,
      logger,
      receiptPolicy: () => this.receipts.policy,
    });
    const latestNow = (): number => Math.max(this.latest, this.now());
    manager.onDidChangeCurrent((session) => {
      if (session === null) return;
      if (newest !== null) newest.session = session;
      new Witness({ latestNow, complain, screens: this.screens }, session);
    });
    return { manager, http, storage, leases };
  }

  private complain(what: string): void {
    // Who has lost a session and was not told is connected until he finds out.
    if (what.startsWith('two connections') && !this.leases.telling) return;
    this.tell(`COMPLAINT ${what}`);
    this.complaints.push(what);
  }

  private watchLedger(): void {
    let looked = 0;
    void this.simulator.ledger.until((ledger) => {
      for (const entry of ledger.entries.slice(looked))
        this.tell(`ledger ${JSON.stringify({ ...entry, at: undefined }).slice(0, 260)}`);
      looked = ledger.entries.length;
      return false;
    });
  }
}
