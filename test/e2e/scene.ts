// What a picture of a state is made with, and what most of them begin with.
import path from 'node:path';
import type { Simulator } from '../../src/simulator/simulator';
import type { Stage } from '../vscode/stage';
import type { Front } from './front';
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
export const SAID = {
  en: {
    markdown: 'Show Markdown',
    operator: 'Call an operator',
    form: 'Give me a form',
    files: 'Send me files',
  },
  ru: {
    markdown: 'Покажи Markdown',
    operator: 'Позови оператора',
    form: 'Дай анкету',
    files: 'Пришли файлы',
  },
};
export const TALK = {
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

export const languageOf = ({ server }: Scene) => server.options.language ?? 'en';
export const run = (scene: Scene, command: keyof (typeof VSCODE_WORDS)['en']) =>
  scene.workbench.runCommand(VSCODE_WORDS[languageOf(scene)][command]);

/** A new chat, online, with the greeting and its picture. */
export async function begin(scene: Scene): Promise<void> {
  const { ledger } = scene.simulator;
  const before = ledger.of('sessionStarted').length;
  await run(scene, 'restartChat');
  // Not the last one's: what is said before the new one is connected reaches nobody.
  await ledger.until((it) => {
    const started = it.of('sessionStarted')[before];
    return it.of('socketConnected').some(({ sessionId: id }) => id === started?.sessionId);
  });
  await scene.chat.untilConnection('online');
  await scene.chat.messages('bot').locator('[data-state="ready"] img').first().waitFor();
  await scene.chat.composer.fill(''); // it may hold what the last one did not take
}

/** Says something, and waits for the answer. */
export async function say(scene: Scene, text: string): Promise<void> {
  const answers = await scene.chat.messages('bot').count();
  await scene.chat.composer.fill(text);
  await scene.chat.composer.press('Enter');
  await scene.chat.messages('bot').nth(answers).waitFor();
}

export const sessionId = ({ ledger }: Simulator) =>
  ledger.of('sessionStarted').at(-1)?.sessionId ?? '';

/** Where the extension keeps its conversations. */
export const journalsOf = ({ server }: Scene) =>
  path.join(server.dataFolder, 'data/User/globalStorage/twin-chat.twin-chat/sessions');

/** What is opened for each picture and left with Escape. */
export const DIALOG: Pick<ScreenshotState, 'whole' | 'close'> = {
  whole: true,
  async close({ workbench }) {
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog.waitFor({ state: 'hidden' });
  },
};

/** A notice of the window's corner; it does not stay long, so it is called for each picture anew. */
export const notice = (
  text: string | RegExp,
  open: (scene: Scene) => Promise<void>,
): Pick<ScreenshotState, 'whole' | 'open' | 'close'> => ({
  whole: true,
  async open(scene) {
    await open(scene);
    await scene.workbench.notification(text).waitFor();
  },
  close: ({ workbench }) => workbench.dismiss(workbench.notification(text)),
});
