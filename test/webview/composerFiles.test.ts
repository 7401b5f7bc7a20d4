import assert from 'node:assert/strict';
import { loads, png } from './pictures';
import { conversation, pendingFile } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

describe('the files in the composer', () => {
  const open = withView();

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
    await view.snapshot(conversation({ key: 'another' }));
    await refusal.waitFor({ state: 'hidden' }); // it was about a file for the one before
  });

  it("takes files and Explorer's addresses that are dropped, but no links", async () => {
    const view = await open();
    await view.snapshot(conversation());
    const overlay = view.page.getByText('Drop to attach');
    await drag(view, 'dragover', [], { 'text/uri-list': 'file:///a.txt' });
    assert.equal(await overlay.isVisible(), true);
    assert.equal(await view.page.getByText('Keep Shift held down').isVisible(), true);
    await drag(view, 'drop', [], {
      'application/vnd.code.uri-list': '# two files\r\nfile:///a.txt\r\nvscode-remote://h/b.txt',
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

  it('says where they go while they are dragged over the view, until they leave it', async () => {
    const view = await open();
    await view.snapshot(conversation());
    const overlay = view.page.getByText('Drop to attach');
    const leave = (inward: boolean) =>
      view.page.evaluate((within) => {
        const relatedTarget = within ? document.body : null;
        document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true, relatedTarget }));
      }, inward);
    await drag(view, 'dragover', [], { 'text/uri-list': 'file:///a.txt' });
    await leave(true);
    assert.equal(await overlay.isVisible(), true);
    await leave(false);
    assert.equal(await overlay.isVisible(), false);
  });

  it('come in the order in which they were taken, however large they are', async () => {
    const view = await open();
    await view.snapshot(conversation());
    await view.page.evaluate(() => {
      const released = new Promise<void>((resolve) => {
        Object.assign(window, { release: resolve });
      });
      Blob.prototype.arrayBuffer = async function (this: File) {
        if (this.name === 'large.bin') await released;
        return new Response(this).arrayBuffer();
      };
    });
    await paste(view, [{ name: 'large.bin', type: '', size: 5 }], {});
    await paste(view, [{ name: 'small.txt', type: '', size: 1 }], {});
    await view.settled();
    await view.page.evaluate(() => {
      (window as unknown as { release(): void }).release();
    });
    await view.waitForIntent('attachData', 2);
    const taken = await view.intentsOf('attachData');
    assert.deepEqual(
      taken.map(({ files }) => files[0]?.name),
      ['large.bin', 'small.txt'],
    );
  });

  it('are not taken into a chat that has ended, and never become the page', async () => {
    const view = await open();
    const dropped = () => drag(view, 'drop', [], { 'text/uri-list': 'file:///a.txt' });
    await view.snapshot(conversation());
    assert.equal(await dropped(), true);
    await view.change({ connection: 'ended' });
    assert.equal(await dropped(), true);
    assert.equal((await view.intentsOf('attachUris')).length, 1);
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

/** True when the view keeps the browser from what it would do. */
function drag(view: ViewPage, type: string, files: readonly TestFile[], data: Data) {
  return dispatch(view, type, files, data);
}

/** Dispatches an event with a clipboard or a dragged load, as the browser would. */
function dispatch(view: ViewPage, type: string, files: readonly TestFile[], data: Data) {
  return view.page.locator('body').evaluate(
    (body, load) => {
      const transfer = new DataTransfer();
      for (const { name, type, size } of load.files)
        transfer.items.add(new File([new Uint8Array(size).fill(7)], name, { type }));
      for (const [format, text] of Object.entries(load.data)) transfer.setData(format, text);
      const init = { bubbles: true, composed: true, cancelable: true };
      return !body.dispatchEvent(
        load.type === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: transfer })
          : new DragEvent(load.type, { ...init, dataTransfer: transfer }),
      );
    },
    { type, files, data },
  );
}
