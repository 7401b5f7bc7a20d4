// From nothing to the bot's first answer, as one who has just installed the package: by the demo bot
// and by a chat ID, in Russian on the oldest VS Code and in English on the recent one. Each step is
// left as a picture in out/e2e/first-run.
import { deepEqual } from 'node:assert/strict';
import path from 'node:path';
import { root } from '../vscode/root';
import type { Stage } from '../vscode/stage';
import { openSuiteStage, picturesOfFailures, stepByStep } from './suiteStage';

const ID = '3eb5cf6d-4d20-41c2-b886-f60374d11d19';
const SNIPPET = `<script>TwinWidget.init({ "chatId": "${ID}", "color": "#2a2a6e" })</script>`;

const WORDS = {
  en: {
    demo: 'Try the Demo Bot',
    enterId: 'Enter a Chat ID',
    found: `Chat ID: ${ID}`,
    ask: 'What can you do?',
    answer: 'This is what I can do',
    walkthrough: 'Get Started with TWIN Chat',
    step: 'Talk to the demo bot',
    startDemo: 'Start Demo Chat',
  },
  ru: {
    demo: 'Попробовать демобота',
    enterId: 'Ввести ID чата',
    found: `ID чата: ${ID}`,
    ask: 'Что ты умеешь?',
    answer: 'Вот что я умею',
    walkthrough: 'Знакомство с TWIN Chat',
    step: 'Поговорите с демоботом',
    startDemo: 'Начать демочат',
  },
} as const;

const version = process.env['TWIN_VSCODE'];
const language = version === 'oldest' ? 'ru' : 'en';
const words = WORDS[language];

for (const way of ['demo', 'chatId'] as const)
  describe(`the first run, by ${way}`, function () {
    this.timeout(180_000);
    stepByStep();
    let stage: Stage;
    let step = 0;

    before(async () => {
      stage = await openSuiteStage({
        ...{ chatId: undefined, language, simulator: { language } },
        window: { width: 1600, height: 900 }, // the recent one leaves the pictures out where it is narrow
      });
    });

    picturesOfFailures(() => stage);

    after(() => stage.close());

    const picture = async (name: string) => {
      step += 1;
      const file = `${way}-${language}-${step}-${name}.png`;
      await stage.workbench.screenshot(path.join(root, 'out/e2e/first-run', file));
    };
    const calledPlatform = () => stage.simulator.ledger.of('sessionStarted').length;

    it('begins with two ways in', async () => {
      await stage.workbench.openView('TWIN');
      await stage.chat.button(words.demo).waitFor();
      await stage.chat.button(words.enterId).waitFor();
      await picture('welcome');
    });

    if (way === 'demo')
      it('leads to a bot that needs neither account nor network', async () => {
        await stage.chat.button(words.demo).click();
      });
    else
      it('finds the ID in the widget’s code, says so, and starts', async () => {
        await stage.chat.button(words.enterId).click();
        await stage.workbench.quickInput.fill(SNIPPET);
        await stage.workbench.page
          .locator('.quick-input-message', { hasText: words.found })
          .waitFor();
        await picture('found');
        await stage.workbench.page.keyboard.press('Enter');
      });

    it('is greeted, and answered', async () => {
      await stage.chat.answer(words.ask).waitFor();
      await picture('greeting');
      await stage.chat.answer(words.ask).click();
      await stage.chat.message(words.answer, 'bot').waitFor();
      await picture('answer');
      deepEqual(calledPlatform(), way === 'demo' ? 0 : 1);
    });

    if (way === 'demo')
      it('is explained by a walkthrough, whose first step starts the demo too', async () => {
        const { workbench, chat } = stage;
        await workbench.runCommand('Welcome: Open Walkthrough...');
        await workbench.quickPickRow(words.walkthrough).click();
        const page = workbench.page.locator('.gettingStartedContainer');
        await page.getByText(words.step).first().waitFor();
        // The picture is a webview of no extension's, with words of its own.
        await workbench.page
          .frameLocator('iframe.webview:not([src*="extensionId=twin-chat"])')
          .frameLocator('iframe#active-frame')
          .getByText(words.demo)
          .waitFor();
        await picture('walkthrough');
        await page.getByRole('button', { name: words.startDemo }).click();
        await chat.message(words.answer, 'bot').waitFor({ state: 'detached' });
        await chat.answer(words.ask).waitFor();
      });
  });
