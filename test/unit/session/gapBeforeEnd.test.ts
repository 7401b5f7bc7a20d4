// A conversation that is found to be over, after a time in which nothing was heard, says that what
// was said in that time may be missing: it will not come any more.

import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { GapBench } from '../../support/gapBench';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { SETTINGS, SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const HOUR = 3_600_000;
const OVER = new TwinError('sessionEnded', 'x', { status: 404 });

const log = useTestLog();
useLeakCheck();

describe('A gap before the end', () => {
  let bench: GapBench;

  beforeEach(async () => {
    bench = new GapBench(log.logger);
    await bench.goOnline();
    await bench.clock.advance(60_000);
    bench.twin.live.listener.onHeartbeat(true);
    await bench.clock.advance(5_000);
  });

  afterEach(() => bench.close());

  it('is there where the server says so as the connection comes back', async () => {
    await bench.disconnected();
    await bench.clock.advance(1_000);
    bench.twin.live.listener.onFailure(OVER);
    await settle();
    const expected = [['gap', 'ended'], [[50_000, 66_000]]];
    assert.deepEqual([bench.happenings, bench.spans], expected);
    await bench.reopen();
    assert.deepEqual([bench.happenings, bench.spans], expected);
  });

  it('is there where the person ends it while it is away', async () => {
    await bench.disconnected();
    await bench.session.end();
    assert.deepEqual([bench.happenings, bench.spans], [['gap', 'ended'], [[50_000, 65_000]]]);
  });

  it('is there once, whoever says it too', async () => {
    await bench.send('a');
    await bench.disconnected();
    await bench.clock.advance(1_000);
    bench.twin.sends[0]?.fail(OVER);
    bench.twin.live.listener.onFailure(OVER);
    await settle();
    assert.deepEqual([bench.happenings, bench.spans], [['gap', 'ended'], [[50_000, 66_000]]]);
  });

  it('is not there where the connection was', async () => {
    await bench.session.end();
    assert.deepEqual(bench.happenings, ['ended']);
  });

  it('is there where it lives no longer when it is to be taken up again', async () => {
    await bench.session.noteHeard();
    bench.clock.jump(100 * HOUR);
    await bench.reopen();
    const expected = [['gap', 'ended'], [[50_000, 65_000 + 100 * HOUR]]];
    assert.deepEqual([bench.happenings, bench.spans], expected);
    await bench.reopen();
    assert.deepEqual([bench.happenings, bench.spans], expected);
  });
});

describe('A demo that is over with its process', () => {
  it('has missed nothing', async () => {
    const bench = new SessionBench(log.logger, {}, { ...SETTINGS, demo: true });
    await bench.goOnline();
    await bench.reopen();
    assert.deepEqual(bench.happenings, ['ended']);
    await bench.close();
  });
});
