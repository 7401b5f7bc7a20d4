// What the settings bring to the screen: profiles, and the request that starts a session; and the
// picture of the README.
import { begin, DIALOG, languageOf, run, type Scene, type ScreenshotState } from './scene';

const PROFILES = {
  en: ['Shop: staging', 'Shop: production'],
  ru: ['Магазин: проверка', 'Магазин: клиенты'],
};

/** They are read anew by a window that is. */
async function setProfiles(scene: Scene, wanted: boolean): Promise<void> {
  const [staging, production] = PROFILES[languageOf(scene)];
  const profiles = [
    { name: staging, chatId: 'echo' },
    { name: production, chatId: 'menu', askBeforeFirstMessage: true },
  ];
  await scene.server.changeSettings({
    'twin.chatId': 'echo',
    ...(wanted && { 'twin.profiles': profiles }),
  });
  await scene.workbench.reload();
  await scene.chat.untilConnection('online', 'ended', 'failed');
}

/** Of the picker, whether it is marked as chosen or not. */
const row = (scene: Scene, index: number) =>
  scene.workbench.page.locator('.quick-input-list .monaco-list-row', {
    hasText: PROFILES[languageOf(scene)][index] ?? '',
  });

const choose = async (scene: Scene, index: number) => {
  await run(scene, 'chooseProfile');
  await row(scene, index).click();
  await scene.chat.find('[data-part="profile"]:visible').waitFor();
  await scene.chat.untilConnection('online');
};

export const SETTING_STATES: readonly ScreenshotState[] = [
  {
    name: 'readme',
    whole: true,
    async show(scene) {
      await begin(scene);
      await scene.workbench.openFile('src/order_number.py');
      await scene.workbench.selectLines(6);
      await run(scene, 'sendSelection');
      await scene.chat.messages('bot').nth(1).waitFor();
      await scene.chat.typing.waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'startPreview',
    whole: true,
    show: async (scene) => {
      await begin(scene);
      await run(scene, 'previewStart');
      await scene.workbench.page.locator('.tab.active[data-resource-name$=".jsonc"]').waitFor();
    },
    restore: ({ workbench }) => workbench.runCommand('View: Close All Editors'),
  },
  {
    name: 'profile',
    async show(scene) {
      await setProfiles(scene, true);
      await choose(scene, 1);
    },
  },
  {
    name: 'profiles',
    whole: true,
    async show(scene) {
      await setProfiles(scene, true);
      await choose(scene, 0);
    },
    async open(scene) {
      await run(scene, 'chooseProfile');
      await row(scene, 1).waitFor();
    },
    close: ({ workbench }) => workbench.page.keyboard.press('Escape'),
  },
  {
    name: 'profileAsks',
    ...DIALOG,
    async show(scene) {
      await setProfiles(scene, true);
      await choose(scene, 1);
    },
    async open({ chat, workbench }) {
      await chat.composer.fill('Test');
      await chat.composer.press('Enter');
      await workbench.dialog.waitFor();
    },
    async restore(scene) {
      await scene.chat.composer.fill('');
      // A restart would go on with the bot of the profile.
      await run(scene, 'endChat');
      await setProfiles(scene, false);
      await run(scene, 'startChat');
      await scene.chat.untilConnection('online');
    },
  },
];
