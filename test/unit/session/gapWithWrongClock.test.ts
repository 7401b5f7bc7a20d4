import assert from 'node:assert/strict';
import { written } from '../../support/conversations';
import { GapBench } from '../../support/gapBench';
import { useLeakCheck } from '../../support/leakCheck';
import { useTestLog } from '../../support/testLogger';

const HOUR = 3_600_000;

const log = useTestLog();
useLeakCheck();

describe('A gap whatever the clock here was set to', () => {
  let bench: GapBench;

  beforeEach(async () => {
    bench = new GapBench(log.logger);
    await bench.goOnline();
  });

  afterEach(() => bench.close());

  const gap = (): unknown => {
    const row = bench.session.conversation.rows.find((it) => it.kind === 'happening');
    return row?.kind === 'happening' ? row.happening : null;
  };

  it('stays for the answer to what was sent right after it', async () => {
    await bench.twin.emit({ type: 'message', message: written('m0', 0) });
    bench.clock.jump(90_000);
    await bench.disconnected();
    await bench.clock.advance(100_000);
    bench.session.reconnectNow();
    await bench.connected();
    await bench.twin.emit({ type: 'message', message: written('m0', 0) });
    await bench.clock.advance(1_000);
    await bench.twin.emit({ type: 'message', message: written('m1', 101_000) });
    assert.deepEqual(bench.happenings, ['gap']);
  });

  it('is as long as it was when that was set back meanwhile', async () => {
    await bench.clock.advance(10_000);
    bench.twin.live.listener.onHeartbeat(true);
    await bench.disconnected();
    bench.clock.jump(-HOUR);
    bench.session.reconnectNow();
    await bench.clock.advance(2_000);
    await bench.connected();
    const to = bench.clock.now();
    assert.deepEqual(gap(), { type: 'gap', from: to - 2_000, to });
  });

  it('is so, too, when that was set back between two lives', async () => {
    await bench.clock.advance(10_000);
    bench.clock.jump(-HOUR);
    await bench.reopen();
    await bench.connected();
    const to = bench.clock.now();
    assert.deepEqual(gap(), { type: 'gap', from: to, to });
  });

  it('is filled by all that the history tells of it', async () => {
    await bench.twin.emit({ type: 'message', message: written('m0', 0) });
    bench.clock.jump(-HOUR);
    await bench.disconnected();
    await bench.clock.advance(20_000);
    bench.session.reconnectNow();
    await bench.connected();
    await bench.answerHistory({ count: 2, messages: [written('m0', 0), written('m1', 10_000)] });
    assert.deepEqual([bench.texts, bench.happenings], [['m0', 'm1'], []]);
  });

  it('stays when a page does not reach back, though its oldest seems to be of before', async () => {
    await bench.twin.emit({ type: 'message', message: written('m0', 0) });
    bench.clock.jump(HOUR);
    await bench.disconnected();
    await bench.clock.advance(20_000);
    bench.session.reconnectNow();
    await bench.connected();
    await bench.answerHistory({ count: 50, messages: [written('m5', 15_000)] });
    assert.deepEqual([bench.texts, bench.happenings], [['m0', 'm5'], ['gap']]);
  });
});
