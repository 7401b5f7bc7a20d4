import assert from 'node:assert/strict';
import { conversation, message, NOON, ownMessage, problem } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

async function hush(view: ViewPage, silent: boolean) {
  await view.page.evaluate((value) => (window.twinTest.silent = value), silent);
}

describe('what one can rely on', () => {
  const open = withView();

  it('says that the host is gone, keeps what was sent to it, and goes on when it is back', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [message('b')] }));
    const notice = view.page.locator('[data-notice="host"]');
    await view.row('b').focus();
    await view.page.keyboard.press('r');
    await view.composer.fill('into the void');
    await hush(view, true);
    await view.send.click();
    await notice.waitFor();
    assert.match((await notice.textContent()) ?? '', /does not answer/);
    assert.equal(await view.composer.inputValue(), 'into the void');
    assert.equal(await view.page.locator('[data-part="reply"]').isVisible(), true);
    assert.equal(await view.send.isDisabled(), true);
    const status = view.page.getByRole('status');
    const state = status.locator('.status-words');
    const dotColor = () =>
      status.locator('.dot').evaluate((dot) => getComputedStyle(dot).backgroundColor);
    assert.equal(await state.textContent(), 'No answer'); // nobody knows whether it is online
    assert.equal(await status.getAttribute('data-connection'), 'reconnecting');
    assert.equal(await dotColor(), 'rgba(0, 0, 0, 0)');
    await hush(view, false);
    await notice.waitFor({ state: 'detached' });
    assert.equal(await state.textContent(), 'Online');
    assert.equal(await status.getAttribute('data-connection'), 'online');
    assert.notEqual(await dotColor(), 'rgba(0, 0, 0, 0)');
    assert.equal(await view.send.isDisabled(), false);
  });

  it('asks whether the host is there only when nothing comes of what was said', async () => {
    const view = await open();
    await view.snapshot(conversation());
    const pings = () => view.page.evaluate(() => window.twinTest.pings);
    await view.composer.fill('heard');
    await view.send.click();
    await view.change({ rows: [ownMessage('a', { text: 'heard' })] });
    assert.equal(await pings(), 0);
    await view.composer.fill('not heard');
    await view.send.click();
    await view.page.waitForFunction(() => window.twinTest.pings === 1);
    assert.equal(await view.page.locator('[data-notice="host"]').count(), 0);
  });

  it('offers to go on here with a chat that another window has', async () => {
    const view = await open();
    const rows = [ownMessage('a')];
    await view.snapshot(conversation({ elsewhere: true, connection: 'idle', rows }));
    assert.equal(await view.composer.isVisible(), false);
    assert.equal(await view.button('Start again').isVisible(), false);
    await view.button('Continue Here').click();
    await view.waitForIntent('continueHere');
    await view.snapshot(conversation({ rows }));
    assert.equal(await view.composer.isVisible(), true);
    assert.equal(await view.button('Continue Here').isVisible(), false);
  });

  it('says that what was written into a chat of another window is kept', async () => {
    const view = await open();
    const composer = { draft: { text: 'too late', version: 1 }, pending: [] };
    await view.snapshot(conversation({ elsewhere: true, connection: 'idle', composer }));
    const kept = view.page.getByText('What you wrote here is kept');
    assert.equal(await kept.isVisible(), true);
    await view.snapshot(conversation({ elsewhere: true, connection: 'idle', key: 'other' }));
    assert.equal(await kept.isVisible(), false);
  });

  it('says that a message waits for the disk, why, and what helps', async () => {
    const view = await open();
    const why = problem({ reason: 'disk', host: null });
    const rows = [ownMessage('a', { delivery: 'queued', problem: why })];
    await view.snapshot(conversation({ storageFailed: true, rows }));
    const words = (await view.row('a').textContent()) ?? '';
    assert.match(
      words,
      /not sent: nothing can be written to the disk.*twice\. Make room on the disk/,
    );
    assert.equal(
      await view
        .row('a')
        .getByRole('button', { name: /Edit|Delete/ })
        .count(),
      0,
    );
  });

  it('says until when a message waits, and by whose wish', async () => {
    const view = await open();
    const waits = ownMessage('a', {
      delivery: 'queued',
      problem: problem({ reason: 'rateLimited', status: 429 }),
      waitsUntil: NOON + 30 * 60_000,
    });
    await view.snapshot(conversation({ rows: [waits] }));
    const words = (await view.row('a').textContent()) ?? '';
    assert.match(words, /Waits until 12:30.*: chats-api\.twin24\.ai asked to slow down/);
  });

  it('says that what an ended session did not take is kept for the next', async () => {
    const view = await open();
    const why = problem({ reason: 'sessionEnded', host: null });
    const rows = [ownMessage('a', { delivery: 'queued', problem: why })];
    await view.snapshot(conversation({ connection: 'ended', rows }));
    const words = (await view.row('a').textContent()) ?? '';
    assert.match(words, /the session has ended.*Start a new chat: what you wrote is kept/);
  });

  it('lets one take back what waits, once it has waited a moment', async () => {
    const view = await open();
    await view.snapshot(conversation({ rows: [ownMessage('a', { delivery: 'queued' })] }));
    const remove = view.row('a').getByRole('button', { name: 'Delete', exact: true });
    await remove.click(); // waits until it can be seen
    assert.equal((await view.waitForIntent('deleteMessage')).messageKey, 'a');
  });

  it('tells the host that the network is back', async () => {
    const view = await open();
    await view.snapshot(conversation({ connection: 'reconnecting' }));
    await view.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await view.waitForIntent('networkReturned');
  });
});
