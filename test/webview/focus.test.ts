import assert from 'node:assert/strict';
import {
  conversation,
  file,
  happening,
  message,
  ownMessage,
  pendingFile,
  problem,
} from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

/** Where the keyboard is: a row's key, or the name of what has the focus. */
const place = (view: ViewPage) =>
  view.page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return null;
    return at.dataset['messageId'] ?? at.getAttribute('aria-label') ?? at.textContent;
  });

const composer = (pending = [pendingFile()]) => ({ draft: { text: '', version: 0 }, pending });

describe('the focus', () => {
  const open = withView();

  it('goes from zone to zone with F6 and back, and at the ends to VS Code', async () => {
    const view = await open();
    await view.snapshot(
      conversation({ connection: 'reconnecting', rows: [message('b'), ownMessage('c')] }),
    );
    await view.page.evaluate(() => {
      const passed: string[] = [];
      Object.assign(window, { passed });
      window.addEventListener('keydown', ({ key }) => {
        if (key === 'F6') passed.push(document.activeElement?.tagName ?? '');
      });
    });
    const seen = [];
    for (const key of ['F6', 'F6', 'F6', 'F6', 'Shift+F6', 'Shift+F6', 'Shift+F6']) {
      await view.page.keyboard.press(key);
      seen.push(await place(view));
    }
    assert.deepEqual(seen, ['Try now', 'c', 'Message', 'Message', 'c', 'Try now', 'Try now']);
    const passed = await view.page.evaluate(
      () => (window as unknown as { passed: string[] }).passed,
    );
    assert.deepEqual(passed, ['VSCODE-TEXT-AREA', 'BUTTON']);
  });

  it('comes back to the row that it had left, by F6 and by Tab', async () => {
    const view = await open();
    const first = message('a', { attachments: [file()] });
    await view.snapshot(conversation({ rows: [first, message('b'), message('c')] }));
    await view.row('c').focus();
    await view.page.keyboard.press('ArrowUp');
    await view.page.keyboard.press('F6');
    await view.page.keyboard.press('Shift+F6');
    assert.equal(await place(view), 'b');
  });

  it('stays in its row when the buttons there go, and nearby when the row goes', async () => {
    const view = await open();
    const failed = ownMessage('c', { delivery: 'failed', problem: problem() });
    await view.snapshot(conversation({ rows: [message('a'), failed, message('d')] }));
    await view.button('Retry').focus();
    await view.page.keyboard.press('Enter');
    await view.change({ rows: [message('a'), ownMessage('c'), message('d')] });
    assert.equal(await place(view), 'c');
    await view.change({ rows: [message('a'), message('d'), message('e')] });
    assert.equal(await place(view), 'd');
    await view.change({ rows: [message('a')] });
    assert.equal(await place(view), 'a');
  });

  it('goes to the text when what has it in the composer goes', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b')], composer: composer() }));
    await view.button('Remove main.ts').focus();
    await view.change({ composer: composer([]) });
    assert.equal(await place(view), 'Message');
    await view.row('b').focus();
    await view.page.keyboard.press('r');
    await view.button('Cancel reply').focus();
    await view.page.keyboard.press('Enter');
    assert.equal(await place(view), 'Message');
  });

  it('goes from file to file as they are removed, and stays with one that is tried again', async () => {
    const view = await open();
    const file = (name: string) => pendingFile({ id: name, name });
    const failed = { ...file('a'), state: 'failed' as const, problem: problem({ step: 'upload' }) };
    const show = (...files: ReturnType<typeof file>[]) =>
      view.change({ composer: composer(files) });
    await view.snapshot(conversation({ composer: composer([failed, file('b'), file('c')]) }));
    await view.button('Remove b').press('Enter');
    await show(failed, file('c'));
    assert.equal(await place(view), 'Remove c');
    await view.page.keyboard.press('Enter');
    await show(failed);
    assert.equal(await place(view), 'Remove a');
    await view.button('Retry a').press('Enter');
    await show({ ...file('a'), state: 'uploading' });
    assert.equal(await place(view), 'Remove a');
    await view.page.keyboard.press('Enter');
    await show();
    assert.equal(await place(view), 'Message');
  });

  it('is not taken from who is in another part of VS Code', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('a'), message('b')] }));
    await view.row('b').and(view.page.locator('[tabindex="0"]')).focus();
    await view.page.evaluate(() => {
      document.hasFocus = () => false;
    });
    await view.change({ rows: [message('a')] });
    assert.equal(await place(view), null);
  });

  it('goes to the welcome when the conversation is deleted, not from another part of VS Code', async () => {
    const view = await open();
    const leave = async () => {
      await view.snapshot(conversation({ rows: [message('b')] }));
      await view.row('b').focus();
      await view.snapshot(null);
      return place(view);
    };
    assert.equal(await leave(), 'Enter a Chat ID');
    await view.page.evaluate(() => {
      document.hasFocus = () => false;
    });
    assert.equal(await leave(), null);
  });

  it('stays in the text when the language changes', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b')] }));
    await view.composer.focus();
    await view.snapshot(conversation({ rows: [message('b')] }), { language: 'ru' });
    assert.equal(await place(view), 'Сообщение');
  });

  it('goes on in the text that is to be edited', async () => {
    const view = await open();
    const row = ownMessage('f', { delivery: 'failed', problem: problem() });
    await view.snapshot(conversation({ rows: [message('b'), row] }));
    await view.button('Edit').press('Enter');
    assert.equal(await place(view), 'Message');
    await view.change({ rows: [message('b')] });
    assert.equal(await place(view), 'Message');
  });

  it('goes to "Start again" at the end, and from there to the new chat', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b')] }));
    await view.composer.focus();
    await view.change({ connection: 'ended' });
    assert.equal(await place(view), 'Start again');
    await view.snapshot(conversation({ key: 'next', connection: 'starting', peer: null }));
    assert.equal(await place(view), 'Message');
  });

  it('leaves a notice that goes, and stays on one whose neighbour changes', async () => {
    const view = await open();
    await view.snapshot(conversation({ connection: 'reconnecting', rows: [message('b')] }));
    await view.button('Try now').focus();
    await view.change({ storageFailed: true });
    assert.equal(await place(view), 'Try now');
    await view.change({ connection: 'online' });
    assert.equal(await place(view), 'Message');
  });

  it('stays on a notice that the clock draws anew', async () => {
    const view = await open({ clock: true });
    const now = Date.now();
    await view.page.clock.install({ time: now });
    await view.page.clock.pauseAt(now + 1_000);
    await view.postOnClock(conversation({ connection: 'reconnecting', expiresAt: now + 180_000 }));
    await view.button('Try now').focus();
    await view.page.clock.runFor(130_000);
    assert.match((await view.page.locator('.notices').textContent()) ?? '', /in 1\sminute/);
    assert.equal(await place(view), 'Try now');
  });

  it('is taken to the text for who comes by keyboard, and never from who has it', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b')] }));
    assert.equal(await place(view), null);
    const come = () => view.page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
    await come();
    assert.equal(await place(view), 'Message');
    await view.row('b').focus();
    await come();
    assert.equal(await place(view), 'b');
    await view.change({
      rows: [message('b'), message('n'), happening('h', { type: 'operatorLeft', name: 'Anna' })],
    });
    assert.equal(await place(view), 'b');
  });

  it('stays where one clicks to come', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b')] }));
    await view.page.evaluate(() => {
      document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      window.dispatchEvent(new FocusEvent('focus'));
    });
    assert.equal(await place(view), null);
  });
});
