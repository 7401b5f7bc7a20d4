// The states of the chat that are worth a picture, and how a person gets to each.
import type { SimulatorOptions } from '../../src/simulator/simulator';
import type { Stage } from '../vscode/stage';

export interface ScreenshotState {
  readonly name: string;
  /** The simulator's bot; without one the chat is not set up. */
  readonly chatId?: string;
  readonly simulator?: SimulatorOptions;
  show(stage: Stage): Promise<void>;
}

/** The commands' titles are in the language of VS Code; their names for the palette are not. */
const START_CHAT = { en: 'TWIN: Start Chat', ru: 'TWIN: Начать чат' };

async function startChat({ server, workbench, chat }: Stage): Promise<void> {
  await workbench.runCommand(START_CHAT[server.options.language ?? 'en']);
  await chat.messages('bot').first().waitFor();
}

export const SCREENSHOT_STATES: readonly ScreenshotState[] = [
  { name: 'greeting', chatId: 'echo', show: startChat },
];
