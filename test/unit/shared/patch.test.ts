import assert from 'node:assert/strict';
import type { ConversationView, HappeningRow, Row } from '../../../src/shared/conversation';
import { applyPatch, diffConversation } from '../../../src/shared/patch';
import { emptyConversation } from '../../../src/extension/session/conversation';
import { forSeeds, type SeededRandom } from '../../support/seeds';

const EMPTY = emptyConversation('k', false).view;

function rowOf(key: string, at: number): HappeningRow {
  return { kind: 'happening', key, at, happening: { type: 'operatorRequested' } };
}

/** Another view with rows added, changed, moved, taken out, and fields changed. */
function next(random: SeededRandom, view: ConversationView, step: number): ConversationView {
  let rows: Row[] = [...view.rows];
  const place = random.below(rows.length + 1);
  switch (random.below(6)) {
    case 0:
      rows.splice(place, 0, rowOf(`r${step}`, step));
      break;
    case 1:
      rows = rows.map((row, index) => (index === place ? rowOf(row.key, step) : row));
      break;
    case 2:
      rows.splice(place, 1);
      break;
    case 3:
      rows = random.shuffle(rows);
      break;
    case 4:
      return { ...view, expiresAt: step };
    default:
      return { ...view, rows, typing: random.below(2) === 0 ? null : { by: 'bot', name: null } };
  }
  return { ...view, rows };
}

describe('diffConversation and applyPatch', () => {
  it('bring one view to the other, also over a channel that copies', () => {
    forSeeds(300, (random) => {
      let host = EMPTY;
      let view = structuredClone(EMPTY);
      for (let step = 0; step < 30; step += 1) {
        const changed = Array.from({ length: 1 + random.below(3) }).reduce<ConversationView>(
          (it, _, index) => next(random, it, step * 10 + index),
          host,
        );
        const patch = diffConversation(host, changed);
        if (patch !== null) view = applyPatch(view, structuredClone(patch));
        host = changed;
        assert.deepEqual(view, host);
      }
    });
  });

  it('give nothing for what did not change', () => {
    assert.equal(diffConversation(EMPTY, EMPTY), null);
    assert.equal(diffConversation(EMPTY, { ...EMPTY, rows: [...EMPTY.rows] }), null);
  });

  it('name a new row alone', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => rowOf(`r${index}`, index));
    const before = { ...EMPTY, rows: many };
    const patch = diffConversation(before, { ...before, rows: [...many, rowOf('new', 0)] });
    assert.deepEqual(patch?.rows, {
      changed: [rowOf('new', 0)],
      order: { from: 1_000, keys: ['new'] },
    });
  });

  it('refuse a patch of rows that nobody knows', () => {
    const patch = { fields: {}, rows: { changed: [], order: { from: 0, keys: ['x'] } } };
    assert.throws(() => applyPatch(EMPTY, patch), /unknown row/);
  });
});
