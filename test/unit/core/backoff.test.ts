import assert from 'node:assert/strict';
import { backoffDelay } from '../../../src/extension/core/backoff';

const NEARLY_ONE = 0.999999;

describe('backoffDelay', () => {
  it('doubles its ceiling up to 3 s in the first 90 s, and to 30 s afterwards', () => {
    const ceilings = (outage: number) =>
      [0, 1, 2, 3, 6, 20].map(
        (attempt) => Math.ceil(backoffDelay(attempt, outage, NEARLY_ONE)) + 1,
      );
    assert.deepEqual(ceilings(89_999), [500, 1_000, 2_000, 3_000, 3_000, 3_000]);
    assert.deepEqual(ceilings(90_000), [500, 1_000, 2_000, 4_000, 30_000, 30_000]);
  });

  it('is anywhere below its ceiling', () => {
    assert.equal(backoffDelay(3, 0, 0), 0);
    assert.equal(backoffDelay(3, 0, 0.5), 1_500);
  });

  it('stays a number of ms after a night of tries', () => {
    assert.equal(backoffDelay(5_000, 1e9, 0.5), 15_000);
  });
});
