// Everything that one seed needs: platform, proxy, client, disk and time, wired as in the extension.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ChatSession } from '../../src/extension/session/chatSession';
import type { SessionManager } from '../../src/extension/session/sessionManager';
import type { SessionSettings } from '../../src/extension/session/sessionSettings';
import { FileJournalStorage } from '../../src/extension/vscode/fileJournalStorage';
import type { LedgerEntry } from '../../src/simulator/ledger';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import { TcpProxy } from '../../src/simulator/tcpProxy';
import { settle } from '../support/manualClock';
import { MemoryJournalStorage } from '../support/memoryJournalStorage';
import { SeededRandom } from '../support/seeds';
import { SharedLeases } from '../support/sharedLeases';
import { BadDisk, type DiskTrouble } from './badDisk';
import { Life } from './life';
import { Network } from './network';
import { PersonClock } from './personClock';
import type { Plan } from './plan';
import { VirtualTime } from './virtualTime';
import { ReceiptRule } from './receiptRule';
import { messageIdsIn } from './watchedStorage';
import type { Screens } from './witness';

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

export class World {
  readonly clock: PersonClock;
  readonly network: Network;
  /** What one can read when a seed has failed. */
  readonly story: string[] = [];
  /** What must never be, noticed while it happens. */
  readonly complaints: string[] = [];
  /** That of the window at which the person sits. */
  private life: Life;
  private otherLife: Life | null = null;
  private readonly leases = new SharedLeases();
  /** When the disk did not have all of a session as its window closed, by session. */
  readonly forgotten = new Map<string, readonly number[]>();
  /** When a window began with what the disk has. */
  readonly restarts: number[] = [];
  /** What was to be seen of own messages. */
  readonly screens: Screens = { heldByDisk: new Set(), doubted: new Set() };
  readonly receipts: ReceiptRule;
  /** When the person has looked at a session, by session, and whether it was said to be online. */
  readonly looks = new Map<string, readonly Look[]>();
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

  private constructor(
    private readonly plan: Plan,
    readonly disk: BadDisk,
    private readonly folder: string | null,
    readonly simulator: Simulator,
    readonly proxy: TcpProxy,
    readonly time: VirtualTime,
    busy: { is: () => boolean },
  ) {
    this.random = new SeededRandom(plan.seed);
    this.clock = new PersonClock(time, plan.hardships.clockAhead);
    this.network = new Network(simulator, proxy, time, (text) => {
      this.tell(text);
    });
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

  private endLife(life: Life): void {
    const left = life.end();
    if (left !== '') this.leftBehind.push(left);
  }

  private beginLife(): Life {
    const { time, clock, disk, leases, connected, screens, createId } = this;
    this.restarts.push(time.now());
    return new Life({
      clock,
      disk,
      leases,
      connected,
      screens,
      createId,
      random: this.random.next,
      receiptPolicy: () => this.receipts.policy,
      tell: (text) => {
        this.tell(text);
      },
      complain: (what) => {
        this.complain(what);
      },
      onWritten: (line) => {
        for (const id of messageIdsIn(line)) this.onDisk.add(id);
      },
      watch: {
        isSafe: (id) => this.isSafe(id),
        onDelivered: (id) => {
          if (!this.delivered.has(id)) this.delivered.set(id, time.now());
          this.toldInMemory.add(id);
        },
        onLive: (id) => {
          this.inMemory.add(id);
        },
      },
    });
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
