// `npm run screenshots [-- state…]`: shows each state in each theme and language, and writes
// out/screenshots/<state>.<theme>.<language>.<width of the view>.png. A window serves a language;
// theme and width are changed in it.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../vscode/root';
import { openStage } from '../vscode/stage';
import type { Language } from '../vscode/vsCodeServer';
import { Front } from './front';
import { packageExtension } from './packageExtension';
import { SCREENSHOT_STATES, type Scene, type ScreenshotState } from './screenshotStates';

const FOLDER = path.join(root, 'out', 'screenshots');

/** VS Code's name of each, and how it tells a webview. */
const THEMES = {
  dark: ['Dark Modern', 'vscode-dark'],
  light: ['Light Modern', 'vscode-light'],
  contrast: ['Dark High Contrast', 'vscode-high-contrast'],
} as const;
type Theme = keyof typeof THEMES;

const LANGUAGES: readonly Language[] = ['en', 'ru'];
/** Of the side bar, in CSS pixels: as narrow as people have it, and as wide. */
const WIDTHS = [280, 600];

async function setTheme({ workbench, chat }: Scene, theme: Theme): Promise<void> {
  const [name, kind] = THEMES[theme];
  await workbench.setTheme(name);
  await chat.find(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
}

async function take(scene: Scene, name: string): Promise<void> {
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await setTheme(scene, theme);
    for (const width of WIDTHS) {
      await scene.workbench.setSideBarWidth(width);
      const file = `${name.replace('THEME', theme)}.${width}.png`;
      await scene.workbench.screenshot(path.join(FOLDER, file));
    }
  }
}

async function show(state: ScreenshotState, scene: Scene, language: Language): Promise<void> {
  const name = `${state.name}.THEME.${language}`;
  try {
    await state.show(scene);
    await take(scene, name);
    console.log(`${state.name}.${language}`);
  } catch (error) {
    console.error(`${state.name}.${language}: failed`, error);
    await scene.workbench.screenshot(path.join(FOLDER, `${state.name}.failed.${language}.png`));
    process.exitCode = 1;
  }
  await state.restore?.(scene);
}

async function showAll(states: readonly ScreenshotState[], language: Language): Promise<void> {
  let api: Front | undefined;
  const stage = await openStage({
    version: 'recent',
    vsix: await packageExtension(),
    language,
    simulator: { language },
    prepare: async ({ url }) => {
      api = await Front.open(url);
      return { 'twin.apiUrl': api.url };
    },
  });
  try {
    if (api === undefined) throw new Error('the stage was not prepared');
    for (const state of states) await show(state, { ...stage, api }, language);
  } finally {
    await stage.close();
    await api?.close();
  }
}

async function main(names: readonly string[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const states = SCREENSHOT_STATES.filter(
    // The first sets the chat up for all.
    ({ name }, index) => index === 0 || names.length === 0 || names.includes(name),
  );
  for (const language of LANGUAGES) await showAll(states, language);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
