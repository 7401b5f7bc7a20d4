import assert from 'node:assert/strict';
import type { Row } from '../../src/shared/conversation';
import { bannerPicture } from '../../src/simulator/bots/pictures';
import { conversation, file, message, ownMessage } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

/** Longer than what is drawn whole. */
const LENGTH = 1_000;

/** Of different heights, so that those not drawn are guessed wrong. */
const ROWS = Array.from({ length: 1_100 }, (_, index) =>
  message(`m${index}`, { text: `Text of m${index}. `.repeat(1 + (index % 7) * 3) }),
);

const many = (count: number): Row[] => ROWS.slice(0, count);

const distanceToEnd = (view: ViewPage) =>
  view.page
    .locator('.scroll-box')
    .evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);

const top = (view: ViewPage, key: string) =>
  view.row(key).evaluate((row) => row.getBoundingClientRect().top);

const focused = (view: ViewPage) =>
  view.page.evaluate(() => (document.activeElement as HTMLElement).dataset['messageId'] ?? null);

/** Whether anything but empty room is in sight, from the top of the box to its end. */
const isCovered = (view: ViewPage) =>
  view.page.evaluate(() => {
    const box = document.querySelector('.scroll-box')?.getBoundingClientRect();
    if (box === undefined) return false;
    return [...document.querySelectorAll('.spacer')].every((spacer) => {
      const { top, bottom } = spacer.getBoundingClientRect();
      return bottom <= box.top + 1 || top >= box.bottom - 1;
    });
  });

const scrollTo = async (view: ViewPage, share: number) => {
  await view.page.locator('.scroll-box').evaluate((box, part) => {
    box.scrollTop = (box.scrollHeight - box.clientHeight) * part;
  }, share);
  await view.settled();
};

describe('a long list', () => {
  const open = withView();

  it('draws what is in sight and around it, wherever one scrolls', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(LENGTH) }));
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
      const rows = many(LENGTH).map((row) => ({ ...row, text }));
      await view.postOnClock(conversation({ key: text, rows }));
      const room = await view.page.evaluate(() => document.body.dataset['room']);
      assert.ok(Number(room) >= -1, `${text}: ${room} px are left over`);
    }
  });

  it('tells how many there are, and which one each is', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(LENGTH) }));
    const row = view.row('m999');
    assert.equal(await row.getAttribute('aria-posinset'), '1000');
    assert.equal(await row.getAttribute('aria-setsize'), '1000');
    await view.change({ rows: [...many(LENGTH), message('n')] });
    assert.equal(await row.getAttribute('aria-setsize'), '1001');
    await view.change({ rows: many(LENGTH).slice(900) });
    assert.equal(await row.getAttribute('aria-setsize'), null, 'all can be counted again');
    assert.equal(await view.log.getByRole('article').count(), 100);
  });

  it('stays at the end for who is there, and takes nobody away from elsewhere', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(LENGTH) }));
    await view.change({ rows: many(LENGTH + 3) });
    assert.ok((await distanceToEnd(view)) <= 1);
    assert.ok(await isCovered(view));
    await scrollTo(view, 0.5);
    const [key = ''] = await view.keysInSight();
    const before = await top(view, key);
    await view.change({ rows: many(LENGTH + 5) });
    assert.equal(await top(view, key), before);
    await view.button('2 new messages').click();
    await view.row('m1004').waitFor();
    assert.ok((await distanceToEnd(view)) <= 1);
    await view.button('2 new messages').waitFor({ state: 'hidden' });
  });

  it('moves nothing in sight when rows above grow, come or go', async () => {
    const view = await open();
    const rows = many(LENGTH);
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
    const before = await top(view, 'm502');
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
    assert.ok(Math.abs((await top(view, 'm502')) - before) <= 1, 'a picture has come');
    const taller = rows.map((row) =>
      row.key === 'm500' ? message('m500', { text: 'line\n'.repeat(30) }) : row,
    );
    await view.change({ rows: taller });
    assert.ok(Math.abs((await top(view, 'm502')) - before) <= 1, 'a row has grown');
    const filled = [
      ...taller.slice(0, 100),
      ...many(300).map((row) => ({ ...row, key: `${row.key}x` })),
      ...taller.slice(100),
    ];
    await view.change({ rows: filled });
    assert.ok(Math.abs((await top(view, 'm502')) - before) <= 1, 'a gap far above was filled');
    await view.change({ rows: taller.slice(1) });
    assert.ok(Math.abs((await top(view, 'm502')) - before) <= 1, 'rows have gone');
  });

  it('keeps its place while one scrolls by small steps over rows never drawn', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(LENGTH) }));
    await scrollTo(view, 0.5);
    for (let step = 0; step < 40; step += 1) {
      const [key = ''] = await view.keysInSight();
      const before = await top(view, key);
      await view.page.locator('.scroll-box').evaluate((box) => {
        box.scrollTop -= 60;
      });
      await view.settled();
      assert.ok(Math.abs((await top(view, key)) - before - 60) <= 1, `step ${step}`);
    }
  });

  it('goes by keyboard over the whole conversation', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(LENGTH) }));
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

  it('is come to by Tab where one reads, and drawn as far as the view grows', async () => {
    const view = await open({ height: 300 });
    await view.snapshot(conversation({ rows: many(LENGTH) }));
    await scrollTo(view, 0.5);
    const stop = view.log.locator('[tabindex="0"]');
    const { y, height } = (await stop.boundingBox()) ?? { y: 0, height: 0 };
    assert.ok(y < 300 && y + height > 0, `it is ${height} px high at ${y}`);
    await view.page.setViewportSize({ width: 400, height: 2_400 });
    await view.settled();
    assert.ok(await isCovered(view));
  });

  it('goes a page at a time, there and back', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(LENGTH) }));
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

  it('keeps the focus and the selection of rows that leave the window', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(LENGTH) }));
    await view.row('m999').focus();
    await view.page.keyboard.press('ArrowUp');
    await view.page.evaluate(() => {
      const body = document.querySelector('[data-message-id="m997"] [data-part="body"]');
      if (body !== null) document.getSelection()?.selectAllChildren(body);
    });
    await view.settled(); // no person scrolls in the frame in which he selects
    await scrollTo(view, 0.3);
    assert.equal(await focused(view), 'm998');
    const selected = await view.page.evaluate(() => document.getSelection()?.toString() ?? '');
    assert.match(selected, /Text of m997\./);
    await view.page.keyboard.press('ArrowUp');
    await view.settled();
    assert.equal(await focused(view), 'm997');
    assert.ok(await isCovered(view));
  });

  it('lets one select across all that one has scrolled over', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(LENGTH) }));
    const extend = (key: string) =>
      view.row(key).evaluate((row) => {
        const body = row.querySelector('[data-part="body"]');
        const selection = document.getSelection();
        if (body === null || selection === null) return;
        if (selection.rangeCount === 0) selection.selectAllChildren(body);
        else selection.extend(body);
      });
    await extend('m999');
    for (let step = 0; step < 8; step += 1) {
      await view.page.locator('.scroll-box').evaluate((box) => {
        box.scrollTop -= 600;
      });
      await view.settled();
      const [key = ''] = await view.keysInSight();
      await extend(key);
    }
    const [last = ''] = await view.keysInSight();
    const text = await view.page.evaluate(() => document.getSelection()?.toString() ?? '');
    for (let index = Number(last.slice(1)) + 1; index < LENGTH - 1; index += 1)
      assert.ok(text.includes(`Text of m${index}.`), `m${index}`);
  });

  it('leads from a quote to a message that is not drawn', async () => {
    const view = await open();
    const rows = [...many(LENGTH), message('q', { quote: { messageKey: 'm20', text: 'old' } })];
    await view.snapshot(conversation({ rows }));
    await view.row('q').locator('.quote').click();
    await view.settled();
    assert.equal(await focused(view), 'm20');
    assert.deepEqual((await view.keysInSight()).includes('m20'), true);
    assert.ok(await isCovered(view));
  });

  it('comes back to a place that is not drawn at first', async () => {
    const first = await open();
    await first.snapshot(conversation({ rows: many(LENGTH) }));
    await scrollTo(first, 0.4);
    const [key = ''] = await first.keysInSight();
    const before = await top(first, key);
    await first.page.waitForFunction(
      () => (window.twinTest.state as { anchor?: unknown } | undefined)?.anchor,
    );
    const second = await open({ state: await first.state() });
    await second.snapshot(conversation({ rows: many(LENGTH) }));
    await second.settled();
    assert.equal(await top(second, key), before);
    assert.ok(await isCovered(second));
  });

  it('presses an answer that is far away, and shows it', async () => {
    const view = await open();
    const asked = message('m10', { answers: ['Yes', 'No'], answersOpen: true });
    const rows = many(LENGTH).map((row) => (row.key === 'm10' ? asked : row));
    await view.snapshot(conversation({ rows }));
    await view.page.keyboard.press('Alt+2');
    const intent = await view.waitForIntent('pressAnswer');
    assert.deepEqual([intent.messageKey, intent.index], ['m10', 1]);
    assert.ok((await view.keysInSight()).includes('m10'));
  });

  it('keeps what one has unfolded while it is out of the window', async () => {
    const view = await open();
    const rows = [...many(LENGTH), message('b', { text: 'word '.repeat(20_000) })];
    await view.snapshot(conversation({ rows }));
    const length = () =>
      view
        .row('b')
        .locator('.plain')
        .evaluate((it) => it.textContent.length);
    await view.page.getByRole('button', { name: /^Show more/ }).click();
    assert.equal(await length(), 53_000);
    await view.page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
    });
    await scrollTo(view, 0);
    assert.equal(await view.row('b').count(), 0);
    await scrollTo(view, 1);
    assert.equal(await length(), 53_000);
  });

  it('keeps a row in which one did something as it is while it is out of the window', async () => {
    const view = await open();
    const answers = Array.from({ length: 60 }, (_, index) => `Answer ${index}`);
    const rows = [...many(LENGTH), message('b', { answers, answersOpen: true })];
    await view.snapshot(conversation({ rows }));
    const drawn = () => view.row('b').locator('.answer').count();
    assert.equal(await drawn(), 50);
    await view.row('b').locator('.link-button').click();
    assert.equal(await drawn(), 60);
    await view.settled();
    await view.page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
    });
    await scrollTo(view, 0);
    assert.equal(await view.row('b').count(), 0);
    await scrollTo(view, 1);
    assert.equal(await drawn(), 60);
  });

  it('becomes one as it grows, and loses nothing of what comes fast', async () => {
    const view = await open();
    const rows: Row[] = many(150);
    await view.snapshot(conversation({ rows }));
    await view.changeFast(Array.from({ length: 400 }, (_, index) => ({ rows: many(151 + index) })));
    await view.row('m549').waitFor();
    assert.equal(await view.row('m549').getAttribute('aria-setsize'), '550');
    assert.ok((await distanceToEnd(view)) <= 1);
    assert.equal((await view.intentsOf('ready')).length, 1, 'no state was lost');
    const text = 'mine';
    await scrollTo(view, 0);
    await view.change({ rows: [...many(550), ownMessage('own', { text })] });
    await view.row('own').waitFor();
    assert.ok((await distanceToEnd(view)) <= 1, 'who writes sees what he wrote');
  });
});
