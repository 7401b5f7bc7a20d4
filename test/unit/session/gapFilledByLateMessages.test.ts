import assert from 'node:assert/strict';
import { written } from '../../support/conversations';
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

  it('goes when the server gives its last messages once more, and the clocks can be compared', async () => {
    await bench.twin.emit({ type: 'message', message: written('m0', 0) });
    await bench.outage();
    for (const [id, at] of [
      ['m0', 0],
      ['m1', 20_000],
    ] as const)
      await bench.twin.emit({ type: 'message', message: written(id, at) });
    assert.deepEqual([bench.texts, bench.happenings], [['m0', 'm1'], ['gap']]);
    await bench.clock.advance(2_000);
    await bench.twin.emit({ type: 'message', message: written('m2', 32_000) });
    assert.deepEqual([bench.texts, bench.happenings], [['m0', 'm1', 'm2'], []]);
    await bench.reopen();
    assert.deepEqual(bench.happenings, []);
  });

  it('stays when one comes late, without what was here before', async () => {
    await bench.twin.emit({ type: 'message', message: written('m0', 0) });
    await bench.outage();
    await bench.twin.emit({ type: 'message', message: written('m1', 20_000) });
    await bench.clock.advance(2_000);
    await bench.twin.emit({ type: 'message', message: written('m2', 32_000) });
    assert.deepEqual(bench.happenings, ['gap']);
  });

  for (const [what, at, delay] of [
    ['was written after it', 29_500, 0],
    ['was written before it', 9_000, 0],
    ['was written as it began', 10_500, 0],
    ['comes long after it', 20_000, 6_000],
  ] as const)
    it(`stays for a message that ${what}`, async () => {
      await bench.twin.emit({ type: 'message', message: written('m0', 0) });
      await bench.outage();
      await bench.twin.emit({ type: 'message', message: written('m0', 0) });
      await bench.clock.advance(delay);
      await bench.twin.emit({ type: 'message', message: written('m1', at) });
      await bench.clock.advance(2_000);
      await bench.twin.emit({ type: 'message', message: written('m2', 32_000 + delay) });
      assert.deepEqual(bench.happenings, ['gap']);
    });
});
