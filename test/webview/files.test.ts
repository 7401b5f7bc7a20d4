import assert from 'node:assert/strict';
import type { FileState } from '../../src/shared/fileState';
import { png } from '../support/pictureFiles';
import { conversation, file, message, ownMessage, problem } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const PDF = file();
const CAT = file({ key: 'cat', name: 'cat.png', contentType: 'image/png' });
const DOG = file({ key: 'dog', name: 'dog.png', contentType: 'image/png' });

const state = (changes: Partial<FileState> = {}): FileState => ({
  use: 'open',
  loading: false,
  problem: null,
  reality: null,
  ...changes,
});

describe('a received file', () => {
  const open = withView();

  const show = async (attachments = [PDF], options = {}): Promise<ViewPage> => {
    const view = await open(options);
    await view.snapshot(conversation({ rows: [message('b', { attachments })] }));
    return view;
  };
  const say = (view: ViewPage, changes: Partial<FileState>, fileKey = PDF.key) =>
    view.post({ type: 'file', fileKey, state: state(changes) });

  it('has its name, type and size, and is opened and saved by keyboard', async () => {
    const view = await show();
    await view.row('b').getByText('PDF · 2.3 MB').waitFor();
    await view.button('report.pdf').press('Enter');
    assert.equal((await view.waitForIntent('openFile')).fileKey, PDF.key);
    await view.button('Save report.pdf').press('Enter');
    assert.equal((await view.waitForIntent('saveFile')).fileKey, PDF.key);
  });

  it('keeps the end of a long name in sight, at any width', async () => {
    const name = `${'очень '.repeat(40)}длинное имя.xlsx`;
    for (const width of [280, 600]) {
      const view = await show([file({ name })], { width });
      const button = view.button(name);
      assert.equal(await button.textContent(), name);
      const [whole, end] = await Promise.all([
        button.boundingBox(),
        button.getByText('имя.xlsx').boundingBox(),
      ]);
      assert.ok(whole && end && end.width > 0);
      assert.ok(end.x + end.width <= whole.x + whole.width + 1, 'the end is within the button');
      assert.ok(whole.x + whole.width <= width);
    }
  });

  it('is called a program when its name says so, whatever direction it is written in', async () => {
    const view = await show([file({ name: 'photo\u202egpj.exe', contentType: null, size: null })]);
    await view.button('photogpj.exe').waitFor();
    await view.row('b').getByText('Program', { exact: true }).waitFor();
  });

  it('says that it is loading, that it failed, and what it was wanted for is tried again', async () => {
    const view = await show();
    await say(view, { loading: true });
    await view.row('b').getByText('Loading…').waitFor();
    const gone = problem({ step: 'download', reason: 'notFound', status: 404, host: 'tcl.test' });
    await say(view, { problem: gone, use: 'save' });
    await view.row('b').getByText('tcl.test does not have it any more').waitFor();
    assert.equal(await view.row('b').getByText('Loading…').count(), 0);
    await view.button('Try again: report.pdf').click();
    await view.waitForIntent('saveFile');
    await say(view, { problem: gone, use: 'open' });
    await view.button('Try again: report.pdf').click();
    await view.waitForIntent('openFile');
    await say(view, {});
    assert.equal(await view.button('Try again: report.pdf').count(), 0);
  });

  it('says what it really is', async () => {
    const view = await show();
    await say(view, { reality: 'program' });
    await view.row('b').getByText('Really a program').waitFor();
  });

  it('is not taken for one of another conversation that has the same key', async () => {
    const view = await show();
    await say(view, { reality: 'program' });
    await view.snapshot(
      conversation({ key: 'other', rows: [message('o', { attachments: [PDF] })] }),
    );
    await view.row('o').getByText('PDF · 2.3 MB').waitFor();
    assert.equal(await view.row('o').getByText('Really').count(), 0);
  });
});

describe('a received picture', () => {
  const open = withView();

  const show = async (options = {}): Promise<ViewPage> => {
    const view = await open(options);
    await view.snapshot(conversation({ rows: [message('b', { attachments: [CAT, DOG] })] }));
    await view.waitForIntent('wantPicture', 2);
    return view;
  };
  const fail = (view: ViewPage, changes: Parameters<typeof problem>[0]) =>
    view.post({
      type: 'picture',
      fileKey: CAT.key,
      picture: { state: 'failed', problem: problem({ step: 'download', ...changes }) },
    });

  it('from another host is asked for by a button that names it', async () => {
    const view = await show();
    await fail(view, { reason: 'otherHost', host: 'cdn.example' });
    const piece = await view.page.locator('.host').first().textContent();
    assert.equal(piece, 'cdn.example,', 'no line begins with a comma');
    await view.button('Load from cdn.example').click();
    assert.deepEqual(await view.waitForIntent('wantPicture', 3), {
      type: 'wantPicture',
      fileKey: CAT.key,
      agreedHost: 'cdn.example',
    });
    await view.row('b').locator('.picture[data-state="loading"]').first().waitFor();
  });

  it('that did not come is asked for again, without agreeing to anything', async () => {
    const view = await show();
    await fail(view, { reason: 'timeout', host: 'cdn.example' });
    await view.button('Try again: cat.png').click();
    assert.equal((await view.waitForIntent('wantPicture', 3)).agreedHost, null);
  });

  it('that must not be shown says why and offers no other try', async () => {
    const view = await show();
    for (const [reason, words] of [
      ['animated', 'the picture moves. Open it'],
      ['tooManyPixels', 'too large to be shown. You can save it'],
      ['notPicture', 'it is not a picture. You can save it'],
      ['insecure', 'without encryption. Ask the sender'],
    ] as const) {
      await fail(view, { reason, host: 'cdn.example' });
      await view.row('b').getByText(words).waitFor();
      assert.equal(await view.button('Try again: cat.png').count(), 0);
    }
  });

  it('has its room before it is decoded, and nothing moves when it is', async () => {
    const view = await show();
    const tall = { state: 'ready', contentType: 'image/png', width: 400, height: 800 } as const;
    await view.page.evaluate(() => {
      // Nothing is ever decoded: what is measured is the room that was made.
      Object.defineProperty(HTMLImageElement.prototype, 'src', { set: () => undefined });
    });
    await view.post({ type: 'picture', fileKey: CAT.key, picture: { ...tall, data: png(1, 1) } });
    const box = await view.row('b').locator('.picture img').first().boundingBox();
    assert.deepEqual([box?.width, box?.height], [160, 320]);
  });

  it('is as tall as it was when its row is drawn anew', async () => {
    const view = await show();
    const picture = { state: 'ready', contentType: 'image/png', width: 30, height: 200 } as const;
    await view.post({
      type: 'picture',
      fileKey: CAT.key,
      picture: { ...picture, data: new Uint8Array(png(30, 200)) },
    });
    const row = view.row('b');
    await row.locator('.picture[data-state="ready"]').waitFor();
    const before = (await row.boundingBox())?.height;
    await view.change({ rows: [ownMessage('c')] });
    await view.change({ rows: [message('b', { attachments: [CAT, DOG] })] });
    await row.locator('.picture[data-state="known"]').waitFor();
    assert.equal((await row.boundingBox())?.height, before);
  });

  it('that arrives above leaves what is being read where it is', async () => {
    const view = await open({ height: 400 });
    const filling = Array.from({ length: 30 }, (_, index) => ownMessage(`m${index}`));
    await view.snapshot(conversation({ rows: [message('b', { attachments: [CAT] }), ...filling] }));
    await view.row('m3').evaluate((it) => {
      it.scrollIntoView({ block: 'start' });
    });
    await view.waitForIntent('wantPicture');
    const before = (await view.row('m3').boundingBox())?.y ?? 0;
    const picture = { state: 'ready', contentType: 'image/png', width: 30, height: 300 } as const;
    await view.post({
      type: 'picture',
      fileKey: CAT.key,
      picture: { ...picture, data: new Uint8Array(png(30, 300)) },
    });
    await view.row('b').locator('[data-state="ready"]').waitFor();
    const after = (await view.row('m3').boundingBox())?.y ?? 0;
    assert.ok(Math.abs(after - before) <= 1, `${before} became ${after}`);
  });
});
