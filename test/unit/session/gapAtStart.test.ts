import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { START } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('A gap at the start', () => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(log.logger);
  });

  afterEach(() => bench.close());

  it('is there where a first try fails: the server may have spoken into it', async () => {
    await bench.clock.advance(3_000);
    await bench.start();
    await bench.clock.advance(1_000);
    bench.twin.live.listener.onFailure(new TwinError('timeout', 'x'));
    await bench.clock.advance(1_000);
    await bench.connected();
    const [row] = bench.session.conversation.rows;
    assert.deepEqual(row?.kind === 'happening' && row.happening, {
      type: 'gap',
      from: START + 3_000,
      to: START + 5_000,
    });
  });

  it('is there, too, where a first try was silent and another one took its place', async () => {
    await bench.start();
    bench.session.reconnectNow();
    bench.twin.questions[0]?.answer();
    await settle();
    assert.equal(bench.twin.connections.length, 2);
    await bench.connected();
    assert.deepEqual(bench.happenings, ['gap']);
  });

  it('is not there where the first try succeeds', async () => {
    await bench.start();
    await bench.connected();
    assert.deepEqual(bench.happenings, []);
  });
});
