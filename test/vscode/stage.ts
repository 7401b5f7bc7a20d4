// All that an end-to-end run or a screenshot needs, opened and closed as one: a simulator, a VS Code
// whose settings point to it, a copy of the sample folder, a window on it.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/simulator';
import { launchBrowser } from './browser';
import { Chat } from './chat';
import { root } from './root';
import type { VersionName } from './servers.mjs';
import { type Language, VsCodeServer } from './vsCodeServer';
import { type WindowOptions, Workbench } from './workbench';

type Settings = Readonly<Record<string, unknown>>;

export interface StageOptions {
  readonly version: VersionName;
  readonly language?: Language | undefined;
  /** The package to install; without one the extension runs from the repository's dist/. */
  readonly vsix?: string | undefined;
  /** The name of the simulator's bot; without one no chat id is set. */
  readonly chatId?: string | undefined;
  readonly simulator?: SimulatorOptions | undefined;
  readonly settings?: Settings | undefined;
  /** Folders of other extensions, installed from the start. */
  readonly extensions?: readonly string[] | undefined;
  /** Called when the simulator is up; its settings come on top of the others. */
  readonly prepare?: ((simulator: Simulator) => Promise<Settings>) | undefined;
  /** Called with the copy of the sample folder, before VS Code opens it. */
  readonly fill?: ((folder: string) => Promise<void>) | undefined;
  readonly window?: WindowOptions | undefined;
}

export interface Stage {
  /** The copy of the sample folder that the window shows. */
  readonly folder: string;
  readonly simulator: Simulator;
  readonly server: VsCodeServer;
  readonly workbench: Workbench;
  readonly chat: Chat;
  /** Ends everything, in reverse order. */
  close(): Promise<void>;
}

/** Opens all of it; when a part does not come up, those before it are closed again. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) {
      await closer();
    }
  };
  try {
    return { ...(await build(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  options: StageOptions,
  closers: (() => Promise<void>)[],
): Promise<Omit<Stage, 'close'>> {
  const place = await mkdtemp(path.join(tmpdir(), 'twin-stage-'));
  closers.push(() => rm(place, { recursive: true, force: true }));
  const folder = path.join(place, 'sample');
  await cp(path.join(root, 'test/vscode/sample'), folder, { recursive: true });

  await options.fill?.(folder);

  const simulator = await startSimulator(options.simulator);
  closers.push(() => simulator.close());

  const { version, language, vsix, chatId, extensions } = options;
  const settings = {
    'twin.apiUrl': simulator.url,
    'twin.messagesUrl': simulator.url,
    ...(chatId !== undefined && { 'twin.chatId': chatId }),
    ...options.settings,
    ...(await options.prepare?.(simulator)),
  };
  const onlyInstalled = vsix !== undefined;
  const server = await VsCodeServer.start({
    ...{ version, language, settings, extensions, onlyInstalled },
  });
  closers.push(() => server.dispose());
  if (vsix !== undefined) {
    await server.installExtension(vsix);
  }

  const browser = await launchBrowser();
  closers.push(() => browser.close());
  const address = { folder, ...(vsix === undefined && { developmentExtension: root }) };
  const workbench = await Workbench.open(browser, server, address, options.window);
  return { folder, simulator, server, workbench, chat: new Chat(workbench) };
}
