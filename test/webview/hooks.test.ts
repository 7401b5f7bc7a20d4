import assert from 'node:assert/strict';
import { CONNECTION_STATES, DELIVERIES } from '../../src/shared/conversation';
import { conversation, file, happening, message, ownMessage, pendingFile } from './samples';
import { withView } from './withView';

// What people's tools and tests find the view by: a contract of the product page.
describe('the hooks of the view', () => {
  const open = withView();

  it('has a silent log of articles with id, author, and text', async () => {
    const view = await open();
    await view.snapshot(
      conversation({
        rows: [
          message('b', { text: 'Hello **you**' }),
          message('o', { author: 'operator', authorName: 'Anna' }),
          ownMessage('c', { text: 'Hi' }),
          happening('s', { type: 'operatorLeft', name: 'Anna' }),
        ],
      }),
    );
    assert.equal(await view.log.getAttribute('aria-live'), 'off');
    const rows = await view.log
      .locator('[role="article"]')
      .evaluateAll((articles) =>
        articles.map((article) => [
          (article as HTMLElement).dataset['messageId'],
          (article as HTMLElement).dataset['author'],
          article.querySelector('[data-part="body"]')?.textContent,
        ]),
      );
    assert.deepEqual(rows, [
      ['b', 'bot', 'Hello you'],
      ['o', 'operator', 'Text of o'],
      ['c', 'client', 'Hi'],
      ['s', 'system', 'Anna has left'],
    ]);
  });

  it('tells the delivery of own messages only, as data and in words', async () => {
    const view = await open();
    const own = DELIVERIES.map((delivery) => ownMessage(delivery, { delivery }));
    await view.snapshot(conversation({ rows: [message('b'), ...own] }));
    assert.equal(await view.row('b').getAttribute('data-delivery'), null);
    const words = {
      queued: 'Waiting to be sent',
      sending: 'Sending',
      sent: 'Sent',
      read: 'Read',
      unknown: 'It is not known whether this message arrived',
      failed: 'Not sent',
    };
    for (const delivery of DELIVERIES) {
      assert.equal(await view.row(delivery).getAttribute('data-delivery'), delivery);
      const mark = view.row(delivery).locator('[data-part="delivery"]');
      assert.equal(await mark.textContent(), words[delivery]);
      assert.equal(await mark.getAttribute('title'), words[delivery]);
    }
  });

  it('names answers exactly as their text, in a group', async () => {
    const view = await open();
    const answers = ['Yes', 'No, thanks', '🙂 maybe'];
    await view.snapshot(conversation({ rows: [message('b', { answers, answersOpen: true })] }));
    const group = view.log.getByRole('group', { name: 'Answers' });
    for (const name of answers)
      assert.equal(await group.getByRole('button', { name, exact: true }).count(), 1, name);
    assert.equal(await group.locator('button').count(), 3);
  });

  it('holds the file name in an attachment, and the state of one that waits', async () => {
    const view = await open();
    await view.snapshot(
      conversation({
        rows: [message('b', { attachments: [file({ name: 'отчёт.pdf' })] })],
        composer: {
          draft: { text: '', version: 0 },
          pending: [pendingFile({ name: 'main.ts', state: 'uploading', sentBytes: 1 })],
        },
      }),
    );
    const attachment = view.log.locator('[data-part="attachment"]');
    assert.match((await attachment.textContent()) ?? '', /отчёт\.pdf/);
    const pending = view.page.locator('[data-part="pending-attachment"]');
    assert.match((await pending.textContent()) ?? '', /main\.ts/);
    assert.equal(await pending.getAttribute('data-state'), 'uploading');
  });

  it('has one textbox, "Message", that takes what is typed, and its buttons', async () => {
    const view = await open();
    await view.snapshot(conversation());
    assert.equal(await view.page.getByRole('textbox').count(), 1);
    await view.composer.fill('typed');
    assert.equal(await view.composer.inputValue(), 'typed');
    assert.equal(await view.send.count(), 1);
    assert.equal(await view.button('Attach files').count(), 1);
  });

  it('tells the state of the connection', async () => {
    const view = await open();
    const status = view.page.getByRole('status');
    await view.snapshot(null);
    assert.equal(await status.getAttribute('data-connection'), 'idle');
    for (const connection of CONNECTION_STATES) {
      await view.snapshot(conversation({ connection }));
      assert.equal(await status.getAttribute('data-connection'), connection);
      assert.notEqual(await status.textContent(), '');
    }
  });

  it('shows who is typing, by name, until it is over', async () => {
    const view = await open();
    const typing = view.page.locator('[data-part="typing"]');
    await view.snapshot(conversation({ typing: { by: 'operator', name: 'Anna' } }));
    assert.equal(await typing.textContent(), 'Anna is typing');
    await view.change({ typing: { by: 'bot', name: null } });
    assert.equal(await typing.textContent(), 'Bot is typing');
    await view.change({ typing: null });
    assert.equal(await typing.count(), 0);
  });

  it('speaks Russian when the settings say so, and tells the document', async () => {
    const view = await open({ settings: { language: 'ru' } });
    await view.snapshot(conversation({ rows: [message('b', { authorName: null })] }));
    assert.equal(await view.page.locator('html').getAttribute('lang'), 'ru');
    assert.equal(await view.page.getByRole('textbox', { name: 'Сообщение' }).count(), 1);
    assert.match((await view.row('b').getAttribute('aria-label')) ?? '', /^Бот, /);
  });
});
