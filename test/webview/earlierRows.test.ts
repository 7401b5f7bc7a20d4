import assert from 'node:assert/strict';
import type { HostMessage } from '../../src/shared/hostMessage';
import { diffConversation } from '../../src/shared/patch';
import { snapshotOf } from '../../src/shared/snapshot';
import { conversation, message, ownMessage, settings } from './samples';
import { scrollTo } from './scrolling';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

/** More than come as they are. One of the first has answers, one is the person's own. */
const ROWS = Array.from({ length: 2_500 }, (_, index) =>
  index === 20
    ? ownMessage('v20', { text: 'Sent long ago' })
    : message(`v${index}`, index === 10 ? { answers: ['Yes', 'No'], answersOpen: true } : {}),
);

const LONG = conversation({ rows: ROWS });

const LATER = message('later', { text: 'Just now' });

/** Has these come in one task, so that no frame is drawn between them. */
const atOnce = async (view: ViewPage, ...messages: readonly HostMessage[]) => {
  const all: unknown = messages; // its type is too deep for `evaluate`
  await view.page.evaluate((list) => {
    for (const data of list as unknown[])
      window.dispatchEvent(new MessageEvent('message', { data }));
  }, all);
};

/** The first row, once one has gone there. */
const first = async (view: ViewPage) => {
  await scrollTo(view, 0);
  return (await view.keysInSight())[0];
};

describe('the earlier rows of a long conversation', () => {
  const open = withView();

  it('come after the frame that shows the newest', async () => {
    const view = await open();
    await view.postOnClock(LONG);
    const last = view.row('v2499');
    assert.equal(await last.getAttribute('aria-posinset'), '2500');
    assert.equal(await last.getAttribute('aria-setsize'), '2500');
    await view.settled();
    const box = view.page.locator('.scroll-box');
    const left = await box.evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight);
    assert.ok(left <= 1, `${left} px to the end`);
    assert.equal(await first(view), 'v0');
    assert.equal(await view.row('v0').getAttribute('aria-posinset'), '1');
  });

  for (const [what, key, act] of [
    ['are there for who goes to the first', 'v0', { key: 'Home' }],
    ['are there for who answers one', 'v10', { key: '2', code: 'Digit2', altKey: true }],
  ] as const)
    it(what, async () => {
      const view = await open();
      const snapshot: unknown = snapshotOf(LONG, settings(), 1);
      const isThere = await view.page.evaluate(
        ([data, init, wanted]) => {
          window.dispatchEvent(new MessageEvent('message', { data }));
          const row = document.querySelector<HTMLElement>('[data-message-id="v2499"]');
          row?.focus();
          row?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true }));
          return (document.activeElement as HTMLElement).dataset['messageId'] === wanted;
        },
        [snapshot, act, key] as const,
      );
      assert.ok(isThere);
    });

  it('are there for a message that a command leads to', async () => {
    const view = await open();
    await atOnce(view, snapshotOf(LONG, settings(), 1), { type: 'showMessage', messageKey: 'v5' });
    await view.settled();
    assert.ok((await view.keysInSight()).includes('v5'));
  });

  it('are there for such a message while the parser is still to come', async () => {
    const view = await open({ holds: 'parseMarkdown.js' });
    const rows = ROWS.map((row) =>
      row.key === 'v5'
        ? message('v5', { text: 'Some *marks*' })
        : message(row.key, { text: 'Plain' }),
    );
    await view.snapshot({ ...LONG, rows });
    await view.post({ type: 'showMessage', messageKey: 'v5' });
    await view.release();
    await view.settled();
    assert.ok((await view.keysInSight()).includes('v5'));
  });

  it('are there for such a message when a change has read them, and waits for its frame', async () => {
    const view = await open();
    const short = conversation({ rows: [message('a')] });
    await view.snapshot(short);
    const starting = { ...LONG, key: 'another', connection: 'starting' } as const;
    const patches = [
      diffConversation(short, { ...short, rows: [...short.rows, LATER] }),
      diffConversation(starting, { ...starting, connection: 'online' }),
    ];
    const [first, second] = patches;
    assert.ok(first && second);
    await atOnce(
      view,
      { type: 'patch', revision: 2, patch: first },
      snapshotOf(starting, settings(), 3),
      { type: 'patch', revision: 4, patch: second },
      { type: 'showMessage', messageKey: 'v5' },
    );
    await view.settled();
    assert.ok((await view.keysInSight()).includes('v5'));
  });

  it('are there for a change that comes before that frame', async () => {
    const view = await open();
    const patch = diffConversation(LONG, { ...LONG, rows: [...ROWS, LATER] });
    assert.ok(patch);
    await atOnce(view, snapshotOf(LONG, settings(), 1), { type: 'patch', revision: 2, patch });
    await view.settled();
    assert.equal(await view.row('later').getAttribute('aria-posinset'), '2501');
    assert.deepEqual(await view.spoken(), ['Robin: Just now']);
    assert.equal(await first(view), 'v0');
  });

  it('are not news: neither spoken nor counted, and nobody is taken to the end', async () => {
    const view = await open();
    const snapshot: unknown = snapshotOf(LONG, settings(), 1);
    await view.page.evaluate((data) => {
      window.dispatchEvent(new MessageEvent('message', { data }));
      const box = document.querySelector('.scroll-box');
      if (box !== null) box.scrollTop -= 200;
    }, snapshot);
    await view.settled();
    assert.deepEqual(await view.spoken(), []);
    assert.equal(await view.page.locator('.new-messages').isVisible(), false);
    assert.ok(!(await view.keysInSight()).includes('v2499'));
    assert.equal(await first(view), 'v0');
  });

  it('are those that one comes back to', async () => {
    const view = await open();
    await view.snapshot(LONG);
    await view.settled();
    await scrollTo(view, 0.01);
    const [key = ''] = await view.keysInSight();
    const top = () => view.row(key).evaluate((row) => row.getBoundingClientRect().top);
    const before = await top();
    await view.reload();
    await view.snapshot(LONG);
    await view.settled();
    assert.equal(await top(), before);
  });

  it('are known before a sent message is taken for lost', async () => {
    const view = await open();
    await view.snapshot(LONG);
    const kept = {
      ...((await view.state()) as object),
      sending: [{ key: 'v20', text: 'Sent long ago', replyTo: null }],
    };
    const next = await open({ state: kept });
    const snapshot: unknown = snapshotOf(LONG, settings(), 1);
    const text = await next.page.evaluate((data) => {
      window.dispatchEvent(new MessageEvent('message', { data }));
      return document.querySelector<HTMLTextAreaElement>('vscode-text-area')?.value;
    }, snapshot);
    assert.equal(text, '');
  });

  it('are known before the message that one answers is taken for gone', async () => {
    const view = await open();
    await view.snapshot(LONG);
    const kept = { ...((await view.state()) as object), replyTo: 'v3' };
    const next = await open({ state: kept });
    await next.snapshot(LONG);
    await next.settled();
    assert.match(
      (await next.page.locator('[data-part="reply"]').textContent()) ?? '',
      /Text of v3/,
    );
  });
});
