import assert from 'node:assert/strict';
import { impression, reopen, settleIn } from './reopening';
import { withView } from './withView';

/** Times here; a hundred in `npm run bench -- reopening`. */
const TIMES = 5;

describe('a view that is hidden and comes back', () => {
  const open = withView();

  it('has draft, caret, place and files again, each time', async () => {
    const view = await open();
    await settleIn(view);
    const before = await impression(view);
    assert.deepEqual([before.draft, before.caret], ['half a thought', 4]);
    assert.match(before.file ?? '', /kept\.ts/);
    for (let time = 0; time < TIMES; time += 1) await reopen(view, before);
  });
});
