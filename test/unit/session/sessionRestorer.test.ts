import assert from 'node:assert/strict';
import { HeldSessions } from '../../../src/extension/session/heldSessions';
import { SessionManager } from '../../../src/extension/session/sessionManager';
import { SessionRestorer } from '../../../src/extension/session/sessionRestorer';
import { WindowLeases } from '../../../src/extension/session/windowLeases';
import { incoming, START } from '../../support/conversations';
import { FakeTwin } from '../../support/fakeTwin';
import { useLeakCheck } from '../../support/leakCheck';
import { ManualClock, settle } from '../../support/manualClock';
import { MemoryJournalStorage } from '../../support/memoryJournalStorage';
import { SETTINGS } from '../../support/sessionBench';
import { SharedLeases } from '../../support/sharedLeases';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('SessionRestorer', () => {
  const clock = new ManualClock(START);
  const { logger } = log;
  let storage: MemoryJournalStorage;
  let leases: SharedLeases;
  let twins: FakeTwin[];

  const parts = () => ({
    storage,
    leases: leases.forWindow(),
    createApi: () => {
      const twin = new FakeTwin();
      twins.push(twin);
      return twin;
    },
    clock,
    random: () => 0.5,
    createId: () => `id${twins.length}`,
    logger,
  });

  /** Leaves a live session on the disk. @returns its key */
  async function leaveOne(): Promise<string> {
    const manager = new SessionManager(parts());
    const { key } = await manager.startChat(SETTINGS, { beside: true });
    await settle();
    const messages = [incoming({ text: 'Hello' })];
    twins
      .at(-1)
      ?.starts[0]?.answer({ id: key, clientId: null, startedAt: START, ttl: null, messages });
    await settle();
    await manager.flush();
    manager.dispose();
    return key;
  }

  beforeEach(() => {
    storage = new MemoryJournalStorage();
    leases = new SharedLeases();
    twins = [];
  });

  it('takes a session up once, whoever else asks for it meanwhile', async () => {
    const key = await leaveOne();
    twins = [];
    const window = parts();
    const held = new HeldSessions({ logger, remember: () => undefined, retentionDays: () => 30 });
    const windowLeases = new WindowLeases({ ...window, onLost: () => undefined });
    const restorer = new SessionRestorer(window, held, windowLeases);
    const [first, second] = await Promise.all([
      restorer.bring(key),
      restorer.bring(key),
      restorer.restoreWindow([key]),
    ]);
    assert.ok(first);
    assert.deepEqual([second, held.all, twins.length], [first, [first], 1]);
    assert.deepEqual(leases.held, [key]);
    restorer.dispose();
    windowLeases.dispose();
    held.dispose();
    assert.deepEqual([leases.held, clock.pending], [[], 0]);
  });
});
