import assert from 'node:assert/strict';
import { focused, isCovered, LENGTH, variedRows } from './longList';
import { conversation, message } from './samples';
import { scrollTo } from './scrolling';
import { withView } from './withView';

describe('a long list, by keyboard', () => {
  const open = withView();

  it('goes by keyboard over the whole conversation', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: variedRows(LENGTH) }));
    await view.row('m999').focus();
    const seen = [];
    for (const key of ['Home', 'ArrowUp', 'ArrowDown', 'End', 'ArrowUp']) {
      await view.page.keyboard.press(key);
      await view.settled();
      seen.push(await focused(view));
      assert.ok(await isCovered(view), key);
    }
    assert.deepEqual(seen, ['m0', 'm0', 'm1', 'm999', 'm998']);
    assert.equal(await view.log.locator('[tabindex="0"]').count(), 1);
  });

  it('goes a page at a time, there and back', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: variedRows(LENGTH) }));
    await view.row('m999').focus();
    const places = [999];
    for (const key of ['PageUp', 'PageUp', 'PageUp', 'PageDown', 'PageDown']) {
      await view.page.keyboard.press(key);
      await view.settled();
      places.push(Number((await focused(view))?.slice(1)));
      assert.equal((await view.keysInSight()).includes(`m${places.at(-1) ?? ''}`), true, key);
    }
    const [start = 0, one = 0, two = 0, three = 0, back = 0, end = 0] = places;
    for (const [from, to] of [
      [start, one],
      [one, two],
      [two, three],
    ] as const)
      assert.ok(from - to > 1 && from - to < 40, `${from} → ${to}`);
    assert.ok(back > three && end > back);
  });

  it('is come to by Tab where one reads, and drawn as far as the view grows', async () => {
    const view = await open({ height: 300 });
    await view.snapshot(conversation({ rows: variedRows(LENGTH) }));
    await scrollTo(view, 0.5);
    const stop = view.log.locator('[tabindex="0"]');
    const { y, height } = (await stop.boundingBox()) ?? { y: 0, height: 0 };
    assert.ok(y < 300 && y + height > 0, `it is ${height} px high at ${y}`);
    await view.page.setViewportSize({ width: 400, height: 2_400 });
    await view.settled();
    assert.ok(await isCovered(view));
  });

  it('presses an answer that is far away, and shows it', async () => {
    const view = await open();
    const asked = message('m10', { answers: ['Yes', 'No'], answersOpen: true });
    const rows = variedRows(LENGTH).map((row) => (row.key === 'm10' ? asked : row));
    await view.snapshot(conversation({ rows }));
    await view.page.keyboard.press('Alt+2');
    const intent = await view.waitForIntent('pressAnswer');
    assert.deepEqual([intent.messageKey, intent.index], ['m10', 1]);
    assert.ok((await view.keysInSight()).includes('m10'));
  });
});
