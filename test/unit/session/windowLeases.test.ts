import { deepEqual, equal } from 'node:assert/strict';
import { WindowLeases } from '../../../src/extension/session/windowLeases';
import { HAND_OVER } from '../../../src/extension/session/lease';
import { useLeakCheck } from '../../support/leakCheck';
import { ManualClock, settle } from '../../support/manualClock';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('WindowLeases', () => {
  const open = () => {
    const clock = new ManualClock();
    const { logger } = log;
    const onLost = (): void => undefined;
    return { clock, leases: new WindowLeases({ clock, logger, leases: undefined, onLost }) };
  };

  it('waits as long as a hand-over takes, for each that asks', async () => {
    const { clock, leases } = open();
    const over: string[] = [];
    void leases.handedOver().then(() => over.push('first'));
    await clock.advance(HAND_OVER / 2);
    void leases.handedOver().then(() => over.push('second'));
    await clock.advance(HAND_OVER / 2);
    await settle();
    deepEqual(over, ['first']);
    await clock.advance(HAND_OVER / 2);
    await settle();
    deepEqual(over, ['first', 'second']);
    leases.dispose();
  });

  it('holds nobody up once it is gone', async () => {
    const { clock, leases } = open();
    const waiting = [leases.handedOver(), leases.handedOver()];
    leases.dispose();
    await Promise.all([...waiting, leases.handedOver()]);
    equal(clock.pending, 0);
  });
});
