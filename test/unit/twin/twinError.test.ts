import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';

describe('TwinError', () => {
  it('is known across bundles, each of which has its own copy of the class', () => {
    const foreign = Object.assign(new Error('from the live transport'), {
      name: 'TwinError',
      reason: 'protocol',
    });
    assert.ok(TwinError.is(foreign, 'protocol'));
    assert.ok(!TwinError.is(foreign, 'refused'));
    assert.ok(!TwinError.is(new Error('TwinError')));
    assert.ok(!TwinError.is({ name: 'TwinError', reason: 'protocol' }));
  });

  it('takes an answer nobody understood for an unknown outcome', () => {
    assert.ok(new TwinError('protocol', 'no HTTP').isOutcomeUnknown);
    assert.ok(new TwinError('protocol', 'a page', { status: 200 }).isOutcomeUnknown);
    assert.ok(!new TwinError('protocol', 'refused', { status: 400 }).isOutcomeUnknown);
  });
});
