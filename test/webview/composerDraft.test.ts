import assert from 'node:assert/strict';
import type { Draft } from '../../src/shared/conversation';
import { conversation, message, ownMessage, pendingFile } from './samples';
import { withView } from './withView';

describe('the draft in the composer', () => {
  const open = withView();

  it('saves the draft again and again while one types, and at once when the view goes', async () => {
    const view = await open({ clock: true });
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

  it('takes what another view has written, before what is typed here and not saved', async () => {
    const view = await open({ clock: true });
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

  for (const text of ['my key is ghp_x', ''])
    it(`takes back what may not go: ${text === '' ? 'a file alone' : 'a text, its file'} and what it answers`, async () => {
      const view = await open();
      const composer = (draft: Draft) => ({ composer: { draft, pending: [pendingFile()] } });
      const rows = [message('b')];
      await view.snapshot(conversation({ rows, ...composer({ text: '', version: 0 }) }));
      await view.row('b').focus();
      await view.page.keyboard.press('r');
      await view.composer.fill(text);
      await view.composer.press('Enter');
      const { edit } = await view.waitForIntent('send');
      const chips = view.page.locator('[data-part="pending-attachment"]');
      const reply = view.page.locator('[data-part="reply"]');
      await view.change({ typing: { by: 'bot', name: null } });
      assert.deepEqual([await chips.count(), await reply.isVisible()], [0, false]);
      await view.change(composer({ text, version: 1, edit: edit + 1 }));
      assert.deepEqual([await chips.count(), await reply.isVisible()], [1, true]);
      assert.equal(await view.composer.inputValue(), text);
      await view.composer.fill('my key is gone');
      await view.composer.press('Enter');
      const { attachmentIds, replyTo, after } = await view.waitForIntent('send', 2);
      assert.deepEqual([attachmentIds, replyTo], [['pending-1'], 'b']);
      assert.equal(after > edit, true, 'upon what came back');
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

  it('takes a text back that the host never got, and what it answers', async () => {
    const view = await open();
    const rows = [message('b')];
    const reply = view.page.locator('[data-part="reply"]');
    const shown = async () => [await view.composer.inputValue(), await reply.isVisible()];
    await view.snapshot(conversation({ rows }));
    await view.row('b').focus();
    await view.page.keyboard.press('r');
    await view.composer.fill('lost?');
    await view.composer.press('Enter');
    const { key } = await view.waitForIntent('send');
    await view.change({ typing: { by: 'bot', name: null } });
    assert.deepEqual(await shown(), ['', false], 'a change says nothing about it');
    await view.snapshot(conversation({ rows }));
    assert.deepEqual(await shown(), ['lost?', true]);
    await view.change({ rows: [...rows, ownMessage(key, { text: 'lost?' })] });
    assert.deepEqual(await shown(), ['', false], 'it was there after all');
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
});
