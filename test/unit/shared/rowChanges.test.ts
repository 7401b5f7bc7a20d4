import assert from 'node:assert/strict';
import type { Row } from '../../../src/shared/conversation';
import { rowChanges, sameRows } from '../../../src/shared/rowChanges';
import { message } from '../../webview/samples';

describe('rowChanges', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((key) => message(key)) as [Row, Row, Row, Row];

  it('gives what is new, and what is another object, in order', () => {
    const other = { ...b, at: 1 };
    assert.deepEqual(rowChanges([a, b, c], [a, other, c, d]), [
      { row: other, before: b },
      { row: d, before: null },
    ]);
  });

  it('gives nothing for rows that have gone or moved', () => {
    assert.deepEqual(rowChanges([a, b, c], [c, a]), []);
    assert.deepEqual(rowChanges([a, b], [a, b]), []);
  });

  it('counts the rows that are the same from the start', () => {
    assert.equal(sameRows([a, b, c], [a, b, d]), 2);
    assert.equal(sameRows([a, b], [a, b, c]), 2);
    assert.equal(sameRows([a, b, c], [a]), 1);
    assert.equal(sameRows([], [a]), 0);
  });
});
