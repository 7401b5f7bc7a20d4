import assert from 'node:assert/strict';
import { systemClock } from '../../../src/extension/core/clock';
import { useLeakCheck } from '../../support/leakCheck';
import { ManualClock } from '../../support/manualClock';

useLeakCheck();

describe('systemClock', () => {
  it('calls once, and lets go of its timer', async () => {
    await new Promise<void>((resolve) => {
      systemClock.schedule(resolve, 1);
    });
  });

  it('does not call what was disposed of', async () => {
    let called = false;
    systemClock.schedule(() => (called = true), 0).dispose();
    await new Promise<void>((resolve) => {
      systemClock.schedule(resolve, 2);
    });
    assert.ok(!called);
  });
});

describe('ManualClock', () => {
  it('fires timers in their order, also those set meanwhile', async () => {
    const clock = new ManualClock(1_000);
    const fired: string[] = [];
    clock.schedule(() => fired.push(`b ${clock.now()}`), 20);
    clock.schedule(() => {
      fired.push(`a ${clock.now()}`);
      clock.schedule(() => fired.push(`c ${clock.now()}`), 5);
    }, 10);
    clock.schedule(() => fired.push('never'), 15).dispose();
    await clock.advance(30);
    assert.deepEqual(fired, ['a 1010', 'c 1015', 'b 1020']);
    assert.deepEqual([clock.now(), clock.monotonic(), clock.pending], [1_030, 30, 0]);
    clock.jump(-500);
    assert.deepEqual([clock.now(), clock.monotonic()], [530, 30]);
  });
});
