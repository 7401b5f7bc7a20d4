import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { incoming, START, written } from '../../support/conversations';
import { GapBench } from '../../support/gapBench';
import { useLeakCheck } from '../../support/leakCheck';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('A gap', () => {
  let bench: GapBench;

  beforeEach(async () => {
    bench = new GapBench(log.logger);
    await bench.goOnline();
  });

  afterEach(() => bench.close());

  it('goes when the history tells all, and what it tells is acknowledged once', async () => {
    await bench.outage();
    await bench.answerHistory({
      count: 2,
      messages: [written('m2', 21_000), written('m1', 20_000)],
    });
    assert.deepEqual([bench.texts, bench.happenings], [['m1', 'm2'], []]);
    await bench.twin.emit({ type: 'message', message: written('m1', 20_000) });
    assert.deepEqual(bench.twin.live.acknowledged, ['m1', 'm2']);
    await bench.reopen();
    assert.deepEqual([bench.texts, bench.happenings], [['m1', 'm2'], []]);
  });

  it('shows nothing twice that was here before', async () => {
    await bench.twin.emit({ type: 'message', message: written('m0', 0) });
    await bench.send('a', 'mine');
    bench.twin.sends[0]?.answer({ id: 's1', createdAt: START });
    await bench.outage();
    const mine = incoming({ id: 's1', author: 'client', text: 'mine', createdAt: START });
    await bench.answerHistory({ count: 2, messages: [written('m0', 0), mine] });
    assert.deepEqual([bench.texts, bench.happenings], [['m0', 'mine'], []]);
    assert.deepEqual(bench.twin.live.acknowledged, []);
  });

  it('settles a message of unknown fate by the history, without acknowledging it', async () => {
    await bench.send('a', 'mine');
    bench.twin.sends[0]?.fail(new TwinError('timeout', 'x'));
    await bench.outage();
    const mine = incoming({ id: 's1', author: 'client', text: 'mine', createdAt: START + 9_000 });
    await bench.answerHistory({ count: 1, messages: [mine] });
    assert.deepEqual([bench.fates, bench.twin.live.acknowledged], [['a sent'], []]);
  });

  it('is filled by what was written long before, and held up, where each word here has its id', async () => {
    await bench.clock.advance(60_000);
    await bench.twin.emit({ type: 'message', message: written('m9', 60_000) });
    await bench.outage();
    const messages = [written('m1', 1_000), written('m9', 60_000)];
    await bench.answerHistory({ count: 2, messages });
    assert.deepEqual([bench.texts, bench.happenings], [['m1', 'm9'], []]);
  });

  it('is not filled by what may be here without its id', async () => {
    const nameless = incoming({ text: 'm1', createdAt: START + 1_000 });
    await bench.twin.emit({ type: 'message', message: nameless });
    await bench.clock.advance(60_000);
    await bench.twin.emit({ type: 'message', message: written('m9', 60_000) });
    await bench.outage();
    await bench.answerHistory({
      count: 2,
      messages: [written('m1', 1_000), written('m9', 60_000)],
    });
    assert.deepEqual(bench.texts, ['m1', 'm9']);
  });

  it('stays when the history is one page of many that does not reach back', async () => {
    await bench.outage();
    await bench.answerHistory({ count: 50, messages: [written('m2', 21_000)] });
    assert.deepEqual([bench.texts, bench.happenings], [['m2'], ['gap']]);
  });

  it('goes when a page reaches back to what was here before it', async () => {
    await bench.twin.emit({ type: 'message', message: written('m0', 9_000) });
    await bench.outage();
    await bench.answerHistory({
      count: 50,
      messages: [written('m0', 9_000), written('m2', 21_000)],
    });
    assert.deepEqual(bench.happenings, []);
  });

  it('reaches from the last word that was heard, whatever was sent into the silence', async () => {
    await bench.twin.emit({ type: 'message', message: written('m0', 0) });
    await bench.clock.advance(20_000);
    await bench.send('a', 'mine');
    bench.twin.sends[0]?.answer({ id: 's1', createdAt: START + 20_000 });
    await bench.outage();
    const mine = incoming({ id: 's1', author: 'client', text: 'mine', createdAt: START + 20_000 });
    await bench.answerHistory({ count: 50, messages: [written('m1', 9_000), mine] });
    assert.deepEqual([bench.texts, bench.happenings], [['m0', 'm1', 'mine'], ['gap']]);
  });

  it('asks never again where the history is not offered, not even after a reload', async () => {
    await bench.outage();
    await bench.answerHistory(null);
    await bench.disconnected();
    await bench.clock.advance(3_000);
    await bench.connected();
    await bench.reopen();
    await bench.connected();
    assert.deepEqual([bench.twin.histories.length, bench.happenings], [1, ['gap']]);
  });

  it('asks once for each gap, whatever comes of it', async () => {
    await bench.outage();
    bench.twin.histories[0]?.fail(new TwinError('refused', 'x', { status: 500 }));
    await bench.clock.advance(60_000);
    assert.deepEqual([bench.twin.histories.length, bench.happenings], [1, ['gap']]);
    await bench.disconnected();
    await bench.clock.advance(3_000);
    await bench.connected();
    assert.equal(bench.twin.histories.length, 2);
  });
});
