// What a person who does not look at the chat is told: the badge and the status bar of everything, a
// notification of what the setting names, and of one message in half a minute.
import { deepEqual, equal, notEqual } from 'node:assert/strict';
import type { Stage } from '../vscode/stage';
import { openChat, picturesOfFailures } from './suiteStage';

if (process.env['TWIN_VSCODE'] !== 'oldest')
  describe('notifications', function () {
    this.timeout(180_000);
    let stage: Stage;
    let unread = 0;

    before(async () => {
      stage = await openChat();
    });

    picturesOfFailures(() => stage);

    after(() => stage.close());

    const ANNA = { id: 'anna', type: 'OPERATOR', name: 'Anna' } as const;

    const hide = async () => {
      await stage.workbench.openView('Explorer');
      await stage.chat.body.waitFor({ state: 'detached' });
      // The extension host hears of it in its turn: before a command that is run after it.
      await stage.workbench.runCommand('TWIN: Set Chat ID…');
      await stage.workbench.page.getByText('Paste the chat ID').waitFor();
      await stage.workbench.page.keyboard.press('Escape');
      await stage.workbench.quickInput.waitFor({ state: 'hidden' });
      unread = 0;
    };

    /** Somebody says something; returns when the window counts it. */
    const say = async (body: string, author?: typeof ANNA) => {
      const session = stage.simulator.ledger.of('sessionStarted').at(-1)?.sessionId ?? '';
      stage.simulator.say(session, { body, ...(author && { author }) });
      unread += 1;
      await status(`TWIN: ${unread} unread`).waitFor();
      const badge = stage.workbench.page.locator('.activitybar .badge-content');
      await badge.filter({ hasText: `${unread}` }).waitFor();
    };

    const status = (text: string) =>
      stage.workbench.page.locator('.statusbar-item', { hasText: text });
    // VS Code may have something to tell of its own.
    const toasts = () =>
      stage.workbench.notification(/\b(Anna|bot|one|two|three)\b/).allInnerTexts();
    const press = (text: string, button: string) =>
      stage.workbench.notification(text).getByRole('button', { name: button }).click();

    /** A new extension host, which has told of nothing yet. */
    const restart = async (policy: string) => {
      await stage.server.changeSettings({ 'twin.notifications': policy });
      await stage.workbench.reload();
      await stage.workbench.runCommand('TWIN: Start Chat');
      await stage.chat.untilConnection('online');
      await stage.chat.untilWriting();
      await hide();
    };

    it('tell of an operator alone, once in half a minute; Reply leads into the composer', async () => {
      await hide();
      await say('The bot says something.');
      await say('**Hello**, I am [Anna](https://anna.example)', ANNA);
      await stage.workbench.notification('Anna: Hello, I am Anna').hover(); // it stays meanwhile
      await say('And one thing more', ANNA);
      deepEqual([unread, (await toasts()).length], [3, 1]);
      await press('Anna: Hello', 'Reply');
      await stage.chat.find('vscode-text-area:focus-within').waitFor();
      await stage.workbench.type('Hi Anna');
      await stage.chat.untilWritten('Hi Anna');
      await status('TWIN: online').waitFor();
      const badge = stage.workbench.page.locator('.activitybar .badge-content:visible');
      await badge.waitFor({ state: 'detached' });
    });

    it('tell of all when so set; Show leaves the cursor where the person works', async () => {
      await restart('all');
      await stage.workbench.openFile('src/orderStatus.ts');
      await say('The bot says this.');
      await press('The bot says this.', 'Show');
      await stage.chat.message('The bot says this.').waitFor();
      const focused = () => document.activeElement?.tagName;
      notEqual(await stage.workbench.page.evaluate(focused), 'IFRAME');
    });

    it('tell of nothing when so set', async () => {
      await restart('never');
      await say('one', ANNA);
      await say('two', ANNA);
      await say('three');
      deepEqual(await toasts(), []);
    });

    it('are not the only way: the status bar leads to what is unread, also where a chat is over', async () => {
      const started = stage.simulator.ledger.of('sessionStarted').length;
      await stage.workbench.runCommand('TWIN: End Chat');
      await status('TWIN: 3 unread').click();
      await stage.chat.message('three').waitFor();
      await stage.chat.untilConnection('ended');
      await status('TWIN: ended').waitFor();
      equal(stage.simulator.ledger.of('sessionStarted').length, started);
    });
  });
