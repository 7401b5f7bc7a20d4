// `npm run screenshots [-- state…]`: shows each state in each theme and language, and writes
// out/screenshots/<state>.<theme>.<language>.<width of the view>.png.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../vscode/root';
import { type Stage, openStage } from '../vscode/stage';
import type { Language } from '../vscode/vsCodeServer';
import { SCREENSHOT_STATES, type ScreenshotState } from './screenshotStates';

const FOLDER = path.join(root, 'out', 'screenshots');

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
};
type Theme = keyof typeof THEMES;

const LANGUAGES: readonly Language[] = ['en', 'ru'];
/** Of the side bar, in CSS pixels: as narrow as people have it, and as wide. */
const WIDTHS = [280, 600];

async function take(stage: Stage, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await stage.workbench.setSideBarWidth(width);
    await stage.workbench.screenshot(path.join(FOLDER, `${name}.${width}.png`));
  }
}

/** One state in a fresh VS Code, so that no state depends on those before it. */
async function show(state: ScreenshotState, theme: Theme, language: Language): Promise<void> {
  const stage = await openStage({
    version: 'recent',
    language,
    chatId: state.chatId,
    simulator: { language, ...state.simulator },
    settings: { 'workbench.colorTheme': THEMES[theme] },
  });
  const name = `${state.name}.${theme}.${language}`;
  try {
    await state.show(stage);
    await take(stage, name);
  } catch (error) {
    await stage.workbench.screenshot(path.join(FOLDER, `${name}.failed.png`));
    throw error;
  } finally {
    await stage.close();
  }
}

async function main(names: readonly string[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const states = SCREENSHOT_STATES.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const state of states) {
    for (const theme of Object.keys(THEMES) as Theme[]) {
      for (const language of LANGUAGES) {
        try {
          await show(state, theme, language);
          console.log(`${state.name}.${theme}.${language}`);
        } catch (error) {
          console.error(`${state.name}.${theme}.${language}: failed`, error);
          process.exitCode = 1;
        }
      }
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
