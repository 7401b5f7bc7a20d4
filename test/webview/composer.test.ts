import assert from 'node:assert/strict';
import { conversation, file, message, ownMessage, pendingFile } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const sent = async (view: ViewPage) => (await view.intentsOf('send')).map(({ text }) => text);

describe('the composer', () => {
  const open = withView();

  it('sends with Enter, empties itself, and keeps a line break for Shift+Enter', async () => {
    const view = await open();
    await view.snapshot(conversation());
    await view.composer.pressSequentially('one');
    await view.composer.press('Shift+Enter');
    await view.composer.pressSequentially('two');
    await view.composer.press('Enter');
    assert.deepEqual(await sent(view), ['one\ntwo']);
    assert.equal(await view.composer.inputValue(), '');
  });

  it('sends with Ctrl+Enter only when so set', async () => {
    const view = await open();
    await view.snapshot(conversation(), { sendOn: 'ctrlEnter' });
    await view.composer.pressSequentially('one');
    await view.composer.press('Enter');
    await view.composer.pressSequentially('two');
    assert.deepEqual(await sent(view), []);
    await view.composer.press('Control+Enter');
    assert.deepEqual(await sent(view), ['one\ntwo']);
  });

  it('sends nothing with the Enter that ends an input method', async () => {
    const view = await open();
    await view.snapshot(conversation());
    const client = await view.page.context().newCDPSession(view.page);
    await view.composer.focus();
    await client.send('Input.imeSetComposition', {
      text: 'に',
      selectionStart: 1,
      selectionEnd: 1,
    });
    await view.composer.evaluate((area) => {
      const enter = {
        key: 'Enter',
        code: 'Enter',
        bubbles: true,
        composed: true,
        cancelable: true,
      };
      area.dispatchEvent(new KeyboardEvent('keydown', { ...enter, isComposing: true }));
      const taken = new KeyboardEvent('keydown', enter);
      Object.defineProperty(taken, 'keyCode', { value: 229 });
      area.dispatchEvent(taken);
    });
    assert.deepEqual(await sent(view), []);
    await client.send('Input.insertText', { text: '日本' });
    await view.composer.press('Enter');
    assert.deepEqual(await sent(view), ['日本']);
  });

  it('sends only what there is: text, or a file that has not failed', async () => {
    const view = await open();
    await view.snapshot(conversation());
    const enabled = () => view.send.isEnabled();
    assert.equal(await enabled(), false);
    await view.composer.fill('   ');
    assert.equal(await enabled(), false);
    await view.composer.press('Enter');
    assert.deepEqual(await sent(view), []);
    const composer = (state: 'uploading' | 'failed') => ({
      draft: { text: '', version: 0 },
      pending: [pendingFile({ state })],
    });
    await view.change({ composer: composer('failed') });
    assert.equal(await enabled(), false);
    await view.change({ composer: composer('uploading') });
    assert.equal(await enabled(), true);
    await view.send.click();
    const { attachmentIds } = await view.waitForIntent('send');
    assert.deepEqual(attachmentIds, ['pending-1']);
    assert.equal(await view.page.locator('[data-part="pending-attachment"]').count(), 0);
  });

  it('grows with its text to a third of the view, not farther', async () => {
    const view = await open({ height: 600 });
    await view.snapshot(conversation());
    const height = async () => (await view.composer.boundingBox())?.height ?? 0;
    const small = await height();
    await view.composer.fill('a\nb\nc');
    assert.ok((await height()) > small * 1.5);
    await view.composer.fill('line\n'.repeat(100));
    assert.ok(Math.abs((await height()) - 198) <= 2, `${await height()}`);
  });

  it("takes the host's draft only when its version is new", async () => {
    const view = await open();
    await view.snapshot(
      conversation({ composer: { draft: { text: 'old', version: 1 }, pending: [] } }),
    );
    assert.equal(await view.composer.inputValue(), 'old');
    await view.composer.fill('mine');
    await view.change({
      composer: { draft: { text: 'old', version: 1 }, pending: [pendingFile()] },
    });
    assert.equal(await view.composer.inputValue(), 'mine');
    await view.composer.blur();
    await view.change({ composer: { draft: { text: 'back to edit', version: 2 }, pending: [] } });
    assert.equal(await view.composer.inputValue(), 'back to edit');
  });

  it('recalls what was sent with Up, only in an empty composer', async () => {
    const view = await open();
    const rows = [
      ownMessage('1', { text: 'first' }),
      message('b'),
      ownMessage('2', { text: 'second' }),
      ownMessage('3', { text: '', attachments: [file()] }),
    ];
    await view.snapshot(conversation({ rows }));
    await view.composer.focus();
    for (const key of ['ArrowDown', 'Shift+ArrowUp', 'Control+ArrowUp']) {
      await view.composer.press(key);
      assert.equal(await view.composer.inputValue(), '', key);
    }
    const texts = [];
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown']) {
      await view.composer.press(key);
      texts.push(await view.composer.inputValue());
    }
    assert.deepEqual(texts, ['second', 'first', 'first', 'second', '']);
    await view.composer.press('ArrowUp');
    await view.page.keyboard.type(' more');
    assert.equal(await view.composer.inputValue(), 'second more');
    await view.composer.fill('own words');
    await view.composer.press('ArrowUp');
    assert.equal(await view.composer.inputValue(), 'own words');
  });

  it('takes no text for a recalled one that came from elsewhere', async () => {
    const view = await open();
    const rows = [ownMessage('1', { text: 'first' }), ownMessage('2', { text: 'second' })];
    await view.snapshot(conversation({ rows }));
    await view.composer.press('ArrowUp');
    const draft = { text: 'from another place', version: 1 };
    await view.change({ composer: { draft, pending: [] } });
    await view.composer.press('ArrowUp');
    assert.match(await view.composer.inputValue(), /from another place/);
  });

  it('lets Escape take the reply away, and VS Code have the next', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b')] }));
    await view.page.evaluate(() => {
      window.addEventListener('keydown', ({ key }) => {
        document.title += key === 'Escape' ? '!' : '';
      });
      document.title = '';
    });
    const reply = view.page.locator('[data-part="reply"]');
    await view.row('b').hover();
    await view.button('Reply (R)').click();
    await reply.waitFor();
    await view.page.keyboard.press('Escape');
    await reply.waitFor({ state: 'hidden' });
    assert.equal(await view.page.title(), '');
    await view.page.keyboard.press('Escape');
    assert.equal(await view.page.title(), '!');
  });

  it('answers nobody at Ctrl+R, nor with other keys that are VS Code’s', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('a'), message('b')] }));
    await view.page.evaluate(() => {
      document.title = '';
      window.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.altKey) event.preventDefault(); // Chromium's own
        if (event.key !== 'Control' && event.key !== 'Alt') document.title += event.key;
      });
    });
    await view.log.locator('[tabindex="0"]').focus();
    await view.page.keyboard.press('Control+r');
    await view.page.keyboard.press('Alt+ArrowUp');
    assert.equal(await view.page.title(), 'rArrowUp');
    assert.equal(await view.page.locator('[data-part="reply"]').isVisible(), false);
    await view.row('b').and(view.page.locator(':focus')).waitFor();
  });

  it('is written in where one clicks beside its buttons', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b')] }));
    await view.page.locator('.composer-bar').click();
    await view.page.keyboard.type('here');
    assert.equal(await view.composer.inputValue(), 'here');
  });

  it('is focused when a command asks for it, and never by itself', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { attachments: [file()] })] }));
    const isFocused = () => view.composer.evaluate((area) => area.matches(':focus'));
    assert.equal(await isFocused(), false);
    await view.post({ type: 'focusComposer' });
    assert.equal(await isFocused(), true);
  });
});
