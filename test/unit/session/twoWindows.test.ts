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

  const hasOpenAnswers = (index: number) =>
    bench.shown(index)?.rows.some((row) => row.kind === 'message' && row.answersOpen);

  it('tell of a chat in a tab that it is here now, whatever does not change in it', async () => {
    const [first] = bench.windows;
    const key = first?.current?.key ?? '';
    await first?.end();
    const second = bench.openWindow();
    bench.clock.jump(1_000); // its name has the time in it
    await second.startChat(SETTINGS);
    const tab = await second.bring(key);
    const pin = second.pin(key);
    assert.equal(tab?.isElsewhere, true);
    const told: unknown[] = [];
    const subscription = second.onDidChangeSessions(() => told.push(second.byKey(key)));
    const done = second.continueHere(key);
    await bench.clock.advance(1_000);
    await done;
    assert.deepEqual([second.byKey(key)?.isElsewhere, second.byKey(key) === tab], [false, false]);
    assert.equal(told.at(-1), second.byKey(key));
    subscription.dispose();
    pin.dispose();
  });

  it('show one session: live in the first, to be read in the second', async () => {
    await bench.openWindow().resumeLast();
    assert.deepEqual([bench.shown(1)?.elsewhere, bench.shown(1)?.connection], [true, 'idle']);
    assert.deepEqual([hasOpenAnswers(0), hasOpenAnswers(1)], [true, false]);
    assert.deepEqual(bench.texts(1), ['Hello']);
    bench.windows[1]?.current?.send({
      key: 'x',
      text: clear('x'),
      attachmentIds: [],
      replyTo: null,
    });
    bench.windows[1]?.current?.composer.setDraft('x');
    await bench.clock.advance(1_000);
    assert.deepEqual(
      [bench.twins[1]?.connections.length, bench.storage.types()],
      [0, ['header', 'started']],
    );
  });

  it('hand it over: what is typed goes along, and the first only reads from then on', async () => {
    await bench.openWindow().resumeLast();
    bench.windows[0]?.current?.composer.setDraft('half a sen');
    await bench.continueIn(1);
    assert.deepEqual([bench.shown(0)?.elsewhere, bench.shown(1)?.elsewhere], [true, false]);
    assert.equal(bench.shown(1)?.composer.draft.text, 'half a sen');
    assert.equal(bench.shown(0)?.composer.draft.text, ''); // it is not kept twice
    assert.deepEqual(
      bench.twins.map((twin) => twin.open),
      [0, 1],
    );
    await bench.continueIn(0);
    assert.deepEqual([bench.shown(0)?.elsewhere, bench.shown(1)?.elsewhere], [false, true]);
    assert.deepEqual([hasOpenAnswers(0), hasOpenAnswers(1)], [true, false]);
  });

  it('ask for it once, however often one clicks: who waits sees it change as it is taken', async () => {
    const second = bench.openWindow();
    await second.resumeLast();
    const clicks = [second.continueHere(), second.continueHere()];
    await settle();
    const [key] = bench.storage.journals.keys();
    assert.deepEqual(bench.leases.held, [key]);
    await bench.clock.advance(1_000);
    await Promise.all(clicks);
    assert.deepEqual(
      [bench.leases.held, bench.shown(1)?.elsewhere, bench.twins[1]?.open],
      [[key], false, 1],
    );
  });

  it('go on in the second when the first is closed', async () => {
    await bench.openWindow().resumeLast();
    await bench.windows[0]?.flush();
    bench.windows[0]?.dispose();
    await bench.clock.advance(1_000);
    assert.deepEqual([bench.shown(1)?.elsewhere, bench.twins[1]?.open], [false, 1]);
  });

  it('leave each its own: a new chat in the second takes nothing from the first', async () => {
    await bench.openWindow().resumeLast();
    bench.windows[0]?.current?.composer.setDraft('mine');
    await bench.windows[0]?.flush();
    await bench.windows[1]?.startChat(SETTINGS);
    await settle();
    assert.deepEqual(
      [bench.shown(1)?.composer.draft.text, bench.shown(0)?.connection, bench.shown(0)?.elsewhere],
      ['', 'online', false],
    );
  });

  it('leave alone what the other is just beginning', async () => {
    await bench.windows[0]?.startChat(SETTINGS);
    bench.windows[0]?.current?.composer.setDraft('precious');
    await bench.windows[0]?.flush();
    const second = bench.openWindow();
    await second.resumeLast();
    await second.startChat(SETTINGS);
    await settle();
    assert.equal(second.current?.conversation.composer.draft.text, '');
    assert.equal(bench.shown(0)?.composer.draft.text, 'precious');
  });
});
