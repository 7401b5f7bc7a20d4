import type { ChatSession } from '../../src/extension/session/chatSession';
import type { ConnectionState } from '../../src/shared/conversation';
import { judge } from './oracle';
import { messagesOf, Person } from './person';
import { makePlan, type Outage, type Plan } from './plan';
import { World } from './world';

/** How long, once all is healed, until everything must have come to its end, ms. */
const PATIENCE = 45 * 60_000;
/** So soon the screen tells the truth, ms; a dead line is known by a whole heartbeat. */
const TRUTH = 2_000;
const HEARTBEAT = 45_000;
/** A start that a network of before has swallowed is tried again, as often as this. */
const CLICKS = 3;
/** A message of the other side may be an hour late at most; the last word waits for it, ms. */
const LATEST = 70_000;

export interface Recovery {
  readonly outage: Outage;
  /** From the server's return (or the detection of the loss) to the connection's, ms. */
  readonly took: number;
}

export interface SeedReport {
  readonly seed: number;
  readonly complaints: readonly string[];
  readonly story: readonly string[];
  readonly recoveries: readonly Recovery[];
  /** How many live connections the platform saw. */
  readonly connections: number;
  /** Of the real clock, ms. */
  readonly cost: number;
  readonly virtual: number;
}

/** Plays one seed to its end and judges it. */
export function runSeed(seed: number): Promise<SeedReport> {
  return playPlan(makePlan(seed));
}

export async function playPlan(plan: Plan): Promise<SeedReport> {
  const begun = performance.now();
  const world = await World.build(plan);
  const run = new Run(plan, world);
  let complaints: string[];
  try {
    await run.play();
    complaints = await judge(world, run.person.deeds);
  } catch (error) {
    complaints = [
      `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    ];
  } finally {
    await world.close();
  }
  const { story, time } = world;
  const cost = performance.now() - begun;
  const { recoveries } = run;
  const connections = world.simulator.ledger.of('socketConnected').length;
  const { seed } = plan;
  return { seed, complaints, story, recoveries, connections, cost, virtual: time.monotonic() };
}

class Run {
  readonly person: Person;
  readonly recoveries: Recovery[] = [];
  private connection: ConnectionState = 'idle';
  private lostAt = 0;
  /** By then a heartbeat has told that the line is dead, monotonic, ms. */
  private deadUntil = 0;
  private healed: Outage | null = null;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly plan: Plan,
    private readonly world: World,
  ) {
    this.person = new Person(world);
  }

  async play(): Promise<void> {
    const { plan, world, person } = this;
    const { time } = world;
    if (plan.faultsFrom === 0) world.network.setFaults(plan.faults);
    await world.manager.startChat(world.settings);
    for (const { at, act } of plan.acts) this.at(at, () => person.act(act));
    for (const outage of plan.outages) {
      this.at(outage.from, () => {
        world.network.begin(outage);
        this.watchTruth(outage);
      });
      this.at(outage.to, async () => {
        this.healed = this.isWanted() ? outage : null;
        await world.network.heal();
      });
    }
    this.at(plan.faultsFrom, () => {
      world.network.setFaults(plan.faults);
    });
    this.at(plan.faultsTo, () => {
      world.network.setFaults([]);
    });
    const { disk } = plan.hardships;
    if (disk !== null) {
      this.at(disk.from, () => {
        world.setDisk(disk.trouble);
      });
      if (disk.to < plan.end)
        this.at(disk.to, () => {
          world.setDisk(null);
        });
    }
    await time.runUntil(() => this.look(), plan.end);
    await this.workDone();
    await this.heal();
    await this.calmDown();
  }

  /** One after the other: a reload takes a moment. */
  private at(when: number, work: () => Promise<void> | void): void {
    this.world.time.schedule(() => {
      this.work = this.work.then(work);
    }, when);
  }

  /** What is done takes its time, too. */
  private async workDone(): Promise<void> {
    const { time } = this.world;
    const state = { isDone: false };
    void this.work.finally(() => {
      state.isDone = true;
    });
    while (!state.isDone) await time.runUntil(() => state.isDone, time.monotonic() + 1_000);
    await this.work;
  }

  /** Notes how the connection goes; never done. */
  private look(): boolean {
    const now = this.world.manager.current?.conversation.connection ?? 'idle';
    if (now === this.connection) return false;
    const { time } = this.world;
    this.world.tell(`connection: ${now}`);
    this.connection = now;
    if (!this.isWanted()) this.healed = null;
    if (now === 'reconnecting') this.lostAt = time.monotonic();
    if (now === 'online' && this.healed !== null) {
      const from = Math.max(this.healed.to, this.lostAt);
      const took = time.monotonic() - from;
      if (this.world.network.isCalmSince(from)) this.recoveries.push({ outage: this.healed, took });
      this.healed = null;
    }
    return false;
  }

  /** An outage that goes on must be seen: a break at once, a dead line by its heartbeat. */
  private watchTruth({ kind, to }: Outage): void {
    const { time } = this.world;
    const now = time.monotonic();
    if (kind === 'half-open' || kind === 'silent') this.deadUntil = now + HEARTBEAT;
    // Into a line that is dead already, a break brings no news.
    const patience = TRUTH + Math.max(0, this.deadUntil - now);
    if (now + patience >= to) return;
    time.schedule(() => {
      const connection = this.world.manager.current?.conversation.connection;
      if (connection === 'online')
        this.world.complaints.push(`online, ${patience} ms into: ${kind}`);
    }, patience);
  }

  /** Whether the session that is shown is to be connected: it lives, and in this window. */
  private isWanted(): boolean {
    return this.connection === 'online' || this.connection === 'reconnecting';
  }

  private async heal(): Promise<void> {
    this.world.tell('all is healed');
    this.world.network.setFaults([]);
    await this.world.network.heal();
  }

  /** Lets everything come to its end, has a last word, and waits for what is late. */
  private async calmDown(): Promise<void> {
    const { world, person } = this;
    const { time } = world;
    await time.runUntil(() => this.look(), time.monotonic() + 1_000);
    let settled = false;
    for (let tries = 0; tries < CLICKS && !settled; tries += 1) {
      this.work = this.work.then(async () => {
        if (world.manager.current === null) await world.changeWindow(); // nothing had begun to be shown
        await world.continueHere();
        const session = world.manager.current;
        if (session !== null) await person.startAgain(session);
      });
      await this.workDone();
      await time.runUntil(() => {
        this.look();
        return this.isSettled() || this.connection === 'failed';
      }, time.monotonic() + PATIENCE);
      settled = this.isSettled();
    }
    if (!settled) world.complaints.push(`not settled: ${this.connection}`);
    const current = world.manager.current;
    if (current?.isLive === true) person.send(current, 'the last word', []);
    await time.runUntil(() => this.look(), time.monotonic() + LATEST);
    if (current !== null) await world.look(current);
    await time.runUntil(() => this.look(), time.monotonic() + 1_000);
    const last = current === null ? undefined : messagesOf(current).at(-1);
    if (current?.isLive === true && last?.text !== 'the last word')
      world.complaints.push(`the last word has no answer, but: ${JSON.stringify(last)}`);
    await world.manager.flush();
  }

  private isSettled(): boolean {
    const { shown, disk, manager } = this.world;
    // A start that failed in a window where nobody sits is nobody's to try again.
    const isLeft = (session: ChatSession): boolean =>
      session.isElsewhere ||
      (session !== manager.current && session.conversation.connection === 'failed');
    return shown.every((session) => isLeft(session) || isSettled(session, disk.trouble !== null));
  }
}

function isSettled(session: ChatSession, isDiskBad: boolean): boolean {
  const { connection } = session.conversation;
  const underWay = messagesOf(session).some(
    ({ delivery, problem }) =>
      delivery === 'sending' ||
      (delivery === 'queued' && !(isDiskBad && problem?.reason === 'disk')),
  );
  return connection === 'ended' || (connection === 'online' && !underWay);
}
