import assert from 'node:assert/strict';
import type { Intent } from '../../src/shared/intent';
import { loads, png } from './pictures';
import { conversation, file, message, NOON, ownMessage, problem } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const HOUR = 3_600_000;

describe('a message', () => {
  const open = withView();

  it('that failed says why and offers Retry, Edit, Delete', async () => {
    const view = await open();
    await view.snapshot(
      conversation({ rows: [ownMessage('c', { delivery: 'failed', problem: problem() })] }),
    );
    const words = await view.row('c').textContent();
    assert.match(
      words ?? '',
      /not sent: chats-api\.twin24\.ai cannot be reached\. Check the network/,
    );
    await expectIntent(view, 'Retry', 'sendAgain', 'c');
    await expectIntent(view, 'Edit', 'editMessage', 'c');
    await expectIntent(view, 'Delete', 'deleteMessage', 'c');
  });

  it('of unknown fate offers "Send again" and "It arrived"', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [ownMessage('c', { delivery: 'unknown' })] }));
    await expectIntent(view, 'Send again', 'sendAgain', 'c');
    await expectIntent(view, 'It arrived', 'confirmArrived', 'c');
    await view.change({ rows: [ownMessage('c', { delivery: 'read' })] });
    assert.equal(await view.button('It arrived').count(), 0);
  });

  it('is answered by the button or by R, in any layout, with its quote above the text', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { text: 'A *question*?' })] }));
    const banner = view.page.locator('[data-part="reply"]');
    await view.row('b').hover();
    await view.button('Reply (R)').click();
    assert.match((await banner.textContent()) ?? '', /Reply to Robin.*A question\?/);
    await view.composer.press('Escape');
    assert.equal(await banner.isVisible(), false);
    await view.row('b').focus();
    await view.page.evaluate(() => {
      const key = { key: 'к', code: 'KeyR', bubbles: true, cancelable: true };
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key));
    });
    await view.page.keyboard.type('Because.');
    await view.page.keyboard.press('Enter');
    const { text, replyTo } = await view.waitForIntent('send');
    assert.deepEqual([text, replyTo], ['Because.', 'b']);
    assert.equal(await banner.isVisible(), false);
  });

  it('is named by its files above the answer where it has no text', async () => {
    const view = await open();
    const attachments = [file({ name: '__init__.py' }), file({ key: 'f2', name: 'b.txt' })];
    await view.snapshot(conversation({ rows: [message('b', { text: '', attachments })] }));
    await view.row('b').focus();
    await view.page.keyboard.press('r');
    const banner = await view.page.locator('[data-part="reply"]').textContent();
    assert.match(banner ?? '', /Reply to Robin.*__init__\.py, b\.txt/);
  });

  it("is answered by VS Code's menu too, which the host tells of", async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b')] }));
    await view.post({ type: 'replyTo', messageKey: 'b' });
    assert.match(
      (await view.page.locator('[data-part="reply"]').textContent()) ?? '',
      /Reply to Robin.*Text of b/,
    );
    assert.equal(await view.composer.evaluate((area) => area.matches(':focus')), true);
  });

  it('is not answered where nobody is there any more', async () => {
    const view = await open();
    const draft = { text: 'kept', version: 1 };
    await view.snapshot(
      conversation({
        rows: [message('b')],
        connection: 'ended',
        composer: { draft, pending: [] },
      }),
    );
    await view.row('b').hover();
    await view.button('Copy text').waitFor();
    assert.equal(await view.button('Reply (R)').count(), 0);
    await view.row('b').focus();
    await view.page.keyboard.press('r');
    assert.equal(await view.page.locator('[data-part="reply"]').isVisible(), false);
    assert.equal(await view.row('b').evaluate((row) => row.matches(':focus')), true);
  });

  it('leads from its quote to the original', async () => {
    const view = await open({ height: 300 });
    const filling = Array.from({ length: 30 }, (_, index) => message(`m${index}`));
    const quoting = ownMessage('c', { quote: { messageKey: 'm0', text: 'Text of **m0**' } });
    await view.snapshot(conversation({ rows: [...filling, quoting] }));
    await view.button('In reply to: Text of m0').click();
    assert.equal(await view.row('m0').evaluate((row) => row === document.activeElement), true);
    const box = await view.row('m0').boundingBox();
    assert.ok(box !== null && box.y > 0 && box.y < 300);
  });

  it('is copied as it came', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b', { text: '**as** it `came`' })] }));
    await view.row('b').hover();
    await view.button('Copy text').click();
    assert.equal((await view.waitForIntent('copyText')).text, '**as** it `came`');
  });

  it('shows a picture once it is near, from bytes, and lets it go again', async () => {
    const view = await open({ height: 400 });
    const picture = file({ key: 'pic', name: 'cat.png', contentType: 'image/png' });
    const filling = Array.from({ length: 60 }, (_, index) => ownMessage(`m${index}`));
    await view.snapshot(
      conversation({ rows: [message('b', { attachments: [picture] }), ...filling] }),
    );
    assert.deepEqual(await view.intentsOf('wantPicture'), [], 'too far away');
    await view.row('b').scrollIntoViewIfNeeded();
    assert.equal((await view.waitForIntent('wantPicture')).fileKey, 'pic');
    await view.post({
      type: 'picture',
      fileKey: 'pic',
      picture: { state: 'ready', contentType: 'image/png', data: png(), width: 2, height: 2 },
    });
    const image = view.row('b').getByRole('img', { name: 'cat.png' });
    await view.row('b').locator('[data-state="ready"]').waitFor();
    assert.equal(await image.evaluate((it: HTMLImageElement) => it.naturalWidth), 2);
    const url = (await image.getAttribute('src')) ?? '';
    assert.match(url, /^blob:/);
    await view.button('Open cat.png').first().click();
    assert.equal((await view.waitForIntent('openFile')).fileKey, 'pic');
    await view.change({ rows: filling });
    assert.equal(await loads(view, url), false, 'its memory is given back');
  });

  it('says when a picture cannot be shown, and still offers the file', async () => {
    const view = await open();
    const picture = file({ key: 'pic', name: 'cat.png', contentType: 'image/png' });
    const broken = file({ key: 'bad', name: 'dog.png', contentType: 'image/png' });
    await view.snapshot(conversation({ rows: [message('b', { attachments: [picture, broken] })] }));
    const shown = { state: 'ready', contentType: 'image/png', width: 2, height: 2 } as const;
    const failed = problem({ step: 'download', reason: 'tooLarge', limit: 5_242_880, host: null });
    await view.post({
      type: 'picture',
      fileKey: 'pic',
      picture: { state: 'failed', problem: failed },
    });
    await view.post({
      type: 'picture',
      fileKey: 'bad',
      picture: { ...shown, data: new Uint8Array([1, 2, 3]) },
    });
    await view.page.getByText('The picture is not shown: it is larger than 5 MB.').waitFor();
    await view.page.getByText('The picture is not shown', { exact: true }).waitFor();
    await view.button('Save cat.png').click();
    assert.equal((await view.waitForIntent('saveFile')).fileKey, 'pic');
  });

  it('shows other files as a line, also one that is not available', async () => {
    const view = await open();
    const gone = file({ key: 'gone', name: 'gone.txt', available: false });
    await view.snapshot(conversation({ rows: [message('b', { attachments: [file(), gone] })] }));
    assert.match(
      (await view.row('b').textContent()) ?? '',
      /report\.pdfPDF · 2\.3 MB.*gone\.txtNot available/,
    );
    await view.button('report.pdf').click();
    assert.equal((await view.waitForIntent('openFile')).fileKey, 'file-1');
    assert.equal(await view.button('gone.txt').count(), 0);
  });

  it('shows data it does not understand, whole and readable', async () => {
    const view = await open();
    const actions = [
      { type: 'weather', scale: 5, labels: ['bad', 'good'], nested: { deep: null } },
    ];
    await view.snapshot(conversation({ rows: [message('b', { actions })] }));
    const card = view.page.getByRole('group', { name: 'The bot sent data' });
    const words = (await card.textContent()) ?? '';
    for (const part of ['type', 'weather', 'scale', '5', 'bad', 'good', 'deep', 'null'])
      assert.ok(words.includes(part), part);
  });

  it('names author and time once for a run, and each day at its start', async () => {
    const view = await open();
    const rows = [
      message('1', { at: NOON }),
      message('2', { at: NOON + 1 }),
      message('3', { at: NOON + 2, author: 'operator', authorName: 'Anna' }),
      message('4', { at: NOON + 24 * HOUR, author: 'operator', authorName: 'Anna' }),
      message('5', { at: NOON + 24 * HOUR, author: 'operator', authorName: 'Boris' }),
      message('6', { at: NOON + 24.5 * HOUR, author: 'operator', authorName: 'Boris' }),
    ];
    await view.snapshot(conversation({ rows }));
    const text = await view.log.evaluate((log) =>
      [...log.querySelectorAll('.day, .head:not([hidden]), [data-part="body"]')].map(
        (part) => part.textContent,
      ),
    );
    assert.deepEqual(text, [
      'Monday 2 March',
      'Robin12:00',
      'Text of 1',
      'Text of 2',
      'Anna12:00',
      'Text of 3',
      'Tuesday 3 March',
      'Anna12:00',
      'Text of 4',
      'Boris12:00',
      'Text of 5',
      'Boris12:30',
      'Text of 6',
    ]);
  });

  it('of one’s own stands apart, in a bubble at the other side', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b'), ownMessage('c')] }));
    const look = (key: string) =>
      view
        .row(key)
        .locator('.bubble')
        .evaluate((bubble) => {
          const { left, right } = bubble.getBoundingClientRect();
          const colour = getComputedStyle(bubble).backgroundColor;
          return { left, right: window.innerWidth - right, colour };
        });
    const [theirs, own] = [await look('b'), await look('c')];
    assert.ok(theirs.left < 30 && own.right < 30, 'at the edges');
    assert.ok(own.left > 100, 'no wider than its words');
    assert.notEqual(own.colour, theirs.colour);
  });

  it('isolates names from the words around them, and shows no turned writing', async () => {
    const view = await open();
    const name = 'invoice\u202egpj.exe';
    await view.snapshot(conversation({ rows: [message('b', { attachments: [file({ name })] })] }));
    assert.equal(await view.row('b').locator('bdi').last().textContent(), 'invoicegpj.exe');
  });
});

async function expectIntent(
  view: ViewPage,
  button: string,
  type: Extract<Intent, { messageKey: string }>['type'],
  messageKey: string,
) {
  await view.button(button).click();
  assert.equal((await view.waitForIntent(type)).messageKey, messageKey);
}
