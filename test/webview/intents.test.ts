import assert from 'node:assert/strict';
import { press } from './press';
import { conversation, message } from './samples';
import { withView } from './withView';

describe('what the view tells the host', () => {
  const open = withView();

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
});
