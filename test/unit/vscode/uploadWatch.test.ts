import assert from 'node:assert/strict';
import type { UploadsUnderWay } from '../../../src/extension/session/upload';
import { UploadWatch } from '../../../src/extension/vscode/uploadWatch';
import { ManualClock } from '../../support/manualClock';

const state = (sentBytes: number): UploadsUnderWay => ({ names: ['a'], size: 100, sentBytes });

describe('UploadWatch', () => {
  let clock: ManualClock;
  let watch: UploadWatch;
  let log: string[];

  beforeEach(() => {
    clock = new ManualClock(0);
    log = [];
    watch = new UploadWatch(clock, () => ({
      report: ({ sentBytes }) => log.push(`${sentBytes}`),
      close: () => log.push('closed'),
    }));
  });

  it('shows nothing of what is over soon', async () => {
    watch.update(state(0));
    await clock.advance(4_999);
    watch.update(null);
    await clock.advance(60_000);
    assert.deepEqual([log, clock.pending], [[], 0]);
  });

  it('shows one progress for what takes longer, until nothing is under way', async () => {
    watch.update(state(0));
    await clock.advance(3_000);
    watch.update(state(10));
    await clock.advance(2_000);
    watch.update(state(20));
    watch.update(null);
    assert.deepEqual([log, clock.pending], [['10', '20', 'closed'], 0]);
  });

  it('counts anew for the next one', async () => {
    watch.update(state(0));
    await clock.advance(5_000);
    watch.update(null);
    watch.update(state(0));
    await clock.advance(4_000);
    assert.deepEqual(log, ['0', 'closed']);
    watch.dispose();
    assert.equal(clock.pending, 0);
  });
});
