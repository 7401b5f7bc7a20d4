import assert from 'node:assert/strict';
import { useLeakCheck } from '../../support/leakCheck';
import { ManagerBench } from '../../support/managerBench';
import { settle } from '../../support/manualClock';
import { SETTINGS } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('SessionManager', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger, { remembers: false, retentionDays: Infinity });
  });

  afterEach(() => bench.close());

  it('shows a new session at once, and ends the one before', async () => {
    const shown: (string | undefined)[] = [];
    const subscription = bench.manager.onDidChangeCurrent((session) => shown.push(session?.key));
    await bench.start();
    const first = bench.manager.current;
    await bench.start();
    await bench.manager.flush();
    assert.equal(shown.length, 2);
    assert.equal(first?.conversation.connection, 'ended');
    assert.equal(bench.manager.current?.conversation.connection, 'online');
    assert.deepEqual(bench.connections, [0, 1]);
    subscription.dispose();
  });
});

describe('Many sessions', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger);
  });

  afterEach(() => bench.close());

  it('tell which one took the place of another, before it is shown', async () => {
    const told: unknown[] = [];
    const subscription = bench.manager.onDidReplace(({ before, after }) =>
      told.push([before, bench.manager.byKey(after)?.key, bench.manager.current?.key]),
    );
    const [a] = await bench.begin('a');
    await bench.begin('b');
    await bench.manager.open(a.key);
    const c = await bench.manager.startChat(SETTINGS);
    await settle();
    assert.deepEqual(told, [[a.key, c.key, a.key]]);
    subscription.dispose();
  });

  it('begin a new one in place of the shown one only', async () => {
    const [a, twinA] = await bench.begin('a');
    const [b] = await bench.begin('b');
    await bench.manager.startChat(SETTINGS);
    await settle();
    assert.deepEqual(
      [a.isLive, b.isLive, twinA.open, bench.manager.sessions.length],
      [true, false, 1, 2],
    );
  });
});
