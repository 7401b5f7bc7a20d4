import assert from 'node:assert/strict';
import type { Logger } from '../../src/extension/core/logger';
import type { ChatSession } from '../../src/extension/session/chatSession';
import { SessionManager, type SessionMemory } from '../../src/extension/session/sessionManager';
import { incoming, START } from './conversations';
import { FakeTwin } from './fakeTwin';
import { ManualClock, settle } from './manualClock';
import { MemoryJournalStorage } from './memoryJournalStorage';
import { ANSWER, SETTINGS } from './sessionBench';

interface WindowOptions {
  /** Whether the window remembers over a reload which sessions it had. */
  readonly remembers?: boolean;
  readonly retentionDays?: number;
}

/** The sessions of one window, on a clock, a disk and TWINs that the test moves by hand. */
export class ManagerBench {
  readonly clock = new ManualClock(START);
  readonly storage = new MemoryJournalStorage();
  /** One for each session that came here, in order. */
  readonly twins: FakeTwin[] = [];
  remembered: readonly string[] = [];
  retentionDays: number;
  manager: SessionManager;
  private readonly memory: SessionMemory | null;
  private ids = 0;

  constructor(
    private readonly logger: Logger,
    { remembers = true, retentionDays = 30 }: WindowOptions = {},
  ) {
    const memory: SessionMemory = {
      last: () => this.remembered,
      remember: (keys) => (this.remembered = keys),
    };
    this.memory = remembers ? memory : null;
    this.retentionDays = retentionDays;
    this.manager = this.open();
  }

  /** The window comes back; what it was before is to be disposed of by then. */
  open(memory = this.memory): SessionManager {
    const { storage, clock, logger } = this;
    const createApi = (): FakeTwin => {
      const twin = new FakeTwin();
      this.twins.push(twin);
      return twin;
    };
    this.manager = new SessionManager(
      {
        storage,
        createApi,
        clock,
        logger,
        random: () => 0.5,
        createId: () => `id${(this.ids += 1)}`,
        retentionDays: () => this.retentionDays,
      },
      memory,
    );
    return this.manager;
  }

  /** The window is gone, with all on the disk. */
  async leave(): Promise<void> {
    await this.manager.flush();
    this.manager.dispose();
  }

  async reload(): Promise<void> {
    await this.leave();
    this.open();
    await this.manager.resumeLast();
  }

  /** A new session in place of the one that is shown, greeted and online. */
  async start(settings = SETTINGS): Promise<void> {
    await this.manager.startChat(settings);
    await this.greet('S', 'Hello');
  }

  /** A new session beside the one before, greeted by its name and online. */
  async begin(name: string): Promise<readonly [ChatSession, FakeTwin]> {
    const session = await this.manager.startChat(SETTINGS, { beside: true });
    return [session, await this.greet(name, `Hello ${name}`)];
  }

  /** The newest one. */
  get twin(): FakeTwin {
    const twin = this.twins.at(-1);
    assert.ok(twin);
    return twin;
  }

  get draft(): string | undefined {
    return this.manager.current?.conversation.composer.draft.text;
  }

  /** Of each session that came here, how many connections it has. */
  get connections(): readonly number[] {
    return this.twins.map(({ open }) => open);
  }

  /** Nothing is left of it: neither a timer nor a connection. */
  async close(): Promise<void> {
    await this.leave();
    assert.deepEqual([this.clock.pending, this.connections], [0, this.twins.map(() => 0)]);
  }

  private async greet(id: string, text: string): Promise<FakeTwin> {
    await settle();
    const { twin } = this;
    await twin.goOnline({ ...ANSWER, id, messages: [incoming({ text })] });
    return twin;
  }
}
