// The guard as a person meets it: VS Code's own dialog, by mouse. Nothing may be at the platform
// before the answer.
import { deepEqual, equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Stage } from '../vscode/stage';
import { openChat, picturesOfFailures } from './suiteStage';

/** Put together here, so that this file holds none. */
const TOKEN = `ghp_${'k3Yq'.repeat(9)}`;
/** Committed, and then changed: its last line holds the token. */
const CODE = 'src/orderStatus.ts';
const FILES = {
  '.env': `PORT=3000\nGITHUB_TOKEN=${TOKEN}\n`,
  '.twinignore': 'private/\n',
  'dist/app.js': 'run();\n',
  'private/plan.md': '# Plan\n',
};

async function fill(folder: string): Promise<void> {
  for (const [name, content] of Object.entries(FILES)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  const git = (...args: string[]) => promisify(execFile)('git', ['-C', folder, ...args]);
  await git('init', '--quiet');
  // Which only Git itself looks at.
  await appendFile(path.join(folder, '.git/info/exclude'), 'dist/\n');
  await git('add', CODE);
  const person = ['-c', 'user.name=Anna', '-c', 'user.email=anna@corp.ru'];
  await git(...person, 'commit', '--quiet', '--message', 'Begin');
  await appendFile(path.join(folder, CODE), `\nlogIn('${TOKEN}');\n`);
}

if (process.env['TWIN_VSCODE'] !== 'oldest')
  describe('what should not leave the machine', function () {
    this.timeout(180_000);
    let stage: Stage;

    before(async () => {
      stage = await openChat({
        settings: { 'git.enabled': true },
        fill,
      });
    });

    picturesOfFailures(() => stage);

    after(() => stage.close());

    const files = () => stage.simulator.ledger.filesTaken().map(({ name }) => name);
    const messages = () => stage.simulator.ledger.of('messageTaken').map(({ body }) => body);
    const dialog = (text: string) => stage.workbench.dialog.filter({ hasText: text });
    const answer = (button: string) => stage.workbench.answerDialog(button);

    it('is asked about with its line, and goes only after a yes', async () => {
      await stage.workbench.openFile('.env');
      await stage.workbench.runCommand('TWIN: Send Active File');
      const question = dialog('Send .env anyway?');
      await question.filter({ hasText: '.env, line 2: a key or token (GitHub)' }).waitFor();
      equal(await question.filter({ hasText: TOKEN }).count(), 0);
      deepEqual(files(), []);
      await answer("Don't Send");
      await stage.chat.untilWriting();
      deepEqual(files(), []);

      await stage.workbench.runCommand('TWIN: Send Active File');
      await question.waitFor();
      deepEqual(files(), []);
      await answer('Send Anyway');
      await stage.chat.message('.env', 'bot').waitFor();
      deepEqual(files(), ['.env']);
    });

    it('is asked about in a message too, which comes back into the composer after a no', async () => {
      const text = `Why does ${TOKEN} not work?`;
      await stage.chat.composer.fill(text);
      await stage.chat.composer.press('Enter');
      await dialog('Send this message anyway?')
        .filter({ hasText: 'line 1: a key or token (GitHub)' })
        .waitFor();
      deepEqual(
        messages().filter((body) => body.includes(TOKEN)),
        [],
      );
      await answer("Don't Send");
      const canSend = { name: 'Send', exact: true, disabled: false };
      await stage.chat.body.getByRole('button', canSend).waitFor();
      await stage.chat.untilWritten(text);
      equal(await stage.chat.messages('client').filter({ hasText: TOKEN }).count(), 0);
      await stage.chat.composer.fill('');
    });

    it('is asked about in a form too, which takes nothing from what is written beside it', async () => {
      await stage.chat.send('form');
      const field = stage.chat.body.getByRole('textbox', { name: 'Name' });
      await field.fill(TOKEN);
      await stage.chat.composer.fill('half a sentence');
      await stage.chat.button('Submit').click();
      await dialog('Send this message anyway?').waitFor();
      await answer("Don't Send");
      while (!(await stage.chat.composer.inputValue()).includes(TOKEN));
      match(await stage.chat.composer.inputValue(), /\n\nhalf a sentence$/);
      await stage.chat.composer.fill('');
    });

    it('is asked about in a file that was dropped, and Enter does not send it', async () => {
      const before = files().length;
      const dropped = path.join(stage.folder, '..', 'dropped.txt');
      await writeFile(dropped, `see\n${TOKEN}\n`);
      await stage.workbench.dropFiles(stage.chat.composer, [dropped]);
      await dialog('Send dropped.txt anyway?')
        .filter({ hasText: 'dropped.txt, line 2: a key or token (GitHub)' })
        .waitFor();
      await stage.workbench.pressInDialog('Enter');
      equal(await stage.chat.pendingAttachments.count(), 0);
      await stage.workbench.dropFiles(stage.chat.composer, [dropped]);
      await answer('Send Anyway');
      await stage.chat.find('[data-part="pending-attachment"][data-state="ready"]').waitFor();
      deepEqual(files().slice(before), ['dropped.txt'], 'once, after the yes alone');
      await stage.chat.button('Remove dropped.txt').click();
      await stage.chat.pendingAttachments.waitFor({ state: 'detached' });
    });

    it('is asked about in a diff too, by the line of the file', async () => {
      const before = messages().length;
      await stage.workbench.openFile(CODE);
      await stage.workbench.runCommand('TWIN: Send Diff of This File');
      await dialog(`Send this part of ${CODE} anyway?`)
        .filter({ hasText: `${CODE}, line 15: a key or token (GitHub)` })
        .waitFor();
      equal(messages().length, before);
      await answer("Don't Send");
      await stage.chat.untilWriting();
      equal(messages().length, before);
    });

    it('is what Git ignores, as Git itself says', async () => {
      const before = files().length;
      await stage.workbench.openFile('dist/app.js');
      await stage.workbench.runCommand('TWIN: Attach Active File');
      await dialog('Send dist/app.js anyway?')
        .filter({ hasText: 'Git ignores this file' })
        .waitFor();
      equal(files().length, before);
      await answer("Don't Send");
      await stage.chat.untilWriting();
      equal(await stage.chat.pendingAttachments.count(), 0);
    });

    it('is what .twinignore names: not sent, with the way to the line that says so', async () => {
      const before = files().length;
      await stage.workbench.openFile('private/plan.md');
      await stage.workbench.runCommand('TWIN: Send Active File');
      const notice = stage.workbench.notification(
        'Not sent: private/plan.md. The pattern private/ in .twinignore, line 1, keeps it here.',
      );
      await notice.getByRole('button', { name: 'Open .twinignore' }).click();
      await stage.workbench.page.locator('.tab.active[data-resource-name=".twinignore"]').waitFor();
      equal(files().length, before);
    });
  });
