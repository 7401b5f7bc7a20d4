// The whole main job by keyboard alone, in a real VS Code: start, answers, words, a file, the end, a
// new start. Nothing here has a mouse: what is looked at is only waited for.
import { deepEqual, equal } from 'node:assert/strict';
import path from 'node:path';
import type { Stage } from '../vscode/stage';
import { openSuiteStage, picturesOfFailures, stepByStep } from './suiteStage';

/** How long a list of VS Code may take to show a row before it is asked again. */
const LIST_MS = 2_000;
const START = 'Control+Alt+KeyT';

if (process.env['TWIN_VSCODE'] !== 'oldest')
  describe('the main job by keyboard alone', function () {
    this.timeout(180_000);
    stepByStep();
    let stage: Stage;

    before(async () => {
      stage = await openSuiteStage();
    });

    picturesOfFailures(() => stage);

    after(() => stage.close());

    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await stage.workbench.page.keyboard.press(key);
    };
    const type = (text: string) => stage.workbench.page.keyboard.type(text);
    const untilWriting = () => stage.chat.untilWriting();
    const untilOn = (name: string) =>
      stage.chat.find(':focus').and(stage.chat.button(name)).waitFor();
    const attached = (name: string, state: string) =>
      stage.chat
        .find(`[data-part="pending-attachment"][data-state="${state}"]`)
        .filter({ hasText: name });

    /** Has a list show such a row; VS Code drops keys until its extensions, or the folder, are read. */
    async function insist(ask: () => Promise<void>, row: string) {
      for (let tries = 5; ; tries -= 1)
        try {
          await ask();
          await stage.workbench.quickPickRow(row).waitFor({ timeout: LIST_MS });
          return;
        } catch (error) {
          if (tries === 0) throw error;
        }
    }

    async function command(title: string) {
      const { workbench } = stage;
      await insist(async () => {
        if (await workbench.quickInput.isVisible()) await press('Escape');
        await press('F1');
        const focused = workbench.quickInput.and(workbench.page.locator(':focus'));
        await focused.waitFor({ timeout: LIST_MS });
        await type(title);
      }, title);
      await press('Enter');
    }

    async function choose(file: string) {
      const { workbench } = stage;
      const folderIsRead = workbench.quickPickRow('src').or(workbench.quickPickRow('README.md'));
      await folderIsRead.first().waitFor();
      await insist(async () => {
        await press('ControlOrMeta+A');
        await workbench.page.keyboard.insertText(file);
      }, path.basename(file));
      await press('Enter');
    }

    it('starts, and is ready to be written in', async () => {
      await command('TWIN: Start Chat');
      await stage.chat.untilConnection('online');
      await untilWriting();
    });

    it('answers by the key that an answer shows', async () => {
      await stage.chat.answer('What can you do?').waitFor();
      await press('Alt+Digit1');
      await stage.chat.message('What can you do?', 'client').waitFor();
      await stage.chat.message('This is what I can do', 'bot').waitFor();
      await untilWriting();
    });

    it('answers by going to an answer, and the focus stays on it', async () => {
      await press('Shift+F6', 'Tab', 'ArrowRight');
      await untilOn('Show Markdown');
      await press('Enter');
      await stage.chat.message('Show Markdown', 'client').waitFor();
      await stage.chat.message('How formatted text looks', 'bot').waitFor();
      await stage.chat.find('.answer.chosen:focus').waitFor();
    });

    it('replies by the menu of a message, and thinks better of it', async () => {
      await press('Shift+Tab');
      await stage.chat.find('article:focus').filter({ hasText: 'This is what I can do' }).waitFor();
      await stage.workbench.menu.takeByKeys('Reply to Message');
      await untilWriting();
      await stage.chat
        .find('.reply:visible')
        .filter({ hasText: 'This is what I can do' })
        .waitFor();
      await press('Escape');
      await stage.chat.find('.reply').waitFor({ state: 'hidden' });
      await press('Shift+F6');
    });

    it('replies to a message, in words', async () => {
      await press('Home');
      await stage.chat.find('article:focus').filter({ hasText: 'Hello!' }).waitFor();
      await press('r');
      await untilWriting();
      await type('Where is my order?');
      await press('Enter');
      const sent = stage.chat.message('Where is my order?', 'client');
      await sent.locator('.quote').waitFor();
      await stage.chat.message('Where is my order?', 'bot').waitFor();
    });

    it('attaches a file, takes it back, attaches another, and sends it', async () => {
      for (const [name, keys] of [
        ['README.md', ['Shift+Tab', 'Enter']],
        ['src/orderStatus.ts', []],
      ] as const) {
        await press('Tab');
        await untilOn('Attach files');
        await press('Enter');
        await choose(path.join(stage.folder, name));
        await attached(path.basename(name), 'ready').waitFor();
        await untilWriting();
        await press(...keys);
        await untilWriting();
      }
      await attached('README.md', 'ready').waitFor({ state: 'detached' });
      await type('Look at this');
      await press('Enter');
      const sent = stage.chat.message('Look at this', 'client');
      await sent.locator('[data-part="attachment"]').waitFor();
      await stage.chat.message('orderStatus.ts', 'bot').waitFor();
    });

    it('fills in a form', async () => {
      await type('form');
      await press('Enter');
      await stage.chat.button('Submit').waitFor();
      await press('Shift+F6', 'Tab', 'Space', 'ArrowRight', 'ArrowRight', 'ArrowRight');
      await press('Tab', 'Space', 'Tab');
      await type('Robin');
      await press('Enter');
      await stage.chat.message('Thank you for rating us 4!', 'bot').waitFor();
    });

    it('ends, and starts again from where the focus is', async () => {
      await press(START);
      await untilWriting();
      await type('stop');
      await press('Enter');
      await stage.chat.untilConnection('ended');
      await untilOn('Start again');
      await press('Enter');
      await stage.chat.untilConnection('online');
      await untilWriting();
      await type('And once more');
      await press('Enter');
      await stage.chat.message('And once more', 'bot').waitFor();
    });

    it('has sent what was meant, each once', () => {
      const { ledger } = stage.simulator;
      deepEqual(
        ledger.of('messageTaken').map(({ body }) => body),
        [
          'What can you do?',
          'Show Markdown',
          'Where is my order?',
          'Look at this',
          'form',
          'How much did we help? 4\nTopic: An order\nName: Robin',
          'stop',
          'And once more',
        ],
      );
      equal(ledger.of('sessionStarted').length, 2);
      deepEqual(ledger.complaints(), []);
    });
  });
