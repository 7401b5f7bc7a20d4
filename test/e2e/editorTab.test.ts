// The chat in a tab of the editor, beside the view: one draft, one conversation, whichever is typed in.
import { deepEqual, equal } from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Chat } from '../vscode/chat';
import type { Stage } from '../vscode/stage';
import { openChat, picturesOfFailures, stepByStep } from './suiteStage';

if (process.env['TWIN_VSCODE'] !== 'oldest')
  describe('the chat in the editor', function () {
    this.timeout(180_000);
    stepByStep();
    let stage: Stage;
    let tab: Chat;

    before(async () => {
      stage = await openChat();
      tab = new Chat(stage.workbench, 'tab');
    });

    picturesOfFailures(() => stage);

    after(() => stage.close());

    const untilTabIs = (title: string) =>
      stage.workbench.page
        .locator('.tab.active .label-name')
        .getByText(title, { exact: true })
        .waitFor();
    const sessionIds = () =>
      stage.simulator.ledger.of('sessionStarted').map(({ sessionId }) => sessionId);

    /** A window that is reloaded may have no time to write down what was typed just now. */
    const untilOnDisk = async (text: string) => {
      const data = path.join(stage.server.dataFolder, 'data/User/globalStorage');
      for (let found = false; !found;) {
        const files = (await readdir(data, { recursive: true })).filter((it) =>
          it.endsWith('.draft.txt'),
        );
        const texts = await Promise.all(files.map((it) => readFile(path.join(data, it), 'utf8')));
        found = texts.some((it) => it.endsWith(text));
      }
    };

    it('opens with the conversation, named for it, ready to be written in', async () => {
      await stage.chat.send('Hello');
      await stage.chat.message('Hello', 'bot').waitFor();
      await stage.workbench.runCommand('TWIN: Open Chat in Editor');
      await tab.message('Hello', 'bot').waitFor();
      await tab.untilWriting();
      await untilTabIs('Hello');
    });

    it('has the draft of the view, and the view has that of the tab', async () => {
      await stage.workbench.type('Where is');
      await stage.chat.untilWritten('Where is');
      await stage.chat.composer.click();
      await stage.workbench.page.keyboard.press('End');
      await stage.workbench.type(' my order?');
      await tab.untilWritten('Where is my order?');
      await tab.composer.click();
      await stage.workbench.page.keyboard.press('Enter');
      for (const chat of [tab, stage.chat]) {
        await chat.message('Where is my order?', 'bot').waitFor();
        await chat.untilWritten('');
      }
    });

    it('finds and replies where the person works', async () => {
      await stage.workbench.page.keyboard.press('ControlOrMeta+F');
      await tab.find('.find-input:focus').waitFor();
      await stage.workbench.page.keyboard.press('Escape');
      await stage.workbench.menu.take(tab.message('Hello', 'bot'), 'Reply to Message');
      await tab.find('.reply:visible').waitFor();
      equal(await stage.chat.find('.reply:visible').count(), 0);
      await tab.untilWriting();
      await stage.workbench.page.keyboard.press('Escape');
      await tab.find('.reply:visible').waitFor({ state: 'detached' });
    });

    it('stays with its conversation, and counts as seen, while the view goes on to another', async () => {
      const ofTab = sessionIds().at(-1) ?? '';
      await stage.workbench.runCommand('TWIN: Start Another Chat');
      await stage.chat.message('Where is my order?').first().waitFor({ state: 'detached' });
      await stage.chat.untilConnection('online');
      await stage.chat.untilWriting();
      stage.simulator.say(ofTab, { body: 'It has left.' });
      await tab.message('It has left.').waitFor();
      await stage.workbench.page.locator('.statusbar-item', { hasText: 'TWIN: online' }).waitFor();
      await tab.send('Thanks');
      await tab.message('Thanks', 'bot').waitFor();
      await stage.chat.message('Thanks', 'bot').waitFor(); // the view follows the person
    });

    it('comes back with its draft when the window is reloaded', async () => {
      await tab.composer.click();
      await stage.workbench.type('half a thought');
      await stage.chat.untilWritten('half a thought');
      await untilOnDisk('half a thought');
      await stage.workbench.reload();
      await tab.message('It has left.').waitFor();
      await tab.untilConnection('online');
      await tab.untilWritten('half a thought');
      await untilTabIs('Hello');
    });

    it('goes on with the chat that is begun in its place', async () => {
      const before = sessionIds().length;
      // Also where the person works in another one beside it: the button is the tab's.
      await stage.workbench.runCommand('TWIN: Start Another Chat');
      await stage.chat.message('Thanks').first().waitFor({ state: 'detached' });
      await stage.chat.untilWriting();
      const title = stage.workbench.page.locator('.editor-actions');
      await title.getByRole('button', { name: 'Restart Chat' }).click();
      await tab.message('It has left.').waitFor({ state: 'detached' });
      await tab.untilConnection('online');
      await tab.untilWritten('half a thought');
      equal(sessionIds().length, before + 2);
      await tab.untilWriting();
    });

    it('puts code into the file behind it', async () => {
      const { workbench } = stage;
      await workbench.openFile('src/orderStatus.ts');
      await workbench.untilEditing();
      await workbench.runCommand('TWIN: Open Chat in Editor');
      await tab.composer.fill('```ts\nconst inserted = 1;\n```');
      await tab.composer.press('Enter');
      const heard = tab.message('const inserted', 'bot');
      await heard.getByRole('button', { name: 'Insert at Cursor', exact: true }).click();
      await workbench.page.locator('.view-line', { hasText: 'inserted' }).waitFor();
      await workbench.runCommand('View: Revert and Close Editor');
      await heard.waitFor();
    });

    it('closes when its conversation is deleted', async () => {
      await stage.workbench.runCommand('TWIN: Delete Conversation…');
      await stage.workbench.answerDialog('Delete');
      await stage.workbench.page.locator('.tab').waitFor({ state: 'detached' });
      deepEqual(stage.simulator.ledger.complaints(), []);
    });
  });
