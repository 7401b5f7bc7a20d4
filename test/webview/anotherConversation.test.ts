// Keys of rows and files mean something within one conversation only: here those of two are the same.

import assert from 'node:assert/strict';
import type { ConversationView } from '../../src/shared/conversation';
import { png } from './pictures';
import { conversation, file, message, NOON } from './samples';
import type { ViewPage } from './viewPage';
import { withView } from './withView';

const FACE = file({ key: 'file-1', name: 'face.png', contentType: 'image/png' });
const CAT = file({ key: 'file-2', name: 'cat.png', contentType: 'image/png' });
const OTHER = { key: 'conversation-2' };

const talk = (changes: Partial<ConversationView> = {}): ConversationView =>
  conversation({
    peer: { kind: 'bot', name: 'Robin', avatar: FACE, since: NOON },
    rows: [message('message-1', { avatar: FACE, attachments: [CAT], text: '**bold**' })],
    ...changes,
  });

describe('another conversation with the same keys', () => {
  const open = withView();

  const show = async (view: ViewPage, fileKey: string): Promise<void> => {
    const data = png();
    const picture = {
      state: 'ready',
      contentType: 'image/png',
      data,
      width: 2,
      height: 1,
    } as const;
    await view.post({ type: 'picture', fileKey, picture });
  };

  it('has faces and pictures of its own', async () => {
    const view = await open();
    await view.snapshot(talk());
    await view.waitForIntent('wantPicture', 2);
    await show(view, FACE.key);
    await show(view, CAT.key);
    const faces = view.page.locator('.avatar img');
    const cat = view.row('message-1').locator('.picture');
    await faces.nth(1).waitFor();
    await view.row('message-1').locator('.picture[data-state="ready"]').waitFor();

    await view.snapshot(talk(OTHER));
    assert.equal(await faces.count(), 0);
    assert.equal(await cat.getAttribute('data-state'), 'loading', 'nothing is known of it');
    await view.waitForIntent('wantPicture', 4);
    await show(view, FACE.key);
    await faces.nth(1).waitFor();
  });

  it('is read as if nothing had been read before, also with other settings', async () => {
    const view = await open();
    const raw = view.row('message-1').getByRole('button', { name: 'Show as it came' });
    const bold = view.row('message-1').locator('strong');
    const long = message('message-2', { text: 'line\n'.repeat(5_000) });
    const rows = [...talk().rows, long];
    for (const [key, fontSize] of [
      ['conversation-1', 13],
      ['conversation-2', 13],
      ['conversation-3', 14],
    ] as const) {
      await view.snapshot(talk({ key, rows }), { fontSize });
      assert.equal(await bold.count(), 1, key);
      assert.equal(await view.button('Show less').isVisible(), false, key);
      await view.row('message-1').hover();
      await raw.click();
      await view
        .row('message-2')
        .getByRole('button', { name: /^Show more/ })
        .click();
      assert.equal(await bold.count(), 0);
      assert.equal(await view.button('Show less').isVisible(), true);
    }
    await view.snapshot(talk({ key: 'conversation-3', rows }), { fontSize: 15 });
    assert.equal(await bold.count(), 0, 'the same one is read as before');
  });

  it('is told to have been seen', async () => {
    const view = await open();
    await view.snapshot(talk());
    await view.waitForIntent('seen');
    await view.snapshot(talk(OTHER));
    assert.equal((await view.waitForIntent('seen', 2)).messageKey, 'message-1');
  });
});
