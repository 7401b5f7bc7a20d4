// `npm run screenshots [-- state…] [--theme dark] [--language ru] [--width 280]`: shows each state
// in each theme and language at each width, in a real VS Code, and writes the chat's side bar to
// out/screenshots/<state>.<theme>.<language>.<width>.png, and all of a state together to
// out/screenshots/<state>.html. Options may come several times; what is not named is taken whole.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../vscode/root';
import { openStage } from '../vscode/stage';
import type { Language } from '../vscode/vsCodeServer';
import { Front } from './front';
import { PACKAGE, packageExtension } from './packageExtension';
import type { Scene, ScreenshotState } from './scene';
import { SCREENSHOT_STATES } from './screenshotStates';

const FOLDER = path.join(root, 'out', 'screenshots');

/** VS Code's name of each, and how it tells a webview. */
const THEMES = {
  dark: ['Dark Modern', 'vscode-dark'],
  light: ['Light Modern', 'vscode-light'],
  'hc-dark': ['Dark High Contrast', 'vscode-high-contrast'],
  'hc-light': ['Light High Contrast', 'vscode-high-contrast-light'],
} as const;
type Theme = keyof typeof THEMES;
const ALL_THEMES = Object.keys(THEMES) as readonly Theme[];

const LANGUAGES: readonly Language[] = ['en', 'ru'];
/** Of the side bar, in CSS pixels: as narrow as people have it, and as wide. */
const WIDTHS = ['220', '280', '400', '600', '800'] as const;

const USAGE = `npm run screenshots [-- state…] [--theme name] [--language name] [--width px]
  states: ${SCREENSHOT_STATES.map(({ name }) => name).join(', ')}
  themes: ${ALL_THEMES.join(', ')}
  languages: ${LANGUAGES.join(', ')}
  widths: ${WIDTHS.join(', ')}`;

interface Wanted {
  readonly states: readonly ScreenshotState[];
  readonly themes: readonly Theme[];
  readonly languages: readonly Language[];
  readonly widths: readonly string[];
}

/** Those of `all` that are named; all of them when none is. */
function chosen<T extends string>(
  all: readonly T[],
  named: readonly string[] | undefined,
): readonly T[] {
  const unknown = named?.filter((name) => !all.some((it) => it === name)) ?? [];
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: not among ${all.join(', ')}`);
  return all.filter((name) => named === undefined || named.includes(name));
}

/** `null` when it is only asked what there is. */
function wanted(): Wanted | null {
  const option = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { theme: option, language: option, width: option, help: { type: 'boolean' } },
  });
  if (values.help === true) return null;
  const names = positionals.length === 0 ? undefined : positionals;
  const states = chosen(
    SCREENSHOT_STATES.map(({ name }) => name),
    names,
  );
  return {
    states: SCREENSHOT_STATES.filter(({ name }) => states.includes(name)),
    themes: chosen(ALL_THEMES, values.theme),
    languages: chosen(LANGUAGES, values.language),
    widths: chosen(WIDTHS, values.width),
  };
}

const fileOf = (...parts: readonly string[]) => `${parts.join('.')}.png`;

async function setTheme({ workbench, chat }: Scene, theme: Theme): Promise<void> {
  const [name, kind] = THEMES[theme];
  await workbench.setTheme(name);
  await chat.find(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
}

async function take(
  scene: Scene,
  state: ScreenshotState,
  language: Language,
  { themes, widths }: Wanted,
) {
  for (const theme of themes) {
    await setTheme(scene, theme);
    for (const width of widths) {
      await scene.workbench.setSideBarWidth(Number(width));
      const file = path.join(FOLDER, fileOf(state.name, theme, language, width));
      await state.open?.(scene);
      await scene.workbench.screenshot(file, state.whole === true ? undefined : '.part.sidebar');
      await state.close?.(scene);
    }
  }
}

async function show(state: ScreenshotState, scene: Scene, language: Language, all: Wanted) {
  try {
    await state.show(scene);
    const seen = (await state.elsewhere?.(scene)) ?? scene;
    await take(seen, state, language, all);
    if (seen !== scene) await seen.workbench.close();
    console.log(`${state.name}.${language}`);
  } catch (error) {
    console.error(`${state.name}.${language}: failed`, error);
    const file = path.join(FOLDER, fileOf(state.name, 'failed', language));
    await scene.workbench.screenshot(file);
    process.exitCode = 1;
  }
  await state.restore?.(scene);
}

async function showAll(language: Language, all: Wanted): Promise<void> {
  let api: Front | undefined;
  const stage = await openStage({
    version: 'recent',
    vsix: PACKAGE,
    language,
    simulator: { language },
    window: { width: 1440, height: 900 },
    prepare: async ({ url }) => {
      api = await Front.open(url);
      return { 'twin.apiUrl': api.url };
    },
  });
  try {
    if (api === undefined) throw new Error('the stage was not prepared');
    const scene = { ...stage, api, goingOn: [] };
    // The first sets the chat up for all that follow.
    const [first] = SCREENSHOT_STATES;
    if (first !== undefined && !all.states.includes(first)) {
      await first.show(scene);
      await first.restore?.(scene);
    }
    for (const state of all.states) await show(state, scene, language, all);
  } finally {
    await stage.close();
    await api?.close();
  }
}

/** All pictures of a state beside each other: a theme and a language a line. */
function sheet(state: string, { themes, languages, widths }: Wanted): string {
  const lines = languages.flatMap((language) =>
    themes.map((theme) =>
      widths.map((width) => `<img src="${fileOf(state, theme, language, width)}">`).join(''),
    ),
  );
  const style = 'body{background:gray}div{display:flex;gap:8px;margin-bottom:8px}';
  return `<!doctype html><style>${style}</style>${lines.map((it) => `<div>${it}</div>`).join('')}`;
}

async function main(): Promise<void> {
  const all = wanted();
  if (all === null) {
    console.log(USAGE);
    return;
  }
  await mkdir(FOLDER, { recursive: true });
  for (const { name } of all.states)
    await writeFile(path.join(FOLDER, `${name}.html`), sheet(name, all));
  await packageExtension(PACKAGE);
  for (const language of all.languages) await showAll(language, all);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
