// The states of the chat that are worth a picture, and how a person gets to each. They share a
// window: each begins a chat of its own, but for the first, which shows a VS Code never used.
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Simulator } from '../../src/simulator/simulator';
import { Chat } from '../vscode/chat';
import type { Stage } from '../vscode/stage';
import { Workbench } from '../vscode/workbench';
import { START, UPLOAD, type Front } from './front';
import { VSCODE_WORDS } from './troubleWords';

/** What a state is made with. */
export interface Scene extends Stage {
  /** The host of sessions, files and events; messages go past it. */
  readonly api: Front;
  /** What goes on until the state is left. */
  readonly goingOn: (() => void)[];
}

export interface ScreenshotState {
  readonly name: string;
  /** Leaves the scene as it is to be seen. */
  show(scene: Scene): Promise<void>;
  /** Another scene that shows the state, if it is not to be seen in this one; closed after. */
  elsewhere?(scene: Scene): Promise<Scene>;
  /** True for what is seen beside the side bar as well. */
  readonly whole?: boolean;
  /** Opens what would not let the colours be changed, for each picture anew. */
  open?(scene: Scene): Promise<void>;
  close?(scene: Scene): Promise<void>;
  /** Mends what `show` broke. */
  restore?(scene: Scene): Promise<void> | void;
}

/** What the person says and presses, as the bot understands it in either language. */
const SAID = {
  en: { markdown: 'Show Markdown', operator: 'Call an operator', form: 'Give me a form' },
  ru: { markdown: 'Покажи Markdown', operator: 'Позови оператора', form: 'Дай анкету' },
};
const TALK = {
  en: {
    question: 'Where is my order 4711?',
    thanks: 'Thank you! And when will it arrive?',
    code: 'Why does this not compile?\n\n```ts\nconst total: number = order.price;\n```',
    stop: 'stop',
  },
  ru: {
    question: 'Где мой заказ 4711?',
    thanks: 'Спасибо! А когда он придёт?',
    code: 'Почему это не компилируется?\n\n```ts\nconst total: number = order.price;\n```',
    stop: 'стоп',
  },
};

const languageOf = ({ server }: Scene) => server.options.language ?? 'en';
const run = (scene: Scene, command: keyof (typeof VSCODE_WORDS)['en']) =>
  scene.workbench.runCommand(VSCODE_WORDS[languageOf(scene)][command]);

/** A new chat, online, with the greeting and its picture. */
async function begin(scene: Scene): Promise<void> {
  await run(scene, 'restartChat');
  await scene.chat.untilConnection('online');
  await scene.chat.messages('bot').locator('[data-state="ready"] img').first().waitFor();
}

/** Says something, and waits for the answer. */
async function say(scene: Scene, text: string): Promise<void> {
  const answers = await scene.chat.messages('bot').count();
  await scene.chat.composer.fill(text);
  await scene.chat.composer.press('Enter');
  await scene.chat.messages('bot').nth(answers).waitFor();
}

const sessionId = ({ ledger }: Simulator) => ledger.of('sessionStarted').at(-1)?.sessionId ?? '';

/** Where the extension keeps its conversations. */
const journalsOf = ({ server }: Scene) =>
  path.join(server.dataFolder, 'data/User/globalStorage/twin-chat.twin-chat/sessions');

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
    name: 'typing',
    async show(scene) {
      const { simulator, chat } = scene;
      await begin(scene);
      await chat.untilConnection('online');
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
  {
    name: 'attachment',
    async show(scene) {
      const { workbench, chat, folder, api } = scene;
      await begin(scene);
      await workbench.openFile('Заметки о боте.md');
      await run(scene, 'attachActiveFile');
      await chat.find('[data-part="pending-attachment"][data-state="ready"]').waitFor();
      api.holds = UPLOAD;
      await writeFile(path.join(folder, 'recording-of-the-call.wav'), Buffer.alloc(12_000_000));
      await workbench.openFile('recording-of-the-call.wav');
      await run(scene, 'attachActiveFile');
      await chat.pendingAttachments.nth(1).waitFor();
      await chat.composer.fill(TALK[languageOf(scene)].question);
    },
    restore: async (scene) => {
      scene.api.holds = null;
      await scene.chat.composer.fill('');
      const remove = scene.chat.pendingAttachments.first().getByRole('button').last();
      await remove.click();
      await remove.click();
    },
  },
  {
    name: 'guard',
    whole: true,
    async show(scene) {
      const { workbench, chat, folder } = scene;
      await begin(scene);
      const lines = [
        'PORT=3000',
        `GITHUB_TOKEN=ghp_${'k3Yq'.repeat(9)}`,
        'DB_PASSWORD=walnut-EMBER47',
      ];
      await writeFile(path.join(folder, '.env'), `${lines.join('\n')}\n`);
      await workbench.openFile('.env');
      await chat.composer.fill(TALK[languageOf(scene)].question);
    },
    async open(scene) {
      await run(scene, 'attachActiveFile');
      await scene.workbench.dialog.waitFor();
    },
    async close({ workbench }) {
      await workbench.page.keyboard.press('Escape');
      await workbench.dialog.waitFor({ state: 'hidden' });
    },
    restore: ({ chat }) => chat.composer.fill(''),
  },
  {
    name: 'guardKeepsHere',
    whole: true,
    async show(scene) {
      const { workbench, folder } = scene;
      await begin(scene);
      await writeFile(path.join(folder, '.twinignore'), 'README.*\n');
      await workbench.openFile('README.md');
      await run(scene, 'sendActiveFile');
      await workbench.notification('.twinignore').waitFor();
    },
    restore: async ({ workbench, folder }) => {
      await workbench.dismiss(workbench.notification('.twinignore'));
      await rm(path.join(folder, '.twinignore'));
    },
  },
  {
    name: 'operatorRequested',
    async show(scene) {
      await begin(scene);
      await scene.chat.untilConnection('online'); // what is said before reaches nobody
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
  {
    name: 'undelivered',
    async show(scene) {
      const { simulator, chat } = scene;
      const talk = TALK[languageOf(scene)];
      await begin(scene);
      simulator.failNext({ route: 'send', status: 400, body: { error: 'Invalid attachment' } });
      await chat.send(talk.question);
      await chat.find('[data-delivery="failed"]').waitFor();
      simulator.failNext({ route: 'send', status: 500, body: '<html>oops</html>' });
      await chat.send(talk.thanks);
      await chat.find('[data-delivery="unknown"]').waitFor();
      const headers = { 'Retry-After': '60' };
      simulator.failNext({ route: 'send', status: 503, headers, body: '' });
      await chat.send(talk.question);
      await chat.find('[data-delivery="queued"] .fate-words').waitFor();
    },
  },
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
    name: 'storageFailed',
    async show(scene) {
      await begin(scene);
      await rm(journalsOf(scene), { recursive: true });
      await writeFile(journalsOf(scene), 'no folder');
      await say(scene, TALK[languageOf(scene)].question);
      await scene.chat.find('[data-notice="storage"]').waitFor();
    },
    restore: (scene) => rm(journalsOf(scene)),
  },
  {
    name: 'demo',
    async show(scene) {
      await run(scene, 'startDemo');
      await scene.chat.find('.header .badge:visible').waitFor();
      await scene.chat.messages('bot').locator('[data-state="ready"] img').first().waitFor();
    },
  },
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
