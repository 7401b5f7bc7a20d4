// The states of what comes from the bot: its files, and its code on the way back into an editor.
import { STORED } from './front';
import {
  DIALOG,
  SAID,
  begin,
  languageOf,
  notice,
  say,
  sessionId,
  type Scene,
  type ScreenshotState,
} from './scene';
import { png } from '../support/pictureFiles';

const GONE = /gone\.txt|пропажа\.txt/;
const TABLE = /prices\.csv|цены\.csv/;
const INVOICE = /invoice|счёт/;
const RECORDING = 'recording-of-the-call.wav';
const CODE = 'const total = order.items.reduce((sum, item) => sum + item.price, 0);';

const attachment = ({ chat }: Scene, name: RegExp | string) =>
  chat.find('[data-part="attachment"]').filter({ hasText: name }).last();
const openFile = (scene: Scene, name: RegExp | string) =>
  attachment(scene, name).locator('button.file-name').click();

/** A new chat with the bot's files. */
async function receive(scene: Scene): Promise<void> {
  await begin(scene);
  await say(scene, SAID[languageOf(scene)].files);
  await attachment(scene, GONE).waitFor();
}

/** The bot sends a file that lies at this address. */
function give({ simulator }: Scene, name: string, contentType: string, url: string, size = 48_000) {
  simulator.emit(sessionId(simulator), 'chatMessageCreatedEmit', {
    id: `with ${name}`,
    authorType: 'BOT',
    body: '',
    attachments: [{ id: name, name, contentType, size, url }],
  });
}

/** The bot says code that replaces lines of a file. */
async function hearCode(scene: Scene): Promise<void> {
  await begin(scene);
  const body = `\`src/orderStatus.ts:2-4\`\n\n\`\`\`ts\n${CODE}\n\`\`\``;
  scene.simulator.say(sessionId(scene.simulator), { body });
  await scene.chat.find('.code-head').waitFor();
}

/** What the bot says: two forms that ask for the same, and a table that is drawn in two pieces. */
const WORDS = {
  en: {
    please: 'Two things, please.',
    titles: ['Delivery', 'Invoice'],
    fields: ['Name', 'Date', 'Note'],
    head: ['No.', 'Article', 'Where it is'],
    article: 'Desk lamp with a long arm, black',
    place: 'On its way',
    sources: 'See [the rules][1] and [terms].',
  },
  ru: {
    please: 'Два вопроса, пожалуйста.',
    titles: ['Доставка', 'Счёт'],
    fields: ['Имя', 'Дата', 'Примечание'],
    head: ['№', 'Товар', 'Где он'],
    article: 'Настольная лампа на длинной ножке, чёрная',
    place: 'В пути',
    sources: 'См. [правила][1] и [terms].',
  },
} as const;

/** Copy, insert, new file, apply. */
const codeButton = ({ chat }: Scene, index: number) =>
  chat.find('.code-head').getByRole('button').nth(index);

export const RECEIVED_STATES: readonly ScreenshotState[] = [
  {
    name: 'received',
    async show(scene) {
      const { workbench, chat } = scene;
      await receive(scene);
      await openFile(scene, GONE);
      await workbench.dismiss(workbench.notification(GONE));
      await openFile(scene, INVOICE);
      await workbench.dialog.waitFor();
      await DIALOG.close?.(scene);
      await attachment(scene, INVOICE).locator('.file-warning').waitFor();
      await chat.composer.click();
    },
  },
  {
    name: 'receivedPictures',
    async show(scene) {
      await begin(scene);
      const { simulator, api } = scene;
      const content = png(8, 8, { claimed: [60_000, 60_000] });
      const file = { name: 'map.png', contentType: 'image/png', content, isPrivate: false };
      give(scene, 'map.png', 'image/png', `${api.url}/storage/${simulator.keepFile(file).id}/x`);
      give(scene, 'cat.png', 'image/png', 'https://pictures.example.com/cat.png');
      await attachment(scene, 'cat.png').locator('.picture-place button').waitFor();
      await attachment(scene, 'map.png').locator('.picture-place .quiet').waitFor();
    },
  },
  {
    name: 'receivedGone',
    ...notice(GONE, (scene) => openFile(scene, GONE)),
    show: receive,
  },
  {
    name: 'receivedBelies',
    ...DIALOG,
    show: receive,
    async open(scene) {
      await openFile(scene, INVOICE);
      await scene.workbench.dialog.waitFor();
    },
  },
  {
    name: 'receivedElsewhere',
    ...DIALOG,
    async show(scene) {
      await begin(scene);
      give(scene, 'report.pdf', 'application/pdf', 'https://files.example.com/report.pdf');
      await attachment(scene, 'report.pdf').waitFor();
    },
    async open(scene) {
      await openFile(scene, 'report.pdf');
      await scene.workbench.dialog.waitFor();
    },
  },
  {
    name: 'receivedInOwnNetwork',
    ...DIALOG,
    async show(scene) {
      await begin(scene);
      give(scene, 'router.cfg', 'text/plain', 'https://192.168.0.1/router.cfg');
      await attachment(scene, 'router.cfg').waitFor();
    },
    async open(scene) {
      await openFile(scene, 'router.cfg');
      await scene.workbench.dialog.waitFor();
    },
  },
  {
    name: 'receivedLong',
    whole: true,
    async show(scene) {
      const { simulator, api, workbench } = scene;
      await begin(scene);
      const content = Buffer.alloc(12_000_000);
      const about = { name: RECORDING, contentType: 'audio/wav', isPrivate: false };
      const { id } = simulator.keepFile({ ...about, content });
      give(scene, RECORDING, 'audio/wav', `${api.url}/storage/${id}/x`, content.length);
      Object.assign(api, { holds: STORED, answers: 4_000_000 });
      await openFile(scene, RECORDING);
      await workbench.notification(RECORDING).waitFor();
    },
    async restore({ api, workbench }) {
      const progress = workbench.notification(RECORDING);
      await progress.getByRole('button', { name: 'Cancel' }).click(); // VS Code's own word
      await progress.waitFor({ state: 'hidden' });
      Object.assign(api, { holds: null, answers: 0 });
    },
  },
  {
    name: 'receivedText',
    whole: true,
    async show(scene) {
      await receive(scene);
      await openFile(scene, TABLE);
      await scene.workbench.page.locator('.tab.active[data-resource-name$=".csv"]').waitFor();
    },
  },
  {
    name: 'receivedSave',
    whole: true,
    show: receive,
    async open(scene) {
      await attachment(scene, TABLE).locator('.icon-button').click();
      await scene.workbench.quickInput.waitFor();
      await scene.workbench.page.waitForFunction(() =>
        document
          .querySelector<HTMLInputElement>('.quick-input-widget input.input')
          ?.value.endsWith('.csv'),
      );
    },
    async close({ workbench }) {
      await workbench.page.keyboard.press('Escape');
      await workbench.quickInput.waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'forms',
    async show(scene) {
      await begin(scene);
      const { please, titles, fields } = WORDS[languageOf(scene)];
      const actions = titles.map((title) => ({ title, fields: [...fields] }));
      scene.simulator.say(sessionId(scene.simulator), { body: please, actions });
      await scene.chat.find('.form-submit').waitFor();
    },
  },
  {
    name: 'longTable',
    async show(scene) {
      await begin(scene);
      const { head, article, place, sources } = WORDS[languageOf(scene)];
      const rows = Array.from({ length: 60 }, (_, index) => [`${index + 1}`, article, place]);
      const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
      const links = '[1]: https://twin24.ai/rules\n[terms]: https://twin24.ai/terms';
      const body = [sources, table.join('\n'), links].join('\n\n');
      scene.simulator.say(sessionId(scene.simulator), { body });
      await scene.chat.find('.piece').nth(1).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'codeApply',
    whole: true,
    async show(scene) {
      await scene.workbench.runCommand('View: Close All Editors');
      await hearCode(scene);
      await codeButton(scene, 3).click();
      await scene.workbench.page.locator('.monaco-diff-editor').waitFor();
    },
    restore: ({ workbench }) => workbench.runCommand('View: Close All Editors'),
  },
  {
    name: 'codeWithoutEditor',
    ...notice('TWIN Chat', (scene) => codeButton(scene, 1).click()),
    async show(scene) {
      await scene.workbench.runCommand('View: Close All Editors');
      await hearCode(scene);
    },
  },
];
