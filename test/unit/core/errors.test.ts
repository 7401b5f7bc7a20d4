import assert from 'node:assert/strict';
import { TwinError, type TwinErrorReason } from '../../../src/extension/core/errors';

/** What a caller may conclude: "not taken" may be sent again, "unknown" must not. */
const CASES: readonly [TwinErrorReason, number | undefined, 'notTaken' | 'unknown' | 'no'][] = [
  ['unreachable', undefined, 'notTaken'],
  ['rateLimited', 429, 'notTaken'],
  ['rateLimited', 503, 'notTaken'],
  ['timeout', undefined, 'unknown'],
  ['stopped', undefined, 'unknown'],
  ['refused', 400, 'no'],
  ['refused', 500, 'unknown'],
  ['refused', 502, 'unknown'],
  ['notFound', 404, 'no'],
  ['sessionEnded', 410, 'no'],
  ['tooLarge', 413, 'no'],
  ['protocol', 200, 'unknown'],
  ['protocol', undefined, 'unknown'],
  ['protocol', 404, 'no'],
];

describe('TwinError', () => {
  for (const [reason, status, outcome] of CASES)
    it(`${reason} ${status ?? ''}: ${outcome}`, () => {
      const error = new TwinError(reason, 'x', status === undefined ? {} : { status });
      assert.equal(error.isProvablyNotTaken, outcome === 'notTaken');
      assert.equal(error.isOutcomeUnknown, outcome === 'unknown');
    });

  it('is told from other errors by reason', () => {
    const error = new TwinError('timeout', 'x');
    assert.ok(TwinError.is(error) && TwinError.is(error, 'timeout'));
    assert.ok(!TwinError.is(error, 'refused') && !TwinError.is(new Error('x')));
  });
});
