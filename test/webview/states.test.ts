import assert from 'node:assert/strict';
import type { ViewSettings } from '../../src/shared/hostMessage';
import { press } from './press';
import { conversation, happening, message, problem } from './samples';
import { withView } from './withView';

describe('the states of the view', () => {
  const open = withView();

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

  it('welcomes with the profile that is chosen', async () => {
    const view = await open();
    await view.snapshot(null, { hasChatId: true, hasProfiles: true, profile: 'Shop' });
    await press(view, 'Start Chat: Shop', 'startChat');
    await press(view, 'Choose a Profile', 'chooseProfile');
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

  it('offers to go on in a new session where an old one is read', async () => {
    const view = await open();
    await view.snapshot(conversation({ connection: 'ended', past: true }));
    assert.equal(await view.composer.isVisible(), false);
    await press(view, 'Continue in a new session', 'restartChat');
    await view.snapshot(conversation({ connection: 'ended' }));
    assert.equal(await view.button('Start again').isVisible(), true);
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
});
