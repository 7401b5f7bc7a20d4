// Pictures of the list of conversations, and of what is done with them.
import { Chat } from '../vscode/chat';
import {
  DIALOG,
  TALK,
  begin,
  languageOf,
  run,
  say,
  sessionId,
  type Scene,
  type ScreenshotState,
} from './scene';

const header = ({ workbench }: Scene) =>
  workbench.page.getByRole('button', { name: /^(Sessions|Разговоры) Section$/ });
const list = ({ workbench }: Scene) =>
  workbench.page.getByRole('tree', { name: /^(Sessions|Разговоры)$/ });

const unread = (scene: Scene) =>
  list(scene).getByRole('treeitem', { name: /, 1 (unread|новое), / });

/** Two chats that go on, one of which has news, and one of the past. */
async function severalChats(scene: Scene): Promise<void> {
  const { chat, simulator } = scene;
  const talk = TALK[languageOf(scene)];
  await begin(scene);
  await say(scene, talk.question);
  await run(scene, 'endChat');
  await chat.untilConnection('ended');
  await begin(scene);
  await say(scene, talk.thanks);
  const first = simulator.ledger.of('sessionStarted').at(-1)?.sessionId ?? '';
  await run(scene, 'startBeside');
  await chat.message(talk.thanks).waitFor({ state: 'detached' });
  await chat.untilConnection('online');
  await say(scene, talk.code);
  simulator.say(first, { body: talk.question });
  await header(scene).click();
  await unread(scene).waitFor();
  await list(scene).getByRole('treeitem').nth(3).waitFor();
}

/** The one that went on last, as long as it does. */
const second = (scene: Scene) =>
  list(scene).getByRole('treeitem', { name: /^(Why does|Почему).*, (Online|На связи)/ });

async function endThemAll(scene: Scene): Promise<void> {
  await run(scene, 'endChat');
  await scene.chat.untilConnection('ended');
  await second(scene).waitFor({ state: 'detached' }); // those below move up
  await unread(scene).click();
  await scene.chat.untilConnection('online');
  await run(scene, 'endChat');
  await scene.chat.untilConnection('ended');
  await header(scene).click();
}

const WORDS = {
  en: { anna: 'Anna', hello: 'Hello! Your order has left, and will be with you tomorrow.' },
  ru: { anna: 'Анна', hello: 'Здравствуйте! Ваш заказ отправлен и будет у вас завтра.' },
};

export const SESSION_STATES: readonly ScreenshotState[] = [
  { name: 'sessions', show: severalChats, restore: endThemAll },
  {
    name: 'past',
    async show(scene) {
      await severalChats(scene);
      await list(scene).getByRole('treeitem').last().click();
      await scene.chat.untilConnection('ended');
    },
    async restore(scene) {
      await list(scene).press('Home'); // only what is in sight is drawn
      await second(scene).click();
      await scene.chat.untilConnection('online');
      await endThemAll(scene);
    },
  },
  {
    name: 'tab',
    whole: true,
    async show(scene) {
      const { chat, workbench } = scene;
      const talk = TALK[languageOf(scene)];
      await begin(scene);
      await say(scene, talk.question);
      await say(scene, talk.code);
      await run(scene, 'openInEditor');
      const tab = new Chat(workbench, 'tab');
      await tab.message(talk.code.split('\n')[0] ?? '', 'bot').waitFor();
      await tab.composer.fill(talk.thanks);
      await chat.untilWritten(talk.thanks);
    },
    async restore({ chat, workbench }) {
      await chat.composer.fill('');
      await workbench.page.locator('.tab').click({ button: 'middle' });
      await workbench.page.locator('.tab').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'notification',
    whole: true,
    async show(scene) {
      const { chat, simulator, workbench } = scene;
      await begin(scene);
      await workbench.openView('Explorer');
      await chat.body.waitFor({ state: 'detached' });
      // The extension host hears of it in its turn: before a command that is run after it.
      await run(scene, 'exportTranscript');
      await workbench.quickInput.press('Escape');
      const { anna, hello } = WORDS[languageOf(scene)];
      const author = { id: 'anna', type: 'OPERATOR', name: anna } as const;
      simulator.say(sessionId(simulator), { body: `**${hello}** ${hello}`, author });
      await workbench.notification(anna).waitFor();
      await workbench.openView('TWIN');
      await chat.untilConnection('online');
    },
    // It goes by itself, and stays among those that VS Code keeps.
    open: ({ workbench }) => workbench.runCommand('Notifications: Show Notifications'),
    close: ({ workbench }) => workbench.runCommand('Notifications: Hide Notifications'),
  },
  {
    name: 'export',
    whole: true,
    show: begin,
    async open(scene) {
      await run(scene, 'exportTranscript');
      // By its whole name: the rows of the palette, which may be there still, become those of the list.
      await scene.workbench.quickPickRow('JSON').waitFor();
    },
    close: ({ workbench }) => workbench.page.keyboard.press('Escape'),
  },
  {
    name: 'deleteAll',
    show: begin,
    ...DIALOG,
    async open(scene) {
      await run(scene, 'deleteAllData');
      await scene.workbench.dialog.waitFor();
    },
  },
];
