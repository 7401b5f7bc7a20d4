import assert from 'node:assert/strict';
import type { ChatSession } from '../../../src/extension/session/chatSession';
import { shownTexts } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { ManagerBench } from '../../support/managerBench';
import { settle } from '../../support/manualClock';
import { SETTINGS } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const MINUTE = 60_000;

const log = useTestLog();
useLeakCheck();

describe('SessionManager', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger, { remembers: false, retentionDays: Infinity });
  });

  afterEach(() => bench.close());

  it('has nothing where there is nothing', async () => {
    assert.equal(await bench.manager.resumeLast(), null);
  });

  for (const [what, leave, away] of [
    ['it was away', () => undefined, 0],
    [
      'it was offline before',
      async () => {
        bench.twin.live.listener.onDisconnect('x');
        await bench.clock.advance(5 * MINUTE);
      },
      5 * MINUTE,
    ],
    [
      'it could not come back after another one',
      async () => {
        await bench.clock.advance(5 * MINUTE);
        await bench.reload();
        await bench.clock.advance(5 * MINUTE);
      },
      10 * MINUTE,
    ],
  ] as const)
    it(`tells after a reload only of the time in which ${what}, however long nobody had spoken`, async () => {
      await bench.start();
      await bench.clock.advance(30 * MINUTE);
      bench.twin.live.listener.onHeartbeat(true);
      await leave();
      await bench.reload();
      bench.twin.live.listener.onConnect();
      await settle();
      const to = bench.clock.now();
      const gap = bench.manager.current?.conversation.rows.at(-1);
      assert.deepEqual(gap?.kind === 'happening' && gap.happening, {
        type: 'gap',
        from: to - away - 10_000, // what was sent then may have been on its way still
        to,
      });
    });

  it('takes up the newest session, once, and with it what was written', async () => {
    await bench.start();
    bench.manager.current?.composer.setDraft('half a sen');
    const before = bench.manager.current?.conversation;
    await bench.reload();
    const session = bench.manager.current;
    assert.equal(await bench.manager.resumeLast(), session);
    assert.deepEqual(session?.conversation.rows, before?.rows);
    assert.deepEqual([session?.isLive, bench.draft], [true, 'half a sen']);
  });

  it('shows an ended one as it ended', async () => {
    await bench.start();
    await bench.manager.end();
    await bench.reload();
    assert.equal(bench.manager.current?.conversation.connection, 'ended');
    assert.deepEqual(bench.connections, [0, 0]);
  });

  it('does not look for a demo whose server is gone', async () => {
    await bench.start({ ...SETTINGS, demo: true });
    await bench.reload();
    assert.deepEqual(
      [bench.manager.current?.conversation.demo, bench.manager.current?.isLive],
      [true, false],
    );
  });

  it('knows after a reload which profile it was begun with', async () => {
    await bench.start({ ...SETTINGS, profile: 'Shop' });
    assert.equal(bench.manager.current?.conversation.profile, 'Shop');
    await bench.reload();
    assert.equal(bench.manager.current.conversation.profile, 'Shop');
  });

  it('takes up the session that this window had, not the newest', async () => {
    let remembered: readonly string[] = [];
    const memory = {
      last: () => remembered,
      remember: (keys: readonly string[]) => (remembered = keys),
    };
    bench.manager.dispose();
    bench.open(memory);
    await bench.start();
    const mine = bench.manager.current?.key;
    await bench.leave();
    bench.clock.jump(1_000);
    bench.open();
    await bench.manager.startChat(SETTINGS); // another window's
    await bench.leave();
    bench.open(memory);
    assert.equal((await bench.manager.resumeLast())?.key, mine);
  });
});

describe('Many sessions', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger);
  });

  afterEach(() => bench.close());

  it('are taken up again together after a reload, the shown one shown', async () => {
    const [a] = await bench.begin('a');
    const [b] = await bench.begin('b');
    await bench.manager.open(a.key);
    await bench.reload();
    assert.equal(bench.manager.current?.key, a.key);
    assert.deepEqual(bench.manager.sessions.map(({ key }) => key).sort(), [a.key, b.key].sort());
    assert.deepEqual(bench.connections, [0, 0, 1, 1]);
  });

  it('are all here for whoever asks while they are taken up', async () => {
    const [a] = await bench.begin('a');
    const [b] = await bench.begin('b');
    await bench.leave();
    bench.open();
    const shown = new Promise<ChatSession | null>((resolve) => {
      const subscription = bench.manager.onDidChangeCurrent((session) => {
        subscription.dispose();
        resolve(session);
      });
    });
    const resumed = bench.manager.resumeLast();
    assert.equal((await shown)?.key, b.key);
    await bench.manager.resumeLast();
    assert.ok(bench.manager.byKey(a.key));
    await resumed;
  });

  it('are taken up from the last that began, by a window that had none', async () => {
    await bench.begin('first');
    await bench.clock.advance(1_000);
    await bench.begin('second');
    // The first one has changed last.
    bench.storage.list = () => Promise.resolve([...bench.storage.journals.keys()]);
    await bench.manager.flush();
    bench.remembered = [];
    await bench.reload();
    assert.ok(bench.manager.current);
    assert.deepEqual(shownTexts(bench.manager.current.conversation), ['Hello second']);
  });
});
