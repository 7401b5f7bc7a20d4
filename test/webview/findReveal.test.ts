import assert from 'node:assert/strict';
import type { Row } from '../../src/shared/conversation';
import { bar, find, haystack, input, untilCount } from './finding';
import { conversation, file, message } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const again = (row: Row): Row => ({ ...row, key: `${row.key} again` });

/** The class of the element that the current match is in. */
const currentPlace = (view: ViewPage) =>
  view.page.evaluate(() => {
    const [range] = CSS.highlights.get('twin-find-current') ?? [];
    return range?.startContainer.parentElement?.className;
  });

/** The file in whose name the current match is. */
const currentFile = (view: ViewPage) =>
  view.page.evaluate(() => {
    const [range] = CSS.highlights.get('twin-find-current') ?? [];
    return range?.startContainer.parentElement?.closest('[aria-label]')?.ariaLabel;
  });

/** Whether the current match is to be seen. */
const currentInSight = (view: ViewPage) =>
  view.page.evaluate(() => {
    const [range] = CSS.highlights.get('twin-find-current') ?? [];
    const box = document.querySelector('.scroll-box')?.getBoundingClientRect();
    if (range === undefined || box === undefined) return false;
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    const { top, bottom } = live.getBoundingClientRect();
    return top >= box.top && bottom <= box.bottom;
  });

describe('find as it goes to a match', () => {
  const open = withView();

  it('begins with what is in sight', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: haystack(200) }));
    await view.row('m3').evaluate((row) => {
      row.scrollIntoView({ block: 'start' });
    });
    await find(view, 'needle');
    await untilCount(view, '1 of 2');
  });

  it('takes the nearest one: after where one is, else before; the last of its row then', async () => {
    const view = await open();
    const twice = message('twice', { text: 'a needle, a pin, a needle' });
    await view.snapshot(conversation({ rows: [twice, ...haystack(99).slice(8)] }));
    await find(view, 'needle');
    await untilCount(view, '2 of 2');
    // Where one went is where the next search begins.
    await view.snapshot(
      conversation({ key: 'other', rows: [...haystack(99), ...haystack(99).map(again)] }),
    );
    await view.page.keyboard.press('Shift+F3');
    await untilCount(view, '1 of 2');
    await input(view).fill('the needle');
    await untilCount(view, '1 of 2');
  });

  it('is led to a message that the host has found, however far it is', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: haystack(1_000) }));
    assert.equal(await view.row('m7').count(), 0);
    await view.post({ type: 'showMessage', messageKey: 'm7' });
    await view.page.locator('article.revealed:focus[data-message-id="m7"]').waitFor();
    assert.ok((await view.keysInSight()).includes('m7'));
    await view.post({ type: 'showMessage', messageKey: 'gone' });
    assert.ok((await view.keysInSight()).includes('m7'));
  });

  for (const [what, text] of [
    ['a long text', `${'hay\n\n'.repeat(300)}*hay* the very needle`],
    ['long code', `Here:\n\n\`\`\`\n${'hay();\n'.repeat(400)}the very needle\n\`\`\``],
    ['code with words below', `\`\`\`\n${'a\n'.repeat(35)}the very needle\n\`\`\`\n\nvery needle`],
    ['a line of 200 kB', `${'hay '.repeat(50_000)}the very needle`],
    ['a very long text', `${'hay *hay*\n\n'.repeat(9_000)}the very needle`],
    [
      'code in a long text',
      `${'hay\n\n'.repeat(300)}\`\`\`\n${'x\n'.repeat(800)}the very needle\n\`\`\``,
    ],
  ] as const)
    it(`unfolds ${what} for what is found in it, and leaves the focus alone`, async () => {
      const view = await open();
      const attachments = [file({ name: 'very needle.pdf' })];
      await view.snapshot(
        conversation({ rows: [message('long', { text, attachments }), message('b')] }),
      );
      await find(view, 'very needle');
      await untilCount(view, '1 of');
      await view.page.waitForFunction(
        () => [...(CSS.highlights.get('twin-find-current') ?? [])].length === 1,
      );
      const before = await view.page.evaluate(() => {
        const [range] = CSS.highlights.get('twin-find-current') ?? [];
        const live = document.createRange();
        if (range === undefined) return '';
        live.setStart(range.startContainer, Math.max(0, range.startOffset - 4));
        live.setEnd(range.startContainer, range.startOffset);
        return `${live.toString()}|${document.activeElement?.className}`;
      });
      assert.equal(before, 'the |find-input');
      await view.settled();
      assert.ok(await currentInSight(view));
    });

  it('knows a match in a folded text from one in the name of a file', async () => {
    const view = await open();
    const text = `needle\n\n${'hay\n\n'.repeat(300)}needle`;
    const attachments = [file({ name: 'needle.pdf' })];
    await view.snapshot(conversation({ rows: [message('long', { text, attachments })] }));
    await find(view, 'needle');
    await untilCount(view, '1 of 3');
    await view.page.keyboard.press('Shift+Enter');
    await untilCount(view, '3 of 3');
    assert.equal(await view.button('Show more').count(), 1, 'nothing to unfold');
    assert.match((await currentPlace(view)) ?? '', /^file-name/);
    await view.page.keyboard.press('Shift+Enter');
    await untilCount(view, '2 of 3');
    await view.row('long').locator('.piece', { hasText: 'needle' }).nth(1).waitFor();
    await view.settled();
    assert.equal(await view.button('Show more').count(), 0);
    assert.ok(await currentInSight(view));
    await view.button('Show less').click();
    assert.equal(await view.button('Show more').count(), 1, 'folded again, it stays so');
    const files = ['needle.txt', 'needle.md'].map((name) => file({ key: name, name }));
    const all = { text: 'needle', attachments: files };
    await view.snapshot(conversation({ key: 'short', rows: [message('short', all)] }));
    await untilCount(view, '1 of 3');
    assert.equal(await currentPlace(view), '', 'in the text');
    await input(view).press('Enter');
    await untilCount(view, '2 of 3');
    assert.equal(await currentFile(view), 'needle.txt');
    await view.page.keyboard.press('Enter');
    await untilCount(view, '3 of 3');
    assert.equal(await currentFile(view), 'needle.md');
  });

  it('goes to the very words in a long message', async () => {
    const view = await open({ height: 500 });
    // Higher than the window, and not so long that it is folded.
    const text = `${'hay\n\n'.repeat(22)}needle`;
    await view.snapshot(conversation({ rows: [message('long', { text }), message('b')] }));
    await find(view, 'needle');
    await untilCount(view, '1 of 1');
    const { top, bottom } = await view
      .row('long')
      .locator('p', { hasText: 'needle' })
      .evaluate((it) => {
        const box = it.getBoundingClientRect();
        return { top: box.top, bottom: box.bottom };
      });
    assert.ok(top > 40 && bottom < 440, `${top} to ${bottom}`);
  });

  it('goes to no words below the bar itself', async () => {
    const view = await open({ height: 500, width: 220 });
    // Higher than the window, so that one of its lines comes to lie there.
    const text = 'needle\n\n'.repeat(22);
    await view.snapshot(conversation({ rows: [message('long', { text }), message('b')] }));
    await find(view, 'needle');
    await untilCount(view, '1 of 22');
    const box = (await bar(view).boundingBox()) ?? assert.fail();
    const bottom = box.y + box.height;
    for (let place = 2; place <= 22; place += 1) {
      await view.page.keyboard.press('Enter');
      await untilCount(view, `${place} of 22`);
      const top = await view.page.evaluate(() => {
        const [range] = CSS.highlights.get('twin-find-current') ?? [];
        return range?.startContainer.parentElement?.getBoundingClientRect().top ?? 0;
      });
      assert.ok(top >= bottom, `${place} at ${top}`);
    }
  });

  it('scrolls nothing but the list', async () => {
    const view = await open();
    // The last one cannot be brought into the middle of the list.
    const rows = [...haystack(60).slice(8), message('last', { text: 'a needle' })];
    await view.snapshot(conversation({ rows }));
    await view.page.evaluate(() => {
      document.body.append(
        Object.assign(document.createElement('pre'), { textContent: '\n'.repeat(20) }),
      );
    });
    await find(view, 'needle');
    await untilCount(view, '1 of 1');
    assert.equal((await view.page.locator('#root').boundingBox())?.y, 0);
  });
});
