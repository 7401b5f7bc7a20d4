// The main job by mouse and keyboard, from the package, in a clean VS Code: start, greeting, answer
// button, own words, the active file, the end. What the platform took is read from its ledger.
import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Stage } from '../vscode/stage';
import { openSuiteStage, picturesOfFailures, stepByStep } from './suiteStage';

const FILE = 'Заметки о боте.md';

describe('the main job', function () {
  this.timeout(180_000);
  stepByStep();
  let stage: Stage;

  before(async () => {
    stage = await openSuiteStage();
  });

  picturesOfFailures(() => stage);

  after(() => stage.close());

  it('greets with words, a picture and answers', async () => {
    await stage.workbench.runCommand('TWIN: Start Chat');
    const greeting = stage.chat.message('Hello! I am the TWIN echo bot', 'bot');
    await greeting.locator('img').waitFor();
    await stage.chat.answer('What can you do?').waitFor();
    await stage.chat.untilConnection('online');
    equal(await stage.chat.messages('bot').count(), 1);
  });

  it('takes an answer by its button', async () => {
    await stage.chat.answer('What can you do?').click();
    await stage.chat.message('This is what I can do', 'bot').waitFor();
    await stage.chat.message('What can you do?', 'client').waitFor();
  });

  it('takes own words', async () => {
    await stage.chat.send('Где мой заказ?');
    await stage.chat.message('Где мой заказ?', 'client').waitFor();
    await stage.chat.message('Где мой заказ?', 'bot').waitFor();
  });

  it('sends the active file under its Cyrillic name', async () => {
    await stage.workbench.openFile(FILE);
    await stage.workbench.runCommand('TWIN: Send Active File');
    const sent = stage.chat.messages('client').locator('[data-part="attachment"]');
    await sent.filter({ hasText: FILE }).waitFor();
    await stage.chat.message(FILE, 'bot').waitFor();

    const content = await readFile(path.join(stage.folder, FILE));
    const taken = stage.simulator.ledger.of('fileTaken');
    deepEqual(
      taken.map(({ name, sha256 }) => ({ name, sha256 })),
      [{ name: FILE, sha256: createHash('sha256').update(content).digest('hex') }],
    );
  });

  it('ends when the bot ends it', async () => {
    await stage.chat.send('stop');
    await stage.chat.untilConnection('ended');
  });

  it('sent each message once, and acknowledged each of the bot once', async () => {
    const { ledger } = stage.simulator;
    deepEqual(
      ledger.of('messageTaken').map(({ body }) => body),
      ['What can you do?', 'Где мой заказ?', '', 'stop'],
    );
    const acknowledged = () => ledger.of('acknowledged').map(({ messageId }) => messageId);
    const given = ledger.of('messageGiven').filter(({ by }) => by === 'socket');
    await ledger.until(() => given.every(({ messageId }) => acknowledged().includes(messageId)));
    equal(new Set(acknowledged()).size, acknowledged().length);
    deepEqual(ledger.complaints(), []);
  });
});
