// What a person reads when something is wrong, and that nothing typed is lost, in both languages.
// One window a language: the hosts change behind it, VS Code stays. On the recent version alone, for
// the oldest differs in nothing that is looked at here.
import { deepEqual, equal, match } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '../vscode/vsCodeServer';
import type { Stage } from '../vscode/stage';
import { Front, MESSAGE } from './front';
import { openSuiteStage, picturesOfFailures } from './suiteStage';
import { TROUBLE_WORDS, VSCODE_WORDS } from './troubleWords';

const MEGABYTE = 1024 * 1024;
/** The smallest PNG: one transparent pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

if (process.env['TWIN_VSCODE'] !== 'oldest')
  for (const language of ['en', 'ru'] as const)
    describe(`trouble, in ${language}`, suite(language));

function suite(language: Language) {
  return function (this: Mocha.Suite) {
    this.timeout(180_000);
    const words = TROUBLE_WORDS[language];
    const titles = VSCODE_WORDS[language];
    let stage: Stage;
    let api: Front;
    let messages: Front;

    before(async () => {
      stage = await openSuiteStage({
        language,
        simulator: { language },
        settings: { 'twin.attachments.maxSizeMB': 1 },
        prepare: async ({ url }) => {
          api = await Front.open(url);
          messages = await Front.open(url);
          return { 'twin.apiUrl': api.url, 'twin.messagesUrl': messages.url };
        },
      });
    });

    picturesOfFailures(() => stage);

    after(async () => {
      await stage.close();
      await api.close();
      await messages.close();
    });

    const failure = () => stage.chat.find('[data-part="failure"]');
    const run = (command: keyof typeof titles) => stage.workbench.runCommand(titles[command]);
    const says = async (sentence: RegExp) => {
      await failure().filter({ hasText: sentence }).waitFor();
    };
    const tryAgain = () => failure().getByRole('button', { name: words.tryAgain }).click();
    const warns = async (sentence: RegExp) => {
      const shown = stage.workbench.notification(sentence);
      await shown.waitFor();
      await stage.workbench.dismiss(shown);
    };
    const attached = (name: string, state = 'ready') =>
      stage.chat.body
        .locator(`[data-part="pending-attachment"][data-state="${state}"]`)
        .filter({ hasText: name });

    const timesTaken = (text: string) =>
      stage.simulator.ledger.of('messageTaken').filter(({ body }) => body === text).length;

    const startWith = async (chatId: string) => {
      await run('setChatId');
      await stage.workbench.answer(titles.chatIdPrompt, chatId);
      await stage.workbench.notification(/ID/).getByRole('button', { name: titles.start }).click();
    };

    it('knows no chat with this ID; the draft stays', async () => {
      await run('startChat');
      await stage.chat.untilConnection('online');
      await stage.chat.composer.fill('черновик');
      await startWith('nobody');
      await says(words.noSuchChat);
      await stage.chat.untilWritten('черновик');
    });

    it('cannot reach the host', async () => {
      await api.play('absent');
      await tryAgain();
      await says(words.unreachable);
    });

    it('is at a host that is not TWIN', async () => {
      await api.play('stranger');
      await tryAgain();
      await says(words.noSuchChat);
    });

    it('meets a mistake of the server, in HTML', async () => {
      await api.play('platform');
      stage.simulator.failNext({
        route: 'start',
        status: 500,
        headers: { 'Content-Type': 'text/html' },
        body: '<html><body><h1>Internal Server Error</h1></body></html>',
      });
      await tryAgain();
      await says(words.serverFailed);
      equal(await failure().getByText('Internal').count(), 0);
    });

    it('takes the chat ID out of a widget snippet, starts, and has the draft still', async () => {
      await startWith('<script>twin({ chatId: "echo" })</script>');
      await stage.chat.untilConnection('online');
      await stage.chat.untilWritten('черновик');
      await stage.chat.composer.fill('');
    });

    it('keeps a message while its host cannot be reached, and sends it by itself', async () => {
      await messages.play('absent');
      await stage.chat.send('ждёт');
      const waiting = stage.chat.message('ждёт', 'client');
      await waiting.filter({ hasText: words.messageWaits }).waitFor();
      await messages.play('platform');
      await stage.chat.message('ждёт', 'bot').waitFor();
      equal(await waiting.getByText(words.messageWaits).count(), 0);
    });

    it('does not know whether a message arrived that the server choked on', async () => {
      stage.simulator.failNext({ route: 'send', status: 500, body: '<html>oops</html>' });
      await stage.chat.send('дошло ли');
      const message = stage.chat.message('дошло ли', 'client');
      await message.filter({ hasText: words.messageUnknown }).waitFor();
      await message.getByRole('button', { name: words.sendAgain }).click();
      await stage.chat.message('дошло ли', 'bot').waitFor();
      const taken = stage.simulator.ledger.of('messageTaken').map(({ body }) => body);
      deepEqual(taken, ['ждёт', 'дошло ли']);
    });

    it('says that nothing is open, or selected', async () => {
      await run('attachActiveFile');
      await warns(words.noEditor);
      await run('sendSelection');
      await warns(words.noEditor);
      await stage.workbench.openFile('src/orderStatus.ts');
      await run('sendSelection');
      await warns(words.noSelection);
    });

    it('does not send an empty file, or one over the limit', async () => {
      await writeFile(path.join(stage.folder, 'empty.txt'), '');
      await stage.workbench.openFile('empty.txt');
      await run('attachActiveFile');
      await warns(words.emptyFile);
      await writeFile(path.join(stage.folder, 'large.txt'), 'x'.repeat(MEGABYTE + 1));
      await stage.workbench.openFile('large.txt');
      await run('sendActiveFile');
      await warns(words.tooLarge);
      equal(stage.simulator.ledger.filesTaken().length, 0);
    });

    it('attaches binary files as what they are', async () => {
      await writeFile(path.join(stage.folder, 'точка.png'), PNG);
      await stage.workbench.openFile('точка.png');
      await run('attachActiveFile');
      await attached('точка.png').waitFor();
      await writeFile(path.join(stage.folder, 'data.bin'), Buffer.from([0, 1, 2, 255]));
      await stage.workbench.openFile('data.bin');
      await run('attachActiveFile');
      await attached('data.bin').waitFor();
      const taken = stage.simulator.ledger.filesTaken();
      deepEqual(
        taken.map(({ name, contentType, size }) => ({ name, contentType, size })),
        [
          { name: 'точка.png', contentType: 'image/png', size: PNG.length },
          { name: 'data.bin', contentType: 'application/octet-stream', size: 4 },
        ],
      );
    });

    it('attaches an editor that was never saved, with its text', async () => {
      await stage.workbench.runCommand(titles.newFile);
      await stage.workbench.page.locator('.tab.active[data-resource-name="Untitled-1"]').waitFor();
      await stage.workbench.untilEditing();
      await stage.workbench.type('не сохранено');
      await run('attachActiveFile');
      const chip = attached('Untitled-1.txt');
      await chip.getByText(words.unsaved).waitFor();
      const file = stage.simulator.ledger.filesTaken().at(-1);
      equal(file?.name, 'Untitled-1.txt');
      equal(file.size, Buffer.byteLength('не сохранено'));
    });

    it('says that an upload failed; what is written and attached stays', async () => {
      await stage.chat.composer.fill('к файлу');
      stage.simulator.failNext({ route: 'upload', status: 500, body: '<html>oops</html>' });
      await run('attachActiveFile');
      await attached('Untitled-1.txt', 'failed').filter({ hasText: words.uploadFailed }).waitFor();
      await stage.chat.untilWritten('к файлу');
      equal(await stage.chat.pendingAttachments.count(), 4); // those of the tests before, too
    });

    it('shows the same chat after a reload of the window, draft and all, and goes on', async () => {
      const before = await stage.chat.messages('client').allInnerTexts();
      await stage.workbench.reload();
      await stage.workbench.runCommand(titles.startChat);
      await stage.chat.untilConnection('online');
      deepEqual(await stage.chat.messages('client').allInnerTexts(), before);
      await stage.chat.untilWritten('к файлу');
      await stage.chat.composer.fill('');
      await stage.chat.send('снова тут');
      await stage.chat.message('снова тут', 'bot').waitFor();
      equal(stage.simulator.ledger.of('sessionStarted').length, 2);
    });

    it('goes through an outage in the middle of a conversation', async () => {
      await api.play('absent');
      await messages.play('absent');
      await stage.chat.untilConnection('reconnecting');
      await stage.chat.send('в обрыв');
      await api.play('platform');
      await messages.play('platform');
      await stage.chat.untilConnection('online');
      await stage.chat.message('в обрыв', 'bot').waitFor();
      equal(timesTaken('в обрыв'), 1);
    });

    it('owns up to not knowing after a reload in the middle of a send', async () => {
      messages.holds = MESSAGE;
      await stage.chat.send('на полпути');
      const message = stage.chat.message('на полпути', 'client');
      await message.and(stage.chat.find('[data-delivery="sending"]')).waitFor();
      await stage.workbench.reload();
      messages.holds = null;
      await stage.workbench.runCommand(titles.startChat);
      await message.filter({ hasText: words.messageUnknown }).waitFor();
      equal(timesTaken('на полпути'), 0);
      await message.getByRole('button', { name: words.sendAgain }).click();
      await stage.chat.message('на полпути', 'bot').waitFor();
      equal(timesTaken('на полпути'), 1);
    });

    it('sends a selection under its path and lines, and leaves the draft alone', async () => {
      await stage.chat.composer.fill('мой черновик');
      await stage.workbench.openFile('src/orderStatus.ts');
      await stage.workbench.selectLines(2);
      await run('sendSelection');
      await stage.chat.message('orderStatus.ts:1-2', 'bot').waitFor();
      const body = stage.simulator.ledger.of('messageTaken').at(-1)?.body ?? '';
      match(body, /^`src\/orderStatus\.ts:1-2`\n+```typescript\n/);
      await stage.chat.untilWritten('мой черновик');
    });

    it('ends at a command, keeps conversation and draft, and begins anew', async () => {
      await run('endChat');
      await stage.chat.untilConnection('ended');
      await stage.chat.message('снова тут', 'client').waitFor();
      await run('restartChat');
      await stage.chat.untilConnection('online');
      equal(await stage.chat.messages('client').count(), 0);
      await stage.chat.untilWritten('мой черновик');
    });

    it('names a host that does not exist', async () => {
      await stage.server.changeSettings({ 'twin.apiUrl': 'http://twin-chat-test.invalid' });
      await stage.workbench.reload();
      await run('restartChat');
      await says(words.invalidHost);
    });
  };
}
