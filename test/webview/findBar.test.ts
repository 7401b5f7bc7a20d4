import assert from 'node:assert/strict';
import { bar, coloured, count, find, haystack, input, untilCount } from './finding';
import { conversation, message } from './samples';
import { withView } from './withView';

describe('the find bar', () => {
  const open = withView();

  it('opens by the host’s command, with Cmd+F on macOS, and not without a conversation', async () => {
    const view = await open({ mac: true });
    await view.snapshot(conversation({ rows: [] }));
    await view.post({ type: 'find' });
    assert.ok(await bar(view).isHidden());
    await view.snapshot(conversation({ rows: haystack(20) }));
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
    await view.snapshot(conversation({ rows: haystack(20) }));
    await view.page.evaluate(() => {
      const key = { key: 'а', code: 'KeyF', ctrlKey: true, bubbles: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', key));
    });
    await input(view).waitFor();
  });

  it('begins with what is selected, if it is on one line, and anew where it is open', async () => {
    const view = await open();
    await view.snapshot(
      conversation({ rows: [...haystack(8), message('b', { text: 'one\n\ntwo' })] }),
    );
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

  it('closes with Escape, and the focus is back where it was', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: haystack(20) }));
    await view.composer.click();
    await view.page.keyboard.type('draft');
    await find(view, 'needle');
    await untilCount(view, '1 of 1');
    await view.page.keyboard.press('Escape');
    await bar(view).waitFor({ state: 'hidden' });
    await view.change({ rows: [...haystack(20), message('new', { text: 'a needle' })] });
    await view.settled();
    assert.deepEqual(await coloured(view, 'twin-find'), []);
    assert.deepEqual(await coloured(view, 'twin-find-current'), []);
    await view.change({ rows: haystack(20) });
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

  it('gives the focus to what was found, or to the text, when the row that had it has gone', async () => {
    const view = await open();
    const rows = haystack(20);
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

  it('leaves alone the keys of an input method, and Escape elsewhere', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: haystack(200) }));
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

  it('leaves room for what is looked for, and all that is beside it, at 220 px', async () => {
    const view = await open({ width: 220 });
    await view.snapshot(conversation({ rows: haystack(200) }));
    await find(view, 'the needle 107');
    await untilCount(view, '1 of 1');
    assert.ok(await input(view).evaluate((it) => it.scrollWidth <= it.clientWidth));
    const outer = (await bar(view).boundingBox()) ?? assert.fail();
    const close = (await view.button('Close (Escape)').boundingBox()) ?? assert.fail();
    assert.ok(close.x + close.width <= outer.x + outer.width && outer.x >= 0);
  });
});
