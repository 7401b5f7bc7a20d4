import assert from 'node:assert/strict';
import type { Logger } from '../../src/extension/core/logger';
import { SessionManager } from '../../src/extension/session/sessionManager';
import type { ConversationView } from '../../src/shared/conversation';
import { incoming, shownTexts, START } from './conversations';
import { FakeTwin } from './fakeTwin';
import { ManualClock, settle } from './manualClock';
import { MemoryJournalStorage } from './memoryJournalStorage';
import { ANSWER, SETTINGS } from './sessionBench';
import { SharedLeases } from './sharedLeases';

/** Windows that are open at once, on one disk, with leases that tell which one has a session. */
export class WindowsBench {
  readonly clock = new ManualClock(START);
  readonly storage = new MemoryJournalStorage();
  readonly leases = new SharedLeases();
  /** One for each window, in order. */
  readonly twins: FakeTwin[] = [];
  readonly windows: SessionManager[] = [];

  constructor(private readonly logger: Logger) {}

  openWindow(): SessionManager {
    const { storage, clock, logger } = this;
    const twin = new FakeTwin(storage.history);
    const manager = new SessionManager({
      storage,
      clock,
      logger,
      leases: this.leases.forWindow(),
      createApi: () => twin,
      random: () => 0.5,
      createId: () => `id${this.windows.length}`,
    });
    this.twins.push(twin);
    this.windows.push(manager);
    return manager;
  }

  /** A first window, with a chat that is greeted, offers an answer and is online. */
  async begin(): Promise<void> {
    await this.openWindow().startChat(SETTINGS);
    await settle();
    const messages = [incoming({ text: 'Hello', answers: ['Yes'] })];
    await this.twins[0]?.goOnline({ ...ANSWER, ttl: null, messages });
  }

  /** The window of that index takes over what it shows. */
  async continueIn(index: number): Promise<void> {
    const done = this.windows[index]?.continueHere();
    await this.clock.advance(1_000);
    await done;
    await settle();
  }

  shown(index: number): ConversationView | undefined {
    return this.windows[index]?.current?.conversation;
  }

  texts(index: number): readonly string[] | undefined {
    const shown = this.shown(index);
    return shown && shownTexts(shown);
  }

  /** Nothing is left of them: neither a timer nor a connection. */
  async close(): Promise<void> {
    for (const manager of this.windows) {
      await manager.flush();
      manager.dispose();
    }
    const connections = this.twins.map(({ open }) => open);
    assert.deepEqual([this.clock.pending, connections], [0, this.twins.map(() => 0)]);
  }
}
