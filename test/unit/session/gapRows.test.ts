import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { written } from '../../support/conversations';
import { GapBench } from '../../support/gapBench';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
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

  it('is shown, however short it was beside what the disk takes for a line', async () => {
    const release = bench.storage.hold();
    await bench.twin.emit({ type: 'message', message: written('m0', 0) });
    await bench.disconnected();
    bench.session.reconnectNow();
    await bench.connected();
    bench.storage.gate = null;
    release();
    await settle();
    assert.deepEqual([bench.texts, bench.happenings], [['m0'], ['gap']]);
  });

  describe('that follows another one with nothing between them', () => {
    /** The connection is lost and comes back. */
    async function interruption(): Promise<void> {
      await bench.clock.advance(30_000);
      bench.twin.live.listener.onHeartbeat(true);
      await bench.disconnected();
      await bench.clock.advance(250);
      await bench.connected();
    }

    it('shares its row, which is a new one, with all of them inside', async () => {
      await bench.outage();
      const [before] = bench.session.conversation.rows;
      await interruption();
      await interruption();
      assert.deepEqual(bench.spans, [[0, 90_500]]);
      assert.notEqual(bench.session.conversation.rows[0]?.key, before?.key);
      await bench.reopen();
      assert.deepEqual(bench.spans, [[0, 90_500]]);
    });

    it('has a row of its own after a word', async () => {
      await bench.outage();
      await bench.twin.emit({ type: 'message', message: written('m1', 30_000) });
      await interruption();
      assert.deepEqual(bench.spans, [
        [0, 30_000],
        [50_000, 60_250],
      ]);
    });

    it('goes alone when the history tells all of it, and leaves what is still open', async () => {
      await bench.outage();
      bench.twin.histories[0]?.fail(new TwinError('refused', 'x', { status: 500 }));
      await interruption();
      await bench.answerHistory({ count: 0, messages: [] });
      assert.deepEqual(bench.spans, [[0, 30_000]]);
      await interruption();
      assert.deepEqual(bench.spans, [[0, 90_500]]);
    });
  });
});
