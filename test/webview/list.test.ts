import assert from 'node:assert/strict';
import { conversation, happening, message, ownMessage } from './samples';
import { distanceToEnd } from './scrolling';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const many = (count: number, start = 0) =>
  Array.from({ length: count }, (_, index) => message(`m${start + index}`));

describe('the list of messages', () => {
  const open = withView();

  it('follows patches, and asks for a snapshot after a gap, once', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(2) }));
    await view.change({ rows: [...many(2), ownMessage('c')] });
    assert.equal(await view.log.getByRole('article').count(), 3);
    view.skipRevision();
    await view.change({ rows: many(4) });
    await view.change({ rows: many(5) });
    assert.equal((await view.intentsOf('ready')).length, 2);
    assert.equal(
      await view.log.getByRole('article').count(),
      3,
      'nothing is drawn from half a state',
    );
    await view.snapshot(conversation({ rows: many(5) }));
    assert.equal(await view.log.getByRole('article').count(), 5);
    await view.change({ rows: many(6) });
    assert.equal(await view.log.getByRole('article').count(), 6);
  });

  it('asks for a snapshot when a patch names a row that it does not have', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(1) }));
    await view.post({
      type: 'patch',
      revision: 2,
      patch: { fields: {}, rows: { changed: [], order: { from: 0, keys: ['nobody'] } } },
    });
    assert.equal((await view.intentsOf('ready')).length, 2);
  });

  it('keeps the elements of rows, and the focus, through changes and snapshots', async () => {
    const view = await open();
    const rows = [message('b', { answers: ['Yes'], answersOpen: true }), ownMessage('c')];
    await view.snapshot(conversation({ rows }));
    await view.row('b').evaluate((row) => {
      (row as HTMLElement).dataset['mine'] = 'kept';
    });
    await view.button('Yes').focus();
    await view.change({
      rows: [...rows.slice(0, 1), ownMessage('c', { delivery: 'read' }), message('n')],
    });
    await view.snapshot(conversation({ rows: [...rows, message('n', { text: 'changed' })] }));
    assert.equal(await view.row('b').getAttribute('data-mine'), 'kept');
    assert.equal(await view.button('Yes').evaluate((it) => it === document.activeElement), true);
    assert.equal(await view.row('n').locator('[data-part="body"]').textContent(), 'changed');
  });

  it('draws the rows in the order of the state', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('1'), message('3')] }));
    await view.change({ rows: [message('1'), message('2'), message('3')] });
    const keys = () =>
      view.log
        .locator('article')
        .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['messageId']));
    assert.deepEqual(await keys(), ['1', '2', '3']);
    await view.change({ rows: [message('3'), message('1')] });
    assert.deepEqual(await keys(), ['3', '1']);
  });

  it('has 200 messages in the page, all of them', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(200) }));
    assert.equal(await view.log.getByRole('article').count(), 200);
  });

  it('stays at the end for who is there, also when the window shrinks', async () => {
    const view = await open({ height: 400 });
    await view.snapshot(conversation({ rows: many(30) }));
    assert.ok((await distanceToEnd(view)) <= 1);
    await view.change({ rows: many(40) });
    assert.ok((await distanceToEnd(view)) <= 1);
    await view.page.setViewportSize({ width: 300, height: 300 });
    await view.composer.fill('one\ntwo\nthree');
    await atEnd(view); // once the composer has grown
  });

  it('stays at the end when rows above and below grow before the next frame', async () => {
    const view = await open({ height: 400 });
    await view.snapshot(conversation({ rows: many(30) }));
    await view.settled();
    await view.page.evaluate(async () => {
      const rows = [...document.querySelectorAll<HTMLElement>('.log > article')];
      for (const row of [rows[0], rows.at(-1)]) if (row) row.style.paddingBottom = '200px';
      document.querySelector('.scroll-box')?.scrollTo(0, 0);
      await new Promise(requestAnimationFrame);
    });
    await atEnd(view);
  });

  it('keeps the place of who reads above, and says how many are new', async () => {
    const view = await open({ height: 400 });
    await view.snapshot(conversation({ rows: many(30) }));
    await view.settled(); // a scroll in the frame that the list grows in would not be the person's
    await view.row('m10').evaluate((row) => {
      row.scrollIntoView({ block: 'start' });
    });
    await view.settled();
    const top = async () => (await view.row('m10').boundingBox())?.y;
    const before = await top();
    await view.change({ rows: [...many(32), happening('h', { type: 'operatorRequested' })] });
    assert.equal(await top(), before);
    await view.button('2 new messages').click();
    assert.ok((await distanceToEnd(view)) <= 1);
    await view.button('2 new messages').waitFor({ state: 'hidden' });
  });

  it('goes to what one has sent', async () => {
    const view = await open({ height: 400 });
    await view.snapshot(conversation({ rows: many(30) }));
    await view.row('m10').evaluate((row) => {
      row.scrollIntoView({ block: 'start' });
    });
    await view.change({ rows: [...many(30), ownMessage('c')] });
    assert.ok((await distanceToEnd(view)) <= 1);
  });

  it('comes back to the place one had scrolled to', async () => {
    const first = await open({ height: 400 });
    await first.snapshot(conversation({ rows: many(40) }));
    await first.page.locator('.scroll-box').evaluate((box) => {
      box.scrollTop = 321;
    });
    await first.page.waitForFunction(
      () => (window.twinTest.state as { anchor?: unknown } | undefined)?.anchor,
    );
    const second = await open({ height: 400, state: await first.state() });
    await second.snapshot(conversation({ rows: many(40) }));
    const top = await second.page.locator('.scroll-box').evaluate((box) => box.scrollTop);
    assert.ok(Math.abs(top - 321) <= 1, `${top}`);
    assert.ok(await second.page.locator('.new-messages').isHidden(), 'nothing of it is new');
  });

  it('comes back to the end for who was there, whatever has come meanwhile', async () => {
    const first = await open({ height: 400 });
    await first.snapshot(conversation({ rows: many(40) }));
    await first.page.evaluate(() => window.dispatchEvent(new Event('blur')));
    const second = await open({ height: 400, state: await first.state() });
    await second.snapshot(conversation({ rows: many(60) }));
    assert.ok((await distanceToEnd(second)) <= 1);
  });

  it('tells that the newest message of the other side was seen, when it is', async () => {
    const view = await open({ height: 400 });
    await view.snapshot(conversation({ rows: [...many(30), ownMessage('c')] }));
    assert.equal((await view.waitForIntent('seen')).messageKey, 'm29');
    await view.settled(); // a scroll in the frame that the list grows in would not be the person's
    await view.row('m0').evaluate((row) => {
      row.scrollIntoView();
    });
    await view.settled();
    await view.change({ rows: [...many(30), ownMessage('c'), message('n')] });
    await view.button('1 new message').waitFor();
    assert.equal((await view.intentsOf('seen')).length, 1, 'it is out of sight');
    await view.button('1 new message').click();
    assert.equal((await view.waitForIntent('seen', 2)).messageKey, 'n');
    for (const key of ['m0', 'n']) {
      await view.row(key).evaluate((row) => {
        row.scrollIntoView();
      });
      await view.settled();
    }
    assert.equal((await view.intentsOf('seen')).length, 2, 'once for each');
  });

  it('takes nothing for seen in a window that is not to be seen', async () => {
    const view = await open();
    const show = (state: DocumentVisibilityState) =>
      view.page.evaluate((now) => {
        Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await show('hidden');
    await view.snapshot(conversation({ rows: [message('b')] }));
    await view.settled();
    assert.deepEqual(await view.intentsOf('seen'), []);
    await show('visible');
    assert.equal((await view.waitForIntent('seen')).messageKey, 'b');
  });

  it('is one tab stop, with arrows, Home and End from row to row', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(4) }));
    assert.deepEqual(
      await view.log
        .locator('[tabindex="0"]')
        .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['messageId'])),
      ['m3'],
    );
    await view.row('m3').focus();
    const seen = [];
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowDown', 'Home', 'ArrowUp', 'End']) {
      await view.page.keyboard.press(key);
      seen.push(
        await view.page.evaluate(
          () => (document.activeElement as HTMLElement).dataset['messageId'],
        ),
      );
    }
    assert.deepEqual(seen, ['m2', 'm1', 'm2', 'm0', 'm0', 'm3']);
    assert.equal(await view.log.locator('[tabindex="0"]').count(), 1);
  });

  it('folds a text that is too long to be laid out', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { text: 'word '.repeat(200_000) })] }));
    const length = () =>
      view
        .row('b')
        .locator('[data-part="body"] .plain')
        .evaluate((it) => it.textContent.length);
    assert.equal(await length(), 3_000);
    await view.page.getByRole('button', { name: /^Show more/ }).click();
    assert.equal(await length(), 53_000);
  });

  it('starts another conversation without what was of the last', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(3) }));
    const old = await view.row('m0').elementHandle();
    await view.snapshot(conversation({ key: 'conversation-2', rows: [message('m0')] }));
    assert.equal(await view.log.getByRole('article').count(), 1);
    assert.ok(await view.row('m0').evaluate((row, before) => row !== before, old));
    await view.snapshot(null);
    assert.equal(await view.log.count(), 0);
  });
});

/** Waits until the newest is in sight: the box grows and shrinks with what stands around it. */
async function atEnd(view: ViewPage): Promise<void> {
  await view.page.waitForFunction(() => {
    const box = document.querySelector('.scroll-box');
    return box !== null && box.scrollHeight - box.scrollTop - box.clientHeight <= 1;
  });
}
