// The states of the chat that are worth a picture, and how a person gets to each. They share a
// window: each begins a chat of its own, but for the first, which shows a VS Code never used.
import { Chat } from '../vscode/chat';
import { Workbench } from '../vscode/workbench';
import { DELIVERY_STATES } from './deliveryStates';
import { FILE_STATES } from './fileStates';
import { START } from './front';
import { RECEIVED_STATES } from './receivedStates';
import { SESSION_STATES } from './sessionStates';
import {
  SAID,
  TALK,
  begin,
  languageOf,
  run,
  say,
  sessionId,
  type Scene,
  type ScreenshotState,
} from './scene';
import { SETTING_STATES } from './settingStates';
import { VSCODE_WORDS } from './troubleWords';

async function callOperator(scene: Scene): Promise<void> {
  await begin(scene);
  await scene.chat.answer(SAID[languageOf(scene)].operator).click();
  await scene.chat.messages('operator').first().waitFor();
}

export const SCREENSHOT_STATES: readonly ScreenshotState[] = [
  {
    name: 'welcome',
    async show({ workbench, chat }) {
      await workbench.openView('TWIN');
      await chat.find('.welcome').waitFor();
    },
    async restore(scene) {
      const { chatIdPrompt, start } = VSCODE_WORDS[languageOf(scene)];
      await run(scene, 'setChatId');
      await scene.workbench.answer(chatIdPrompt, 'echo');
      await scene.workbench.notification('echo').getByRole('button', { name: start }).click();
      await scene.chat.untilConnection('online');
    },
  },
  {
    name: 'starting',
    async show(scene) {
      scene.api.holds = START;
      await run(scene, 'restartChat');
      await scene.chat.untilConnection('starting');
    },
    restore: async ({ api, chat }) => {
      api.holds = null;
      await api.play('platform'); // who waits is cut off, and told so
      await chat.untilConnection('failed');
    },
  },
  {
    name: 'empty',
    async show(scene) {
      scene.simulator.setVariants({ startMessages: 'absent' });
      await run(scene, 'restartChat');
      await scene.chat.untilConnection('online');
    },
    restore: ({ simulator }) => {
      simulator.setVariants({ startMessages: 'documented' });
    },
  },
  { name: 'greeting', show: begin },
  {
    name: 'conversation',
    async show(scene) {
      const talk = TALK[languageOf(scene)];
      await begin(scene);
      scene.simulator.setVariants({ replyTo: 'replyTo' });
      await say(scene, talk.question);
      await say(scene, talk.code);
      await say(scene, SAID[languageOf(scene)].markdown);
    },
    restore: ({ simulator }) => {
      simulator.setVariants({ replyTo: 'absent' });
    },
  },
  {
    name: 'answers',
    async show(scene) {
      await begin(scene);
      await scene.chat.answer(SAID[languageOf(scene)].form).click();
      await scene.chat.messages('bot').nth(1).waitFor();
    },
  },
  {
    name: 'reply',
    async show(scene) {
      await begin(scene);
      const talk = TALK[languageOf(scene)];
      await say(scene, talk.question);
      await scene.workbench.page.keyboard.press('Shift+F6');
      await scene.workbench.page.keyboard.press('r');
      await scene.chat.composer.fill(talk.thanks);
    },
    restore: async ({ chat }) => {
      await chat.composer.press('Escape');
      await chat.composer.fill('');
    },
  },
  {
    name: 'focus',
    async show(scene) {
      await begin(scene);
      await say(scene, TALK[languageOf(scene)].question);
    },
    async open({ chat, workbench }) {
      await chat.composer.click(); // where the change of the colours took the focus from
      await workbench.page.keyboard.press('Shift+F6');
      await chat.find('article:focus').waitFor();
    },
  },
  {
    name: 'find',
    async show(scene) {
      const { chat, workbench } = scene;
      await begin(scene);
      const { question } = TALK[languageOf(scene)];
      await say(scene, question);
      await chat.composer.click();
      await workbench.page.keyboard.press('Control+F');
      await workbench.page.keyboard.insertText('4711');
      await chat.find('.find-count:not(:empty)').waitFor();
    },
    restore: async ({ workbench }) => {
      await workbench.page.keyboard.press('Escape');
    },
  },
  {
    name: 'long',
    async show(scene) {
      await begin(scene);
      const { simulator, chat } = scene;
      const { question } = TALK[languageOf(scene)];
      const body = `${question}\n\n`.repeat(100);
      simulator.say(sessionId(simulator), { body });
      await chat.find('.fold-buttons').waitFor();
    },
  },
  {
    name: 'typing',
    async show(scene) {
      const { simulator, chat } = scene;
      await begin(scene);
      // Typing is shown for 8 s at most: somebody goes on.
      const type = () => {
        simulator.emit(sessionId(simulator), 'showTypingIndicatorEmit', { authorType: 'BOT' });
      };
      type();
      const timer = setInterval(type, 2_000);
      scene.goingOn.push(() => {
        clearInterval(timer);
      });
      await chat.typing.waitFor();
    },
    restore: ({ goingOn }) => {
      for (const stop of goingOn.splice(0)) stop();
    },
  },
  ...FILE_STATES,
  ...RECEIVED_STATES,
  ...SESSION_STATES,
  {
    name: 'operatorRequested',
    async show(scene) {
      await begin(scene);
      const { simulator } = scene;
      const body = languageOf(scene) === 'ru' ? 'Зову оператора…' : 'Calling an operator…';
      simulator.say(sessionId(simulator), { body, type: 'HELP' });
      await scene.chat.message(body, 'bot').waitFor();
    },
  },
  { name: 'operatorAssigned', show: callOperator },
  {
    name: 'operatorTalk',
    async show(scene) {
      await callOperator(scene);
      await scene.chat.send(TALK[languageOf(scene)].question);
      await scene.chat.messages('operator').nth(2).waitFor();
      await scene.chat.send(TALK[languageOf(scene)].thanks);
      await scene.chat.messages('operator').nth(3).waitFor();
      await scene.chat.messages('bot').nth(2).waitFor();
    },
  },
  {
    name: 'expiring',
    async show(scene) {
      scene.simulator.setLifetime(280);
      await begin(scene);
      await scene.chat.find('[data-notice="expiry"]').waitFor();
    },
    restore: ({ simulator }) => {
      simulator.setLifetime(3_600);
    },
  },
  {
    name: 'ended',
    async show(scene) {
      const talk = TALK[languageOf(scene)];
      await begin(scene);
      await say(scene, talk.question);
      await say(scene, talk.stop);
      await scene.chat.untilConnection('ended');
    },
  },
  {
    name: 'error',
    async show(scene) {
      await scene.api.play('absent');
      await run(scene, 'restartChat');
      await scene.chat.untilConnection('failed');
    },
    restore: ({ api }) => api.play('platform'),
  },
  {
    name: 'reconnecting',
    async show(scene) {
      await begin(scene);
      await scene.api.play('absent');
      await scene.chat.untilConnection('reconnecting');
      await scene.chat.send(TALK[languageOf(scene)].question);
    },
    restore: async ({ api, chat }) => {
      await api.play('platform');
      await chat.untilConnection('online');
    },
  },
  {
    name: 'gap',
    async show(scene) {
      await begin(scene);
      await say(scene, TALK[languageOf(scene)].question);
      await scene.api.play('absent');
      await scene.chat.untilConnection('reconnecting');
      await scene.api.play('platform');
      await scene.chat.untilConnection('online');
      await scene.chat.find('[data-happening="gap"]').waitFor();
    },
  },
  ...DELIVERY_STATES,
  {
    name: 'elsewhere',
    show: begin,
    async elsewhere(scene) {
      const browser = scene.workbench.page.context().browser();
      if (browser === null) throw new Error('the window has no browser');
      const size = { width: 1440, height: 900 };
      const { server, folder } = scene;
      const workbench = await Workbench.open(browser, server, { folder }, size);
      const second = { ...scene, workbench, chat: new Chat(workbench) };
      await workbench.openView('TWIN');
      await second.chat.find('[data-part="elsewhere"]').waitFor();
      return second;
    },
  },
  {
    name: 'demo',
    async show(scene) {
      await run(scene, 'startDemo');
      await scene.chat.find('.header .badge:visible').waitFor();
      await scene.chat.messages('bot').locator('[data-state="ready"] img').first().waitFor();
    },
    // A restart would begin a demo again, of which the simulator of the scene knows nothing.
    async restore(scene) {
      await run(scene, 'endChat');
      await scene.chat.untilConnection('ended');
      await run(scene, 'startChat');
      await scene.chat.find('.header .badge:visible').waitFor({ state: 'hidden' });
      await scene.chat.untilConnection('online');
    },
  },
  ...SETTING_STATES,
  {
    name: 'hostLost',
    async show(scene) {
      for (const pid of await scene.server.extensionHosts()) {
        process.kill(pid, 'SIGSTOP');
        scene.goingOn.push(() => process.kill(pid, 'SIGCONT'));
      }
      await scene.chat.composer.fill(TALK[languageOf(scene)].thanks);
      await scene.chat.find('[data-notice="host"]').waitFor();
    },
    restore: ({ goingOn }) => {
      for (const goOn of goingOn.splice(0)) goOn();
    },
  },
];
