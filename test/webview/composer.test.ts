import assert from 'node:assert/strict';
import { loads, png } from './pictures';
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

  it('saves the draft again and again while one types, and at once when the view goes', async () => {
    const view = await open();
    await view.snapshot(conversation());
    await view.composer.focus();
    await view.page.clock.install();
    await view.page.clock.pauseAt(Date.now() + 60_000);
    for (const key of 'draft') {
      await view.composer.press(key);
      await view.page.clock.runFor(100);
    }
    const saved = async () => (await view.intentsOf('saveDraft')).map(({ text }) => text);
    assert.deepEqual(await saved(), ['dra']);
    await view.page.clock.runFor(100);
    assert.deepEqual(await saved(), ['dra', 'draft']);
    await view.composer.press('!');
    await view.page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide')));
    assert.deepEqual(await saved(), ['dra', 'draft', 'draft!']);
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

  it('takes what another view has written, before what is typed here and not saved', async () => {
    const view = await open();
    const written = (text: string, edit: number) => ({
      composer: { draft: { text, version: 0, edit }, pending: [] },
    });
    await view.snapshot(conversation(written('Hello', 4)));
    await view.change(written('Hello there', 7));
    assert.equal(await view.composer.inputValue(), 'Hello there');
    await view.composer.press('End');
    await view.page.clock.install();
    await view.page.clock.pauseAt(Date.now() + 60_000);
    await view.composer.press('!'); // and the time has not come to save it
    await view.postOnClock(conversation(written('Hello there, you', 9)));
    assert.equal(await view.composer.inputValue(), 'Hello there, you!');
    await view.page.clock.resume();
    await view.composer.blur();
    const { text, edit, after } = await view.waitForIntent('saveDraft');
    assert.deepEqual([text, after, edit > 9], ['Hello there, you!', 9, true]);
    await view.change(written('Hello there, you!', edit));
    await view.composer.press('!');
    await view.change(written('', edit + 1)); // sent over there
    assert.equal(await view.composer.inputValue(), '!');
  });

  it('comes back with the text, the caret and the reply it had', async () => {
    const rows = [message('b')];
    const first = await open();
    await first.snapshot(conversation({ rows }));
    await first.row('b').focus();
    await first.page.keyboard.press('r');
    await first.composer.fill('half a thought');
    await first.composer.press('Home');
    await first.composer.press('ArrowRight');
    await first.composer.blur();
    const second = await open({ state: await first.state() });
    await second.snapshot(conversation({ rows }));
    assert.equal(await second.composer.inputValue(), 'half a thought');
    await second.composer.focus();
    await second.page.keyboard.type('X');
    assert.equal(await second.composer.inputValue(), 'hXalf a thought');
    assert.match(
      (await second.page.locator('[data-part="reply"]').textContent()) ?? '',
      /Text of b/,
    );
  });

  it('knows by their edits which is newer after a reload: its own copy, or what the host has', async () => {
    const draft = (text: string, edit: number) =>
      conversation({ composer: { draft: { text, version: 0, edit }, pending: [] } });
    const first = await open();
    await first.snapshot(draft('', 0));
    await first.composer.pressSequentially('hel');
    const old = await first.state();
    await first.composer.pressSequentially('lo');
    await first.composer.blur();
    const last = (await first.intentsOf('saveDraft')).at(-1);
    assert.deepEqual([last?.text, last?.edit], ['hello', 5]);
    // VS Code has brought an older copy back.
    const second = await open({ state: old });
    await second.snapshot(draft('hello', 5));
    assert.equal(await second.composer.inputValue(), 'hello');
    // The host has gone down before it had the last of it.
    const third = await open({ state: await first.state() });
    await third.snapshot(draft('hel', 3));
    assert.equal(await third.composer.inputValue(), 'hello');
    // What was sent does not come back by an older copy.
    await first.composer.press('Enter');
    const { edit } = await first.waitForIntent('send');
    const fourth = await open({ state: old });
    await fourth.snapshot(draft('', edit));
    assert.equal(await fourth.composer.inputValue(), '');
  });

  it('takes a text back that the host never got', async () => {
    const view = await open();
    await view.snapshot(conversation());
    await view.composer.fill('lost?');
    await view.composer.press('Enter');
    const { key } = await view.waitForIntent('send');
    await view.change({ typing: { by: 'bot', name: null } });
    assert.equal(await view.composer.inputValue(), '', 'a change says nothing about it');
    await view.snapshot(conversation());
    assert.equal(await view.composer.inputValue(), 'lost?');
    await view.change({ rows: [ownMessage(key, { text: 'lost?' })] });
    assert.equal(await view.composer.inputValue(), '', 'it was there after all');
  });

  it('takes nothing back that arrived', async () => {
    const view = await open();
    await view.snapshot(conversation());
    await view.composer.fill('taken');
    await view.composer.press('Enter');
    const { key } = await view.waitForIntent('send');
    await view.snapshot(conversation({ rows: [ownMessage(key)] }));
    await view.snapshot(conversation({ rows: [] }));
    assert.equal(await view.composer.inputValue(), '');
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

  it('shows files that wait: progress, failure with its reason, remove, retry', async () => {
    const view = await open();
    const pending = [
      pendingFile({
        id: '1',
        name: 'a.bin',
        state: 'uploading',
        size: 2_097_152,
        sentBytes: 1_048_576,
      }),
      pendingFile({
        id: '2',
        name: 'b.bin',
        state: 'failed',
        unsaved: true,
        problem: { step: 'upload', reason: 'emptyFile', status: null, host: null, limit: null },
      }),
    ];
    await view.snapshot(conversation({ composer: { draft: { text: '', version: 0 }, pending } }));
    const progress = view.page.getByRole('progressbar', { name: 'Uploading a.bin' });
    assert.equal(await progress.evaluate((bar: HTMLProgressElement) => bar.position), 0.5);
    assert.equal(await view.page.getByText('1 MB of 2 MB').isVisible(), true);
    assert.equal(
      await view.page.getByText('The file was not uploaded: it is empty.').isVisible(),
      true,
    );
    assert.equal(await view.page.getByText('unsaved').isVisible(), true);
    await view.button('Remove a.bin').click();
    assert.equal((await view.waitForIntent('removeAttachment')).id, '1');
    await view.button('Retry b.bin').click();
    assert.equal((await view.waitForIntent('retryAttachment')).id, '2');
  });

  it('shows what is wrong with each of many, one below the other', async () => {
    const view = await open();
    const problem = {
      step: 'upload',
      reason: 'refused',
      status: 500,
      host: 'chat.example',
      limit: null,
    } as const;
    const pending = Array.from({ length: 5 }, (_, index) =>
      pendingFile({
        id: `${index}`,
        name: `${index}.bin`,
        state: 'failed',
        problem,
      }),
    );
    await view.page.setViewportSize({ width: 280, height: 600 });
    await view.snapshot(conversation({ composer: { draft: { text: '', version: 0 }, pending } }));
    const note = view.page.locator('.pending-note');
    await note.nth(4).waitFor();
    const boxes = await note.all().then((all) => Promise.all(all.map((it) => it.boundingBox())));
    const names = view.page.locator('.pending-file .file-name');
    for (const [index, box] of boxes.slice(0, -1).entries()) {
      const next = await names.nth(index + 1).boundingBox();
      assert.ok(box && next && box.y + box.height <= next.y, `${index}: ${box?.y} ${next?.y}`);
    }
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

  it('gives a name its line at 220 px', async () => {
    const view = await open({ width: 220 });
    const name = 'recording-of.wav';
    const pending = [pendingFile({ name, state: 'uploading', size: 12_000_000 })];
    await view.snapshot(conversation({ composer: { draft: { text: '', version: 0 }, pending } }));
    const it = view.page.locator('.pending-file .file-name');
    assert.ok(await it.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
  });

  it('shows the pictures among them, from bytes, and lets them go', async () => {
    const view = await open();
    const pending = [
      pendingFile({ id: '1', name: 'cat.png', contentType: 'image/png' }),
      pendingFile({ id: '2', name: 'broken.png', contentType: 'image/png' }),
      pendingFile({ id: '3', name: 'main.ts' }),
    ];
    const composer = (files: typeof pending) => ({
      draft: { text: '', version: 0 },
      pending: files,
    });
    await view.snapshot(conversation({ composer: composer(pending) }));
    await view.waitForIntent('wantPicture', 2);
    const wanted = (await view.intentsOf('wantPicture')).map(({ fileKey }) => fileKey);
    assert.deepEqual(wanted, ['pending:1', 'pending:2']);
    const size = { width: 2, height: 2 };
    for (const [fileKey, data] of [
      ['pending:1', png()],
      ['pending:2', new Uint8Array([1, 2, 3])],
    ] as const) {
      const picture = { state: 'ready', contentType: 'image/png', data, ...size } as const;
      await view.post({ type: 'picture', fileKey, picture });
    }
    const chip = (name: string) =>
      view.page.locator('[data-part="pending-attachment"]').filter({ hasText: name });
    const image = chip('cat.png').locator('.thumbnail img');
    await image.waitFor();
    assert.equal(await image.evaluate((it: HTMLImageElement) => it.naturalWidth), 2);
    assert.equal(await chip('broken.png').locator('.thumbnail .icon').isVisible(), true);
    assert.equal(await chip('main.ts').locator('.thumbnail .icon').isVisible(), true);
    const url = (await image.getAttribute('src')) ?? '';
    await view.change({ composer: composer(pending.slice(1)) });
    assert.equal(await loads(view, url), false, 'its memory is given back');
  });

  it('takes pasted files, leaves pasted text, and refuses what is too large', async () => {
    const view = await open();
    await view.snapshot(conversation(), { maxAttachmentSize: 10 });
    const image = { name: 'image.png', type: 'image/png', size: 3 };
    const note = { name: 'note.txt', type: 'text/plain', size: 1 };
    await paste(view, [image, note, { name: 'bigger.bin', type: '', size: 12 }], {});
    const { files } = await view.waitForIntent('attachData');
    assert.deepEqual(
      files.map(({ name, contentType, data }) => [name, contentType, Object.values(data)]),
      [
        ['image.png', 'image/png', [7, 7, 7]],
        ['note.txt', 'text/plain', [7]],
      ],
    );
    await paste(view, [{ name: 'x.png', type: 'image/png', size: 3 }], {
      'text/plain': 'x',
      'text/html': '<b>x</b>',
    });
    await paste(view, [{ name: 'big.bin', type: '', size: 11 }], {});
    const refusal = view.page.getByRole('alert');
    await refusal.getByText('big.bin: The file was not uploaded: it is larger than').waitFor();
    assert.equal((await view.intentsOf('attachData')).length, 1);
  });

  it("takes files and Explorer's addresses that are dropped, but no links", async () => {
    const view = await open();
    await view.snapshot(conversation());
    const overlay = view.page.getByText('Drop to attach');
    await drag(view, 'dragover', [], { 'text/uri-list': 'file:///a.txt' });
    assert.equal(await overlay.isVisible(), true);
    assert.equal(await view.page.getByText('Keep Shift held down').isVisible(), true);
    await drag(view, 'drop', [], {
      'application/vnd.code.uri-list': 'file:///a.txt\r\nvscode-remote://h/b.txt',
      'text/uri-list': 'file:///a.txt',
    });
    assert.equal(await overlay.isVisible(), false);
    assert.deepEqual((await view.waitForIntent('attachUris')).uris, [
      'file:///a.txt',
      'vscode-remote://h/b.txt',
    ]);
    await drag(view, 'drop', [{ name: 'c.txt', type: 'text/plain', size: 1 }], {});
    assert.equal((await view.waitForIntent('attachData')).files[0]?.name, 'c.txt');
    await drag(view, 'drop', [], { 'text/uri-list': 'https://example.com/' });
    assert.equal((await view.intentsOf('attachUris')).length, 1);
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

interface TestFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

type Data = Readonly<Record<string, string>>;

async function paste(view: ViewPage, files: readonly TestFile[], data: Data) {
  await dispatch(view, 'paste', files, data);
}

async function drag(view: ViewPage, type: string, files: readonly TestFile[], data: Data) {
  await dispatch(view, type, files, data);
}

/** Dispatches an event with a clipboard or a dragged load, as the browser would. */
async function dispatch(view: ViewPage, type: string, files: readonly TestFile[], data: Data) {
  await view.composer.evaluate(
    (area, load) => {
      const transfer = new DataTransfer();
      for (const { name, type, size } of load.files)
        transfer.items.add(new File([new Uint8Array(size).fill(7)], name, { type }));
      for (const [format, text] of Object.entries(load.data)) transfer.setData(format, text);
      const init = { bubbles: true, composed: true, cancelable: true };
      area.dispatchEvent(
        load.type === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: transfer })
          : new DragEvent(load.type, { ...init, dataTransfer: transfer }),
      );
    },
    { type, files, data },
  );
}
