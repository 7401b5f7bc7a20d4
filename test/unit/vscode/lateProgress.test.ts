import assert from 'node:assert/strict';
import { LateProgress } from '../../../src/extension/vscode/lateProgress';
import { ManualClock } from '../../support/manualClock';

describe('LateProgress', () => {
  let clock: ManualClock;
  let progress: LateProgress<number>;
  let log: string[];

  beforeEach(() => {
    clock = new ManualClock(0);
    log = [];
    progress = new LateProgress(clock, 5_000, () => ({
      report: (state) => log.push(`${state}`),
      close: () => log.push('closed'),
    }));
  });

  it('shows nothing of what is over soon', async () => {
    progress.update(0);
    await clock.advance(4_999);
    progress.update(null);
    await clock.advance(60_000);
    assert.deepEqual([log, clock.pending], [[], 0]);
  });

  it('shows one progress for what takes longer, until nothing is under way', async () => {
    progress.update(0);
    await clock.advance(3_000);
    progress.update(10);
    await clock.advance(2_000);
    progress.update(20);
    progress.update(null);
    assert.deepEqual([log, clock.pending], [['10', '20', 'closed'], 0]);
  });

  it('counts anew for the next one', async () => {
    progress.update(0);
    await clock.advance(5_000);
    progress.update(null);
    progress.update(0);
    await clock.advance(4_000);
    assert.deepEqual(log, ['0', 'closed']);
    progress.dispose();
    assert.equal(clock.pending, 0);
  });
});
