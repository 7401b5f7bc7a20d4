import assert from 'node:assert/strict';
import type { Row } from '../../src/shared/conversation';
import { bannerPicture } from '../../src/simulator/bots/pictures';
import { isCovered, LENGTH, variedRows } from './longList';
import { conversation, file, message, ownMessage } from './samples';
import { distanceToEnd, scrollTo, topOf } from './scrolling';
import { withView } from './withView';

describe('a long list', () => {
  const open = withView();

  it('draws what is in sight and around it, wherever one scrolls', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: variedRows(LENGTH) }));
    await view.row('m999').waitFor();
    for (const part of [0.5, 0.51, 0, 0.9, 1]) {
      await scrollTo(view, part);
      assert.ok(await isCovered(view), `at ${part}`);
      const drawn = await view.log.getByRole('article').count();
      assert.ok(drawn > 5 && drawn < 120, `${drawn} drawn`);
    }
    assert.ok((await distanceToEnd(view)) <= 1);
  });

  it('fills what is in sight in the task that brings it', async () => {
    const view = await open();
    await view.snapshot(conversation());
    // Hears the state after the view has.
    await view.page.evaluate(() => {
      window.addEventListener('message', () => {
        const box = document.querySelector('.scroll-box')?.getBoundingClientRect();
        const spacer = document.querySelector('.spacer')?.getBoundingClientRect();
        document.body.dataset['room'] = `${(box?.top ?? 0) - (spacer?.bottom ?? Infinity)}`;
      });
    });
    // Smaller than they are guessed to be, and taller.
    for (const text of ['i'.repeat(140), 'a\n\n'.repeat(6)]) {
      const rows = variedRows(LENGTH).map((row) => ({ ...row, text }));
      await view.postOnClock(conversation({ key: text, rows }));
      const room = await view.page.evaluate(() => document.body.dataset['room']);
      assert.ok(Number(room) >= -1, `${text}: ${room} px are left over`);
    }
  });

  it('tells how many there are, and which one each is', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: variedRows(LENGTH) }));
    const row = view.row('m999');
    assert.equal(await row.getAttribute('aria-posinset'), '1000');
    assert.equal(await row.getAttribute('aria-setsize'), '1000');
    await view.change({ rows: [...variedRows(LENGTH), message('n')] });
    assert.equal(await row.getAttribute('aria-setsize'), '1001');
    await view.change({ rows: variedRows(LENGTH).slice(900) });
    assert.equal(await row.getAttribute('aria-setsize'), null, 'all can be counted again');
    assert.equal(await view.log.getByRole('article').count(), 100);
  });

  it('stays at the end for who is there, and takes nobody away from elsewhere', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: variedRows(LENGTH) }));
    await view.change({ rows: variedRows(LENGTH + 3) });
    assert.ok((await distanceToEnd(view)) <= 1);
    assert.ok(await isCovered(view));
    await scrollTo(view, 0.5);
    const [key = ''] = await view.keysInSight();
    const before = await topOf(view, key);
    await view.change({ rows: variedRows(LENGTH + 5) });
    assert.equal(await topOf(view, key), before);
    await view.button('2 new messages').click();
    await view.row('m1004').waitFor();
    assert.ok((await distanceToEnd(view)) <= 1);
    await view.button('2 new messages').waitFor({ state: 'hidden' });
  });

  it('moves nothing in sight when rows above grow, come or go', async () => {
    const view = await open();
    const rows = variedRows(LENGTH);
    const pictured = { attachments: [file({ key: 'pic', name: 'cat.png', contentType: null })] };
    rows[500] = message('m500', pictured);
    rows.push(message('q', { quote: { messageKey: 'm502', text: 'old' } }));
    await view.snapshot(conversation({ rows }));
    await view.row('q').locator('.quote').click();
    await view.row('m502').evaluate((row) => {
      row.blur(); // what has the focus is held by that alone
      row.scrollIntoView({ block: 'start' });
    });
    await view.settled();
    const before = await topOf(view, 'm502');
    await view.post({
      type: 'picture',
      fileKey: 'pic',
      picture: {
        state: 'ready',
        contentType: 'image/png',
        data: new Uint8Array(bannerPicture()),
        width: 480,
        height: 270,
      },
    });
    await view.row('m500').locator('[data-state="ready"]').waitFor();
    assert.ok(Math.abs((await topOf(view, 'm502')) - before) <= 1, 'a picture has come');
    const taller = rows.map((row) =>
      row.key === 'm500' ? message('m500', { text: 'line\n'.repeat(30) }) : row,
    );
    await view.change({ rows: taller });
    assert.ok(Math.abs((await topOf(view, 'm502')) - before) <= 1, 'a row has grown');
    const filled = [
      ...taller.slice(0, 100),
      ...variedRows(300).map((row) => ({ ...row, key: `${row.key}x` })),
      ...taller.slice(100),
    ];
    await view.change({ rows: filled });
    assert.ok(Math.abs((await topOf(view, 'm502')) - before) <= 1, 'a gap far above was filled');
    await view.change({ rows: taller.slice(1) });
    assert.ok(Math.abs((await topOf(view, 'm502')) - before) <= 1, 'rows have gone');
  });

  it('keeps its place while one scrolls by small steps over rows never drawn', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: variedRows(LENGTH) }));
    await scrollTo(view, 0.5);
    for (let step = 0; step < 40; step += 1) {
      const [key = ''] = await view.keysInSight();
      const before = await topOf(view, key);
      await view.page.locator('.scroll-box').evaluate((box) => {
        box.scrollTop -= 60;
      });
      await view.settled();
      assert.ok(Math.abs((await topOf(view, key)) - before - 60) <= 1, `step ${step}`);
    }
  });

  it('becomes one as it grows, and loses nothing of what comes fast', async () => {
    const view = await open();
    const rows: Row[] = variedRows(150);
    await view.snapshot(conversation({ rows }));
    await view.changeFast(
      Array.from({ length: 400 }, (_, index) => ({ rows: variedRows(151 + index) })),
    );
    await view.row('m549').waitFor();
    assert.equal(await view.row('m549').getAttribute('aria-setsize'), '550');
    assert.ok((await distanceToEnd(view)) <= 1);
    assert.equal((await view.intentsOf('ready')).length, 1, 'no state was lost');
    const text = 'mine';
    await scrollTo(view, 0);
    await view.change({ rows: [...variedRows(550), ownMessage('own', { text })] });
    await view.row('own').waitFor();
    assert.ok((await distanceToEnd(view)) <= 1, 'who writes sees what he wrote');
  });
});
