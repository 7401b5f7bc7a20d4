import assert from 'node:assert/strict';
import { useLeakCheck } from '../../support/leakCheck';
import { ManagerBench } from '../../support/managerBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('SessionManager when all is to be deleted', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger, { remembers: false, retentionDays: Infinity });
  });

  afterEach(() => bench.close());

  it('ends what is live, leaves nothing on the disk, and takes nothing up again', async () => {
    bench.storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
    bench.storage.journals.set('unstarted', []);
    bench.storage.drafts.set('unstarted', 'precious');
    await bench.start();
    const session = bench.manager.current;
    session?.composer.setDraft('half a sen');
    await bench.manager.deleteAll();
    assert.deepEqual([bench.storage.journals.size, bench.storage.drafts.size], [0, 0]);
    assert.deepEqual(
      [bench.manager.current, session?.isLive, bench.connections],
      [null, false, [0]],
    );
    await bench.clock.advance(60_000);
    assert.equal(await bench.manager.resumeLast(), null);
    assert.deepEqual([bench.storage.journals.size, bench.storage.drafts.size], [0, 0]);
    await bench.start();
    assert.equal(bench.draft, '');
  });

  it('deletes what it has not looked at yet, and forgets which session it had', async () => {
    let remembered: readonly string[] | null = null;
    await bench.start();
    await bench.leave();
    bench.open({ last: () => [], remember: (keys) => (remembered = keys) });
    await bench.manager.deleteAll();
    assert.deepEqual([bench.storage.journals.size, remembered], [0, []]);
  });

  it('deletes also what is being taken up at that moment', async () => {
    await bench.start();
    await bench.leave();
    bench.open();
    const resumed = bench.manager.resumeLast();
    await bench.manager.deleteAll();
    await resumed;
    assert.deepEqual([bench.manager.current, bench.storage.journals.size], [null, 0]);
  });

  it('tells of a disk that deletes nothing, and shows no session all the same', async () => {
    await bench.start();
    await bench.manager.flush();
    bench.storage.failure = new Error('read-only');
    await assert.rejects(bench.manager.deleteAll(), /read-only/);
    assert.equal(bench.manager.current, null);
  });
});

describe('Many sessions', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger);
  });

  afterEach(() => bench.close());

  it('are deleted one by one: a live one is ended, and the other is shown', async () => {
    const [a] = await bench.begin('a');
    const [b, twinB] = await bench.begin('b');
    b.composer.setDraft('precious');
    assert.equal(await bench.manager.delete(b.key), true);
    assert.deepEqual([bench.manager.current, b.isLive, twinB.open], [a, false, 0]);
    assert.deepEqual([[...bench.storage.journals.keys()], bench.storage.drafts.size], [[a.key], 0]);
    await bench.manager.delete(a.key);
    assert.deepEqual(
      [bench.manager.current, bench.storage.journals.size, bench.remembered],
      [null, 0, []],
    );
    assert.equal(await bench.manager.resumeLast(), null);
  });

  it('are deleted from the disk, too, and the list hears of it', async () => {
    const [a] = await bench.begin('a');
    await bench.manager.end();
    const [b] = await bench.begin('b');
    await bench.manager.flush();
    bench.storage.drafts.set(a.key, 'precious');
    assert.equal(bench.manager.byKey(a.key), null);
    let told = 0;
    const subscription = bench.manager.onDidChangeSessions(() => (told += 1));
    assert.equal(await bench.manager.delete(a.key), true);
    subscription.dispose();
    assert.deepEqual(
      [[...bench.storage.journals.keys()], bench.storage.drafts.has(a.key)],
      [[b.key], false],
    );
    assert.deepEqual([bench.manager.current, told], [b, 1]);
  });
});
