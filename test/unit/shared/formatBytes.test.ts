import assert from 'node:assert/strict';
import { formatBytes } from '../../../src/shared/formatBytes';

describe('formatBytes', () => {
  it('chooses the unit that people read', () => {
    const sizes = [0, 1, 1_023, 1_024, 1_500_000, 26_214_400, 5e9];
    assert.deepEqual(
      sizes.map((size) => formatBytes(size, 'en')),
      ['0 bytes', '1 byte', '1,023 bytes', '1 kB', '1.4 MB', '25 MB', '4.7 GB'],
    );
  });

  it('speaks Russian', () => {
    assert.equal(formatBytes(1_500_000, 'ru').replace('\u00a0', ' '), '1,4 МБ');
  });
});
