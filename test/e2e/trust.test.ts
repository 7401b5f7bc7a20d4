// What a workspace may decide: nothing before it is trusted, and with whom one talks only after the
// person has agreed, once.
import { deepEqual } from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Stage } from '../vscode/stage';
import { openSuiteStage, picturesOfFailures } from './suiteStage';

if (process.env['TWIN_VSCODE'] !== 'oldest')
  describe('a workspace that brings a chat ID', function () {
    this.timeout(180_000);
    let stage: Stage;

    before(async () => {
      stage = await openSuiteStage({
        chatId: undefined,
        settings: {
          'security.workspace.trust.enabled': true,
          'security.workspace.trust.startupPrompt': 'always',
        },
        fill: async (folder) => {
          await mkdir(path.join(folder, '.vscode'));
          const settings = { 'twin.chatId': 'menu', 'twin.apiUrl': 'https://elsewhere.invalid' };
          await writeFile(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
        },
      });
    });

    picturesOfFailures(() => stage);

    after(() => stage.close());

    const started = () => stage.simulator.ledger.of('sessionStarted').map(({ chatId }) => chatId);

    it('is not listened to while it is not trusted', async () => {
      await stage.workbench.answerTrust(false);
      await stage.workbench.runCommand('TWIN: Start Chat');
      await stage.workbench.quickInput.waitFor(); // enter an id, or the demo bot
      await stage.workbench.page.keyboard.press('Escape');
      deepEqual(started(), []);
    });

    it('is asked about when it is trusted; without a yes nothing starts', async () => {
      await stage.workbench.reload();
      await stage.workbench.answerTrust(true);
      await stage.workbench.runCommand('TWIN: Start Chat');
      await stage.workbench.dialog.filter({ hasText: 'twin.chatId: "menu"' }).waitFor();
      await stage.workbench.answerDialog('Cancel');
      deepEqual(started(), []);
    });

    it('is used after a yes, at the person’s own hosts, and not asked about again', async () => {
      await stage.workbench.runCommand('TWIN: Start Chat');
      await stage.workbench.answerDialog('Allow');
      await stage.chat.untilConnection('online');
      await stage.workbench.runCommand('TWIN: Restart Chat');
      await stage.simulator.ledger.until(() => started().length === 2);
      await stage.chat.untilConnection('online');
      deepEqual(started(), ['menu', 'menu']);
    });
  });
