import assert from 'node:assert/strict';
import type { Row } from '../../src/shared/conversation';
import { conversation, file, happening, message, ownMessage } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const bar = (view: ViewPage) => view.page.locator('[data-part="find"]');
const input = (view: ViewPage) => view.page.getByRole('textbox', { name: 'Find in the' });
const count = (view: ViewPage) => bar(view).locator('.find-count').textContent();

const untilCount = (view: ViewPage, words: string) =>
  bar(view).locator('.find-count', { hasText: words }).waitFor();

/** What is coloured on the page, by the name of its colour. */
const coloured = (view: ViewPage, name: 'twin-find' | 'twin-find-current') =>
  view.page.evaluate(
    (highlight) =>
      [...(CSS.highlights.get(highlight) ?? [])].map((range) => {
        const live = document.createRange();
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
        const row = live.startContainer.parentElement?.closest('article')?.dataset['messageId'];
        return `${row}: ${live.toString()}`;
      }),
    name,
  );

const find = async (view: ViewPage, text: string) => {
  await view.page.keyboard.press('Control+f');
  await input(view).fill(text);
};

const many = (size: number): readonly Row[] =>
  Array.from({ length: size }, (_, index) =>
    message(`m${index}`, { text: index % 100 === 7 ? `the needle ${index}` : `hay ${index}` }),
  );

const again = (row: Row): Row => ({ ...row, key: `${row.key} again` });

describe('find in the conversation', () => {
  const open = withView();

  it('finds in the whole history, goes round, and says where it is', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(10_000) }));
    await find(view, 'NEEDLE');
    await untilCount(view, '100 of 100');
    assert.deepEqual(await coloured(view, 'twin-find-current'), ['m9907: needle']);
    await view.page.keyboard.press('Enter');
    await untilCount(view, '1 of 100');
    assert.deepEqual(await coloured(view, 'twin-find-current'), ['m7: needle']);
    await view.row('m7').locator('[data-part="body"]').waitFor();
    assert.ok(await inSight(view, 'm7'));
    await view.page.keyboard.press('F3');
    await view.button('Next match (Enter)').click();
    await view.page.keyboard.press('Shift+F3');
    assert.equal(await count(view), '2 of 100');
    await input(view).press('Shift+Enter');
    await input(view).press('Shift+Enter');
    assert.equal(await count(view), '100 of 100');
    assert.ok(await inSight(view, 'm9907'));
    assert.deepEqual(
      (await view.spoken()).filter((words) => words.includes(' of 100')),
      [100, 1, 2, 3, 2, 1, 100].map((at) => `${at} of 100. the needle ${(at - 1) * 100 + 7}`),
    );
  });

  it('looks through a long history in turns: the view goes on between them', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(300) }));
    await view.page.keyboard.press('Control+f');
    const found = await input(view).evaluate((it: HTMLInputElement) => {
      let now = performance.now();
      performance.now = () => (now += 1); // every row takes its time
      it.value = 'needle';
      it.dispatchEvent(new Event('input'));
      return document.querySelector('.find-count')?.textContent;
    });
    assert.equal(found, '');
    await untilCount(view, '3 of 3');
  });

  it('begins with what is in sight', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(200) }));
    await view.row('m3').evaluate((row) => {
      row.scrollIntoView({ block: 'start' });
    });
    await find(view, 'needle');
    await untilCount(view, '1 of 2');
  });

  it('finds words as they are read: over marks, not in marks, in names of files and answers', async () => {
    const view = await open();
    const rows = [
      message('b', {
        text: 'A **very bold** word, [a link](https://needle.example)\n\n```ts\nconst needle = 1;\n```\n\n| very | bold |\n|-|-|\n| x | needle |',
        attachments: [file({ name: 'needle.pdf' })],
        answers: ['A needle', 'No'],
        answersOpen: true,
      }),
      ownMessage('c', { text: 'needle & <b>needle</b> 1 < 2' }),
      happening('h', { type: 'operatorAssigned', name: 'Needle' }),
    ];
    await view.snapshot(conversation({ rows }));
    await find(view, 'needle');
    await untilCount(view, 'of 7');
    assert.deepEqual(await coloured(view, 'twin-find'), [
      'b: needle',
      'b: needle',
      'b: needle',
      'b: needle',
      'c: needle',
      'c: needle',
      'h: Needle',
    ]);
    for (const [words, found] of [
      ['very bold word', ['b: very bold word']],
      ['a link', ['b: a link']],
      ['link) needle', []],
      ['bold x', []],
      ['**', []],
      ['ts', []],
      ['a[', []],
      ['1 < 2', ['c: 1 < 2']],
    ] as const) {
      await input(view).fill(words);
      await untilCount(view, found.length === 0 ? 'No results' : '1 of 1');
      assert.deepEqual(await coloured(view, 'twin-find'), found, words);
      const isMarked = await bar(view).evaluate((it) => it.classList.contains('none'));
      assert.equal(isMarked, found.length === 0, words);
    }
  });

  it('takes the nearest one: after where one is, else before; the last of its row then', async () => {
    const view = await open();
    const twice = message('twice', { text: 'a needle, a pin, a needle' });
    await view.snapshot(conversation({ rows: [twice, ...many(99).slice(8)] }));
    await find(view, 'needle');
    await untilCount(view, '2 of 2');
    // Where one went is where the next search begins.
    await view.snapshot(
      conversation({ key: 'other', rows: [...many(99), ...many(99).map(again)] }),
    );
    await view.page.keyboard.press('Shift+F3');
    await untilCount(view, '1 of 2');
    await input(view).fill('the needle');
    await untilCount(view, '1 of 2');
  });

  it('counts what arrives, without going there, and colours what is drawn anew', async () => {
    const view = await open();
    const rows = many(200);
    await view.snapshot(conversation({ rows }));
    await view.row('m100').evaluate((row) => {
      row.scrollIntoView({ block: 'start' });
    });
    await find(view, 'needle');
    await untilCount(view, '2 of 2');
    const top = async () => (await view.row('m107').boundingBox())?.y ?? 0;
    const before = await top();
    await view.change({ rows: [...rows, message('new', { text: 'a needle' })] });
    await untilCount(view, '2 of 3');
    assert.ok(Math.abs((await top()) - before) < 1);
    assert.deepEqual(await coloured(view, 'twin-find-current'), ['m107: needle']);
    await view.change({
      rows: [...rows.map((row) => (row.key === 'm107' ? message('m107', { text: 'hay' }) : row))],
    });
    await untilCount(view, '1 of 1');
    assert.deepEqual(await coloured(view, 'twin-find-current'), ['m7: needle']);
    assert.equal((await view.spoken()).filter((words) => words.includes(' of ')).length, 1);
  });

  it('marks the row of what is found in it as it is read, where it is shown as it came', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { text: 'a **nee**dle' })] }));
    await view.row('b').focus();
    await view.row('b').getByRole('button', { name: 'Show as it came' }).click();
    await find(view, 'needle');
    await untilCount(view, '1 of 1');
    const isMarked = () => view.row('b').evaluate((row) => row.classList.contains('revealed'));
    assert.ok(await isMarked());
    await input(view).fill('nee*');
    await untilCount(view, 'No');
    assert.ok(!(await isMarked()));
  });

  it('is led to a message that the host has found, however far it is', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(1_000) }));
    assert.equal(await view.row('m7').count(), 0);
    await view.post({ type: 'showMessage', messageKey: 'm7' });
    await view.page.locator('article.revealed:focus[data-message-id="m7"]').waitFor();
    assert.ok((await view.keysInSight()).includes('m7'));
    await view.post({ type: 'showMessage', messageKey: 'gone' });
    assert.ok((await view.keysInSight()).includes('m7'));
  });

  it('closes with Escape, and the focus is back where it was', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(20) }));
    await view.composer.click();
    await view.page.keyboard.type('draft');
    await find(view, 'needle');
    await untilCount(view, '1 of 1');
    await view.page.keyboard.press('Escape');
    await bar(view).waitFor({ state: 'hidden' });
    await view.change({ rows: [...many(20), message('new', { text: 'a needle' })] });
    await view.settled();
    assert.deepEqual(await coloured(view, 'twin-find'), []);
    assert.deepEqual(await coloured(view, 'twin-find-current'), []);
    await view.change({ rows: many(20) });
    await view.page.keyboard.type(' goes on');
    assert.equal(await view.composer.inputValue(), 'draft goes on');
    await view.page.keyboard.press('Control+f');
    assert.equal(await input(view).inputValue(), 'needle');
    assert.equal(await count(view), '1 of 1');
    await view.button('Close (Escape)').click();
    assert.equal(
      await view.page.evaluate(() => document.activeElement?.tagName),
      'VSCODE-TEXT-AREA',
    );
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

  it('leaves room for what is looked for, and all that is beside it, at 220 px', async () => {
    const view = await open({ width: 220 });
    await view.snapshot(conversation({ rows: many(200) }));
    await find(view, 'the needle 107');
    await untilCount(view, '1 of 1');
    assert.ok(await input(view).evaluate((it) => it.scrollWidth <= it.clientWidth));
    const outer = (await bar(view).boundingBox()) ?? assert.fail();
    const close = (await view.button('Close (Escape)').boundingBox()) ?? assert.fail();
    assert.ok(close.x + close.width <= outer.x + outer.width && outer.x >= 0);
  });

  it('begins with what is selected, if it is on one line, and anew where it is open', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [...many(8), message('b', { text: 'one\n\ntwo' })] }));
    const select = (key: string) =>
      view.row(key).evaluate((row) => {
        const body = row.querySelector('[data-part="body"]');
        if (body !== null) document.getSelection()?.selectAllChildren(body);
      });
    await select('m7');
    await view.page.keyboard.press('Control+f');
    assert.equal(await input(view).inputValue(), 'the needle 7');
    await untilCount(view, '1 of 1');
    await view.page.keyboard.press('Control+f');
    await view.page.keyboard.type('hay');
    assert.equal(await input(view).inputValue(), 'hay');
    await select('b');
    await view.page.keyboard.press('Control+f');
    assert.equal(await input(view).inputValue(), 'hay');
  });

  it('leaves alone the keys of an input method, and Escape elsewhere', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(200) }));
    await find(view, 'needle');
    await untilCount(view, '2 of 2');
    await input(view).evaluate((it) => {
      for (const key of ['Enter', 'Escape'])
        it.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true }));
    });
    await view.composer.press('Escape');
    assert.equal(await count(view), '2 of 2');
    assert.ok(await bar(view).isVisible());
  });

  it('gives the focus to what was found, or to the text, when the row that had it has gone', async () => {
    const view = await open();
    const rows = many(20);
    const focusAfter = async (words: string, counted: string) => {
      await view.change({ rows });
      await view.log.locator('[tabindex="0"]').focus();
      await view.page.keyboard.press('End');
      await find(view, words);
      await untilCount(view, counted);
      await view.change({ rows: rows.filter(({ key }) => key !== 'm19') });
      await view.page.keyboard.press('Escape');
      return view.page.evaluate(() => {
        const { activeElement: it } = document;
        return it instanceof HTMLElement ? (it.dataset['messageId'] ?? it.tagName) : null;
      });
    };
    await view.snapshot(conversation());
    assert.equal(await focusAfter('needle', '1 of 1'), 'm7');
    assert.equal(await focusAfter('nowhere', 'No results'), 'VSCODE-TEXT-AREA');
    await view.page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await view.post({ type: 'find' });
    await view.page.keyboard.press('Escape');
    await view.page.keyboard.type('draft');
    assert.equal(await view.composer.inputValue(), 'draft', 'nothing had it before');
  });

  it('scrolls nothing but the list', async () => {
    const view = await open();
    // The last one cannot be brought into the middle of the list.
    const rows = [...many(60).slice(8), message('last', { text: 'a needle' })];
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

  it('opens by the host’s command, with Cmd+F on macOS, and not without a conversation', async () => {
    const view = await open({ mac: true });
    await view.snapshot(conversation({ rows: [] }));
    await view.post({ type: 'find' });
    assert.ok(await bar(view).isHidden());
    await view.snapshot(conversation({ rows: many(20) }));
    await view.page.keyboard.press('Control+f');
    assert.ok(await bar(view).isHidden());
    await view.page.keyboard.press('Meta+f');
    await input(view).waitFor();
    await view.page.keyboard.press('Escape');
    await view.post({ type: 'find' });
    assert.ok(await input(view).evaluate((it) => it === document.activeElement));
  });

  it('opens by the key of the letter F in any layout', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: many(20) }));
    await view.page.evaluate(() => {
      const key = { key: 'а', code: 'KeyF', ctrlKey: true, bubbles: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', key));
    });
    await input(view).waitFor();
  });
});

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

async function inSight(view: ViewPage, key: string): Promise<boolean> {
  const row = await view.row(key).boundingBox();
  const list = await view.page.locator('.scroll-box').boundingBox();
  return row !== null && list !== null && row.y >= list.y && row.y < list.y + list.height;
}
