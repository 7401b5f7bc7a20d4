import assert from 'node:assert/strict';
import type { ViewSettings } from '../../src/shared/hostMessage';
import type { Intent } from '../../src/shared/intent';
import {
  conversation,
  happening,
  message,
  NOON,
  ownMessage,
  pendingFile,
  problem,
} from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const MINUTE = 60_000;

async function press(view: ViewPage, name: string, type: Intent['type']) {
  await view.button(name).click();
  await view.waitForIntent(type);
}

/** On how many lines each host's name stands. */
const linesOfHosts = (view: ViewPage) =>
  view.page.locator('.host').evaluateAll((hosts) =>
    hosts.map((host) => {
      const range = document.createRange();
      range.selectNodeContents(host);
      return range.getClientRects().length;
    }),
  );

describe('the states of the view', () => {
  const open = withView();

  it('welcomes with two ways in, and a third when a chat id is set', async () => {
    const view = await open();
    await view.snapshot(null);
    assert.equal(await view.button('Start Chat').count(), 0);
    await press(view, 'Enter a Chat ID', 'setChatId');
    await press(view, 'Try the Demo Bot', 'startDemo');
    await view.snapshot(null, { hasChatId: true });
    await press(view, 'Start Chat', 'startChat');
    assert.equal(await view.composer.count(), 0);
  });

  it('has its frame ready, unseen, before it knows what to show', async () => {
    const frame = async (changes: Partial<ViewSettings>) => {
      const view = await open();
      const chat = view.page.locator('.chat');
      assert.equal(await chat.isVisible(), false);
      assert.equal(await view.composer.count(), 0);
      const early = await chat.elementHandle();
      await view.snapshot(conversation({ rows: [message('b')] }), changes);
      assert.equal(await view.composer.isVisible(), true);
      return chat.evaluate((element, before) => element === before, early);
    };
    assert.equal(await frame({}), true);
    // The document was written with other settings.
    assert.equal(await frame({ sendOn: 'ctrlEnter' }), false);
  });

  it('offers to go on in a new session where an old one is read', async () => {
    const view = await open();
    await view.snapshot(conversation({ connection: 'ended', past: true }));
    assert.equal(await view.composer.isVisible(), false);
    await press(view, 'Continue in a new session', 'restartChat');
    await view.snapshot(conversation({ connection: 'ended' }));
    assert.equal(await view.button('Start again').isVisible(), true);
  });

  it('says of each intent which conversation it is about', async () => {
    const view = await open();
    const spokenIn = () => view.page.evaluate(() => window.twinTest.spokenIn);
    await view.snapshot(null);
    await press(view, 'Try the Demo Bot', 'startDemo');
    assert.equal(await spokenIn(), null);
    for (const key of ['first', 'second']) {
      await view.snapshot(conversation({ key, rows: [message('b')] }));
      await view.composer.pressSequentially('x');
      await view.composer.press('Enter');
      assert.equal(await spokenIn(), key);
    }
  });

  it('says that one works here by what one does here, once, and not by the focus', async () => {
    const view = await open();
    const said = async () => (await view.intentsOf('workHere')).length;
    const leave = () => view.page.evaluate(() => window.dispatchEvent(new FocusEvent('blur')));
    await view.snapshot(conversation({ rows: [message('b')] }));
    // VS Code gives the focus back when its palette closes, and what was chosen there comes first.
    await view.page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
    await view.composer.focus();
    assert.equal(await said(), 0);
    await view.page.keyboard.type('abc');
    assert.equal(await said(), 1);
    await leave();
    await view.row('b').click();
    assert.equal(await said(), 2);
    await leave();
    await view.page.keyboard.insertText('dictated');
    assert.equal(await said(), 2, 'the composer has lost the focus to the row');
    await view.composer.focus();
    await view.page.keyboard.insertText('dictated');
    assert.equal(await said(), 3);
  });

  it('keeps nothing of a conversation that is no more', async () => {
    const view = await open();
    await view.snapshot(conversation());
    await view.composer.pressSequentially('precious');
    await view.snapshot(null);
    await view.page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await view.page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
    assert.equal(await view.page.evaluate(() => window.twinTest.state ?? null), null);
    await view.snapshot(conversation({ key: 'next' }));
    assert.equal(await view.composer.inputValue(), '');
  });

  it('shows that it starts, and lets one write meanwhile', async () => {
    const view = await open();
    await view.snapshot(conversation({ connection: 'starting', peer: null }));
    assert.equal(await view.page.locator('.ring').isVisible(), true);
    assert.equal(await view.composer.isVisible(), true);
  });

  it('invites to write the first message where nobody has said anything', async () => {
    const view = await open();
    await view.snapshot(conversation());
    await view.page.getByText('No messages yet. Write the first one.').waitFor();
    assert.equal(await view.composer.isVisible(), true);
    await view.change({ rows: [message('b')] });
    assert.equal(await view.page.getByText('No messages yet').count(), 0);
  });

  it('says why the chat did not start, and what to do', async () => {
    const view = await open();
    const why = problem({ step: 'start', reason: 'notFound', status: 404 });
    await view.snapshot(conversation({ connection: 'failed', problem: why }));
    const failure = view.page.locator('[data-part="failure"]');
    const words = (await failure.textContent()) ?? '';
    assert.match(words, /The chat did not start: \S+ knows no chat with this ID \(status 404\)\./);
    assert.match(words, /Check the chat ID/);
    await press(view, 'Enter a Chat ID', 'setChatId');
    await press(view, 'Settings', 'openSettings');
    await press(view, 'Try Again', 'restartChat');
    await view.change({ problem: problem({ step: 'start', reason: 'unreachable' }) });
    assert.match(
      (await failure.textContent()) ?? '',
      /cannot be reached/,
      'for another reason now',
    );
  });

  it('keeps the messages in sight when the chat fails later, and offers the settings', async () => {
    const view = await open();
    const why = problem({ step: 'connect', reason: 'protocol' });
    await view.snapshot(conversation({ connection: 'failed', rows: [message('b')], problem: why }));
    assert.equal(await view.row('b').isVisible(), true);
    assert.equal(await view.page.locator('[data-part="failure"]').isVisible(), true);
    await press(view, 'Settings', 'openSettings');
  });

  it('says that it reconnects, and tries at once when asked', async () => {
    const view = await open();
    await view.snapshot(conversation({ connection: 'reconnecting', rows: [message('b')] }));
    await view.page.getByText('What you send waits').waitFor();
    await press(view, 'Try now', 'reconnect');
    await view.change({ connection: 'online' });
    assert.equal(await view.page.getByText('What you send waits').count(), 0);
  });

  it('offers to start again after the end, and keeps the draft in sight', async () => {
    const view = await open();
    const rows = [message('b'), happening('e', { type: 'ended', by: 'bot' })];
    await view.snapshot(conversation({ rows }));
    await view.composer.fill('not sent yet');
    await view.change({ connection: 'ended' });
    assert.equal(await view.composer.inputValue(), 'not sent yet');
    assert.equal(await view.page.getByText('What you wrote is kept').isVisible(), true);
    assert.equal(await view.send.isVisible(), false);
    await view.composer.press('Enter');
    assert.deepEqual(await view.intentsOf('send'), []);
    await press(view, 'Start again', 'restartChat');
  });

  it('hides the empty composer after the end', async () => {
    const view = await open();
    await view.snapshot(conversation({ connection: 'ended', rows: [message('b')] }));
    assert.equal(await view.composer.count(), 0);
    assert.equal(await view.button('Start again').isVisible(), true);
  });

  it('tells with whom one talks, since when, and that it is a demo', async () => {
    const view = await open();
    await view.snapshot(conversation({ demo: true }));
    const peer = view.page.locator('[data-part="peer"]');
    assert.equal(await peer.textContent(), 'Robin');
    const times = view.page.locator('[data-part="times"]');
    assert.equal(await times.textContent(), 'Since 12:00');
    assert.equal(await view.page.getByText('Demo', { exact: true }).isVisible(), true);
    await view.change({
      peer: { kind: 'operator', name: null, avatar: null, since: NOON },
      demo: false,
    });
    assert.equal(await peer.textContent(), 'Operator');
    assert.equal(await view.page.getByText('Demo', { exact: true }).isVisible(), false);
  });

  it('breaks no host at its hyphen, and no sentence for a button, at 220 px', async () => {
    const view = await open({ width: 220 });
    await view.snapshot(
      conversation({
        connection: 'reconnecting',
        rows: [ownMessage('f', { delivery: 'failed', problem: problem() })],
        composer: {
          draft: { text: '', version: 0 },
          pending: [pendingFile({ state: 'failed', problem: problem({ step: 'upload' }) })],
        },
      }),
    );
    const words = view.page.locator('[data-notice="reconnecting"] > span');
    assert.ok(((await words.boundingBox())?.width ?? 0) > 150);
    assert.deepEqual(await linesOfHosts(view), [1, 1]);
    const failed = problem({ step: 'start', reason: 'unreachable' });
    await view.snapshot(conversation({ connection: 'failed', peer: null, problem: failed }));
    assert.deepEqual(await linesOfHosts(view), [1]);
  });

  it('tells which profile it was begun with, and lets one choose another', async () => {
    const view = await open({ width: 220 });
    await view.snapshot(conversation());
    const profile = view.page.locator('[data-part="profile"]');
    assert.equal(await profile.isVisible(), false, 'there is none to choose');
    const name = 'Production of the large shop, with real people';
    await view.snapshot(conversation({ profile: name }), { hasProfiles: true });
    await press(view, name, 'chooseProfile');
    const status = await view.page.getByRole('status').first().boundingBox();
    assert.ok(status !== null && status.x + status.width <= 220, 'the state is still seen');
    await view.change({ profile: null });
    await press(view, 'Profile', 'chooseProfile');
  });

  it('welcomes with the profile that is chosen', async () => {
    const view = await open();
    await view.snapshot(null, { hasChatId: true, hasProfiles: true, profile: 'Shop' });
    await press(view, 'Start Chat: Shop', 'startChat');
    await press(view, 'Choose a Profile', 'chooseProfile');
  });

  it('tells how long the session may live, while it does', async () => {
    const view = await open();
    const expiresAt = NOON + 12 * 60 * MINUTE;
    await view.snapshot(conversation({ expiresAt }));
    const times = view.page.locator('[data-part="times"]');
    assert.equal(await times.textContent(), 'Since 12:00Session until 0:00');
    await view.change({ connection: 'ended' });
    assert.equal(await times.textContent(), 'Since 12:00');
    await view.change({ peer: null });
    assert.equal(await times.isVisible(), false);
  });

  it('keeps the "PM" of a time on its line', async () => {
    const view = await open({ locale: 'en-US' });
    await view.snapshot(conversation({ expiresAt: NOON + 60 * MINUTE }));
    const times = view.page.locator('[data-part="times"]');
    assert.equal(await times.textContent(), 'Since 12:00\u00a0PMSession until 1:00\u00a0PM');
  });

  it('runs a clock while an operator is awaited', async () => {
    const view = await open({ clock: true });
    await view.page.clock.install({ time: NOON });
    await view.page.clock.pauseAt(NOON + MINUTE);
    await view.postOnClock(conversation({ operatorRequestedAt: NOON }));
    const timer = view.page.getByRole('timer');
    assert.equal(await timer.textContent(), '1:00');
    await view.page.clock.runFor(5_000);
    assert.equal(await timer.textContent(), '1:05');
  });

  it('says from five minutes before that the session may end', async () => {
    const view = await open({ clock: true });
    await view.page.clock.install({ time: NOON });
    await view.page.clock.pauseAt(NOON + MINUTE);
    await view.postOnClock(conversation({ expiresAt: NOON + 10 * MINUTE }));
    const notice = view.page.locator('[data-notice="expiry"]');
    assert.equal(await notice.count(), 0);
    await view.page.clock.runFor(4 * MINUTE);
    assert.match((await notice.textContent()) ?? '', /may end in 5\u00a0minutes/);
    await view.page.clock.runFor(4 * MINUTE);
    assert.match((await notice.textContent()) ?? '', /may end in 1\u00a0minute$/);
    await view.page.clock.runFor(2 * MINUTE);
    assert.match((await notice.textContent()) ?? '', /may have ended/);
  });

  it('warns that the disk does not take the conversation', async () => {
    const view = await open();
    await view.snapshot(conversation({ storageFailed: true }));
    assert.equal(await view.page.getByText('is not being saved').isVisible(), true);
  });

  it('tells each happening in words', async () => {
    const view = await open();
    await view.snapshot(
      conversation({
        rows: [
          happening('1', { type: 'operatorRequested' }),
          happening('2', { type: 'operatorAssigned', name: 'Anna' }),
          happening('3', { type: 'operatorReplaced', name: 'Boris', previousName: 'Anna' }),
          happening('4', { type: 'operatorStatus', name: 'Boris', status: 'AWAY' }),
          happening('4a', { type: 'operatorStatus', name: 'Boris', status: 'On a break' }),
          happening('5', { type: 'operatorLeft', name: null }),
          happening('6', { type: 'ended', by: 'server' }),
          happening('7', { type: 'gap', from: NOON, to: NOON + 5 * MINUTE }),
          happening('8', { type: 'gap', from: NOON, to: NOON + 1 }),
        ],
      }),
    );
    assert.deepEqual(await view.log.locator('[data-author="system"]').allTextContents(), [
      'An operator has been asked to join',
      'Anna has joined',
      'Boris has taken over from Anna',
      'Boris: away',
      'Boris: On a break',
      'The operator has left',
      'TWIN has closed this session',
      'The connection was interrupted between 12:00 and 12:05: messages may be missing. If you expected an answer, ask again.',
      'The connection was interrupted at about 12:00: messages may be missing. If you expected an answer, ask again.',
    ]);
  });
});
