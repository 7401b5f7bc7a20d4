import assert from 'node:assert/strict';
import { focused, isCovered, LENGTH, variedRows } from './longList';
import { conversation, message } from './samples';
import { scrollTo, topOf } from './scrolling';
import { withView } from './withView';

describe('a long list, beyond what is drawn of it', () => {
  const open = withView();

  it('leads from a quote to a message that is not drawn', async () => {
    const view = await open();
    const rows = [
      ...variedRows(LENGTH),
      message('q', { quote: { messageKey: 'm20', text: 'old' } }),
    ];
    await view.snapshot(conversation({ rows }));
    await view.row('q').locator('.quote').click();
    await view.settled();
    assert.equal(await focused(view), 'm20');
    assert.deepEqual((await view.keysInSight()).includes('m20'), true);
    assert.ok(await isCovered(view));
  });

  it('comes back to a place that is not drawn at first', async () => {
    const first = await open();
    await first.snapshot(conversation({ rows: variedRows(LENGTH) }));
    await scrollTo(first, 0.4);
    const [key = ''] = await first.keysInSight();
    const before = await topOf(first, key);
    await first.page.waitForFunction(
      () => (window.twinTest.state as { anchor?: unknown } | undefined)?.anchor,
    );
    const second = await open({ state: await first.state() });
    await second.snapshot(conversation({ rows: variedRows(LENGTH) }));
    await second.settled();
    assert.equal(await topOf(second, key), before);
    assert.ok(await isCovered(second));
  });

  it('keeps the focus and the selection of rows that leave the window', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: variedRows(LENGTH) }));
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
    await view.snapshot(conversation({ rows: variedRows(LENGTH) }));
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

  it('keeps what one has unfolded while it is out of the window', async () => {
    const view = await open();
    const rows = [...variedRows(LENGTH), message('b', { text: 'word '.repeat(20_000) })];
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
    const rows = [...variedRows(LENGTH), message('b', { answers, answersOpen: true })];
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
});
