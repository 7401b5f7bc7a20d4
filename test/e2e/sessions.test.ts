// The list of conversations as a person uses it: several live at once, one of the past to be read,
// names, deletion, words looked for in all of them.
import { deepEqual, equal, match } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Stage } from '../vscode/stage';
import { openChat, picturesOfFailures } from './suiteStage';

if (process.env['TWIN_VSCODE'] !== 'oldest')
  describe('the list of conversations', function () {
    this.timeout(180_000);
    let stage: Stage;

    before(async () => {
      stage = await openChat();
      await header().click();
    });

    picturesOfFailures(() => stage);

    after(() => stage.close());

    const header = () => stage.workbench.page.getByRole('button', { name: 'Sessions Section' });
    const list = () => stage.workbench.page.getByRole('tree', { name: 'Sessions' });
    const row = (text: string) => list().getByRole('treeitem').filter({ hasText: text });
    /** One with so many unread messages: its name says so, and the badge at the end of its line. */
    const unreadRow = (text: string, count: number) =>
      list()
        .getByRole('treeitem', { name: `${text}, ${count} unread` })
        .filter({ has: stage.workbench.page.locator(`[class*="badge"]`) });
    const sessionIds = () =>
      stage.simulator.ledger.of('sessionStarted').map(({ sessionId }) => sessionId);

    /** Says something in the chat that is shown, and waits for the answer. */
    const say = async (text: string) => {
      await stage.chat.send(text);
      await stage.chat.message(text, 'bot').waitFor();
    };

    it('names each by the person’s first words, and counts what comes out of sight', async () => {
      await say('Where is my order?');
      await row('Where is my order?').filter({ hasText: 'Online' }).waitFor();
      await stage.workbench.runCommand('TWIN: Start Another Chat');
      await stage.chat.message('Where is my order?').waitFor({ state: 'detached' });
      await stage.chat.untilConnection('online');
      await say('Something else');
      const [first = ''] = sessionIds();
      stage.simulator.say(first, { body: 'Your order has left.' });
      await unreadRow('Where is my order?', 1).waitFor();
      equal(await stage.chat.message('Your order has left.').count(), 0);
    });

    it('shows the one that is clicked, with its draft; the other goes on', async () => {
      await stage.chat.composer.click();
      await stage.workbench.type('half a sentence');
      await row('Where is my order?').click();
      await stage.chat.message('Your order has left.', 'bot').waitFor();
      await stage.chat.untilWritten('');
      await unreadRow('Where is my order?', 1).waitFor({ state: 'detached' });
      const [, second = ''] = sessionIds();
      stage.simulator.say(second, { body: 'Are you there?' });
      await unreadRow('Something else', 1).click();
      await stage.chat.message('Are you there?').waitFor();
      await stage.chat.untilWritten('half a sentence');
    });

    it('gives a name, and keeps both chats over a reload', async () => {
      await stage.workbench.menu.take(row('Where is my order?'), 'Rename Conversation…');
      await stage.workbench.quickInput.fill('Order 4711');
      await stage.workbench.page.keyboard.press('Enter');
      await row('Order 4711').waitFor();
      await stage.workbench.reload();
      await stage.chat.message('Are you there?').waitFor();
      await row('Order 4711').filter({ hasText: 'Online' }).waitFor();
      await row('Something else').filter({ hasText: 'Online' }).waitFor();
    });

    it('ends one from its menu, opens it to be read, and goes on in a new session', async () => {
      await stage.workbench.menu.take(row('Order 4711'), 'End Chat');
      await row('Today').waitFor();
      await row('Order 4711').filter({ hasNotText: 'Online' }).click();
      await stage.chat.message('Your order has left.').waitFor();
      await stage.chat.untilConnection('ended');
      await stage.chat.sendButton.waitFor({ state: 'hidden' });
      const before = sessionIds().length;
      await stage.chat.button('Continue in a new session').click();
      await stage.chat.untilConnection('online');
      equal(sessionIds().length, before + 1);
      await row('Something else').filter({ hasText: 'Online' }).waitFor();
    });

    it('is there whole also when news come at the moment it is opened', async () => {
      const [, second = ''] = sessionIds();
      for (let round = 1; round <= 5; round += 1) {
        // By key: once the list is closed its header moves away from under a mouse.
        await header().press('Enter');
        await list().waitFor({ state: 'hidden' });
        const opened = header().press('Enter');
        stage.simulator.say(second, { body: `News ${round}` });
        await opened;
        await unreadRow('Something else', round).waitFor();
        await row('Order 4711').waitFor();
      }
    });

    it('finds words in all of them, and leads there', async () => {
      await stage.workbench.runCommand('TWIN: Search All Conversations…');
      await stage.workbench.quickInput.fill('left order');
      await stage.workbench.quickPickRow('Your order has left.').click();
      await stage.chat.find('article:focus').filter({ hasText: 'Your order has left.' }).waitFor();
      await stage.chat.untilConnection('ended');
    });

    it('exports one of the past', async () => {
      const { workbench } = stage;
      const file = path.join(stage.folder, 'past.json');
      await row('Something else').click();
      await stage.chat.message('Are you there?').waitFor();
      // VS Code gives the focus back to the list as its menu goes: that may close what was opened.
      const take = async () => {
        await workbench.menu.take(row('Order 4711'), 'Export Transcript…');
        const clicked = workbench.quickPickRow('JSON').click({ timeout: 5_000 });
        return clicked.then(
          () => true,
          () => false,
        );
      };
      while (!(await take()));
      await workbench.quickPickRow('Hide client data and secrets').waitFor();
      await workbench.page.keyboard.press('Enter');
      while (!(await workbench.quickInput.inputValue()).includes('Conversation')); // where it goes
      await workbench.quickInput.fill(file);
      await workbench.page.keyboard.press('Enter');
      await workbench.notification('Saved: past.json').waitFor();
      match(await readFile(file, 'utf8'), /"text": "Your order has left\."/);
      await stage.chat.message('Are you there?').waitFor(); // what is shown stays
    });

    it('deletes one after asking, from the disk too', async () => {
      await stage.workbench.menu.take(row('Order 4711'), 'Delete Conversation…');
      await stage.workbench.dialog.filter({ hasText: 'Delete “Order 4711”?' }).waitFor();
      await stage.workbench.answerDialog('Delete');
      await row('Order 4711').waitFor({ state: 'detached' });
      await stage.workbench.runCommand('TWIN: Search All Conversations…');
      await stage.workbench.quickInput.fill('left order');
      await stage.workbench.quickPickRow('Nothing found').waitFor();
      await stage.workbench.page.keyboard.press('Escape');
      deepEqual(stage.simulator.ledger.complaints(), []);
    });
  });
