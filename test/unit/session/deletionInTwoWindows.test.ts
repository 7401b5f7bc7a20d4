import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { SETTINGS } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';
import { WindowsBench } from '../../support/windowsBench';

const log = useTestLog();
useLeakCheck();

describe('Two windows', () => {
  let bench: WindowsBench;

  beforeEach(async () => {
    bench = new WindowsBench(log.logger);
    await bench.begin();
  });

  afterEach(() => bench.close());

  it('rename and delete nothing that the other one has', async () => {
    const second = bench.openWindow();
    const [key = ''] = bench.storage.journals.keys();
    const before = bench.storage.types();
    assert.deepEqual([await second.rename(key, 'mine'), await second.delete(key)], [false, false]);
    assert.deepEqual(bench.storage.types(), before);
  });

  it('delete what both show: the first writes nothing again, and comes back to the beginning', async () => {
    const second = bench.openWindow();
    bench.windows[0]?.current?.composer.setDraft('half a sen');
    const deleted = second.deleteAll();
    await bench.clock.advance(1_000);
    await deleted;
    assert.deepEqual([bench.shown(0)?.elsewhere, bench.shown(1)], [true, undefined]);
    bench.windows[0]?.current?.send({
      key: 'x',
      text: clear('x'),
      attachmentIds: [],
      replyTo: null,
    });
    bench.windows[0]?.current?.composer.setDraft('more');
    await bench.clock.advance(1_000);
    assert.deepEqual([bench.storage.journals.size, bench.storage.drafts.size], [0, 0]);
    await bench.continueIn(0);
    assert.equal(bench.windows[0]?.current, null);
    assert.equal(bench.storage.journals.size, 0);
  });

  it('delete nothing that the other has, whether they show it or not', async () => {
    const second = bench.openWindow();
    await second.resumeLast();
    const [key = ''] = bench.storage.journals.keys();
    assert.equal(await second.delete(key), false);
    await second.startChat(SETTINGS);
    await second.flush();
    assert.deepEqual([second.byKey(key), await second.delete(key)], [null, false]);
    assert.ok(bench.storage.journals.has(key));
    assert.equal(bench.shown(0)?.connection, 'online');
  });

  it('delete what they have just left, and keep nothing from the other', async () => {
    const [first] = bench.windows;
    const key = first?.current?.key ?? '';
    let write: () => void = () => undefined;
    bench.storage.gate = new Promise((resolve) => (write = resolve));
    bench.clock.jump(1_000); // its name has the time in it
    await first?.startChat(SETTINGS);
    const deleted = first?.delete(key); // while it is being put away
    await settle();
    write();
    bench.storage.gate = null;
    assert.equal(await deleted, true);
    const next = first?.current?.key ?? '';
    assert.equal(await first?.delete(next), true);
    assert.deepEqual([bench.storage.journals.size, bench.leases.held], [0, []]);
    await first?.startChat(SETTINGS);
    await first?.deleteAll();
    assert.deepEqual([bench.storage.journals.size, bench.leases.held], [0, []]);
  });
});
