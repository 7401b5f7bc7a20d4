// What a test inside the extension host works at: the extension with its real commands, a simulator
// that it talks to, the folder that the window shows, and a person who answers its dialogs.
import { ok } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  ConfigurationTarget,
  type MessageItem,
  type MessageOptions,
  Range,
  Uri,
  commands,
  window,
  workspace,
} from 'vscode';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/simulator';

/** A message of VS Code that was shown, and the buttons it had. */
export interface Notice {
  readonly text: string;
  /** What a dialog says below its question; empty in the corner. */
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** A file as the platform has it. */
export interface TakenFile {
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
  readonly bytes: Buffer;
}

type Settings = Readonly<Record<string, unknown>>;
type Undo = () => unknown;

/** Changes a setting of the person's. It takes VS Code a tenth of a second: not if it is so already. */
async function writeSetting(name: string, value: unknown): Promise<void> {
  const settings = workspace.getConfiguration();
  if (isDeepStrictEqual(settings.inspect(name)?.globalValue, value)) return;
  await settings.update(name, value, ConfigurationTarget.Global);
}

/** What is unsaved would still be there for the next test that opens the file. */
async function revertUnsaved(): Promise<void> {
  for (const document of workspace.textDocuments) {
    if (!document.isDirty || document.uri.scheme === 'vscode-notebook-cell') continue;
    await window.showTextDocument(document); // which editor is the active one is not for sure
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

/** Starts a simulator at the port that the settings point to, so that they can stay as they are. */
async function startWhereTheLastWas(options: SimulatorOptions): Promise<Simulator> {
  const address = workspace.getConfiguration().inspect<string>('twin.apiUrl')?.globalValue;
  if (address === undefined) return startSimulator(options);
  const port = Number(new URL(address).port);
  // Another program may have been given the port since.
  return startSimulator({ ...options, port }).catch(() => startSimulator(options));
}

export class Desk {
  /** What VS Code's corner would have shown, oldest first. */
  readonly notices: Notice[] = [];
  private readonly undo: Undo[] = [];
  private readonly waiting = new Set<() => void>();
  private press: (notice: Notice) => string | undefined = () => undefined;

  private constructor(readonly simulator: Simulator) {}

  /**
   * Starts a simulator and points the settings to it; the next command starts a chat with its bot.
   * To be closed after the test.
   */
  static async open(options: SimulatorOptions = {}, settings: Settings = {}): Promise<Desk> {
    const desk = new Desk(await startWhereTheLastWas({ language: 'en', ...options }));
    desk.undo.push(() => desk.simulator.close());
    desk.undo.push(() => commands.executeCommand('workbench.action.closeAllEditors'));
    desk.listenToNotices();
    const { url } = desk.simulator;
    const lasting = { 'twin.apiUrl': url, 'twin.messagesUrl': url, 'twin.chatId': 'echo' };
    for (const [name, value] of Object.entries(lasting)) await writeSetting(name, value);
    for (const [name, value] of Object.entries(settings)) await desk.set(name, value);
    return desk;
  }

  /** The folder that the window shows. */
  get folder(): Uri {
    const folder = workspace.workspaceFolders?.[0];
    ok(folder, 'no folder is open');
    return folder.uri;
  }

  /** Changes a setting of the person's until the desk is closed. */
  async set(name: string, value: unknown): Promise<void> {
    const before = workspace.getConfiguration().inspect(name)?.globalValue;
    await writeSetting(name, value);
    this.undo.push(() => writeSetting(name, before));
  }

  /**
   * Has the workspace set something until the desk is closed. By the file: VS Code itself would write
   * into what an editor last made of it, and refuse where that is no JSON.
   */
  async setInWorkspace(name: string, value: unknown): Promise<void> {
    const untilSet = (isSet: boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          const found = workspace.getConfiguration().inspect(name)?.workspaceValue;
          if ((found !== undefined) !== isSet) return;
          subscription.dispose();
          resolve();
        };
        const subscription = workspace.onDidChangeConfiguration(look);
        look();
      });
    this.undo.push(() => untilSet(false)); // after the file is gone
    await this.write('.vscode/settings.json', JSON.stringify({ [name]: value }));
    await untilSet(true);
  }

  /** Writes a file below the folder; it is gone when the desk is closed. */
  async write(name: string, content: string | Uint8Array): Promise<Uri> {
    const uri = Uri.joinPath(this.folder, name);
    await workspace.fs.writeFile(uri, Buffer.from(content));
    this.undo.push(() => rm(uri.fsPath, { force: true }));
    return uri;
  }

  /** Which button is pressed on the messages from now on; nobody presses any before. */
  answer(press: (notice: Notice) => string | undefined): void {
    this.press = press;
  }

  /** Puts something in the place of one of `vscode.window`'s functions, such as a picker. */
  replace<Name extends keyof typeof window>(name: Name, value: (typeof window)[Name]): void {
    const before = Object.getOwnPropertyDescriptor(window, name);
    Object.defineProperty(window, name, { value, configurable: true });
    this.undo.push(() => before && Object.defineProperty(window, name, before));
  }

  /** Sends a text by the command for what is selected, from an editor of its own. */
  async sendText(content: string, language = 'plaintext'): Promise<void> {
    const document = await workspace.openTextDocument({ language, content });
    // Not by "Select All": that is for whatever has the focus, which the chat may be taking.
    const selection = new Range(document.positionAt(0), document.positionAt(content.length));
    await window.showTextDocument(document, { selection });
    await commands.executeCommand('twin.sendSelection');
  }

  /** Resolves with the first message that holds the text, now or later. */
  async notice(text: string): Promise<Notice> {
    for (;;) {
      const found = this.notices.find((notice) => notice.text.includes(text));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** Resolves with the id of the first session, once the platform has begun one. */
  async sessionId(): Promise<string> {
    const { sessionId } = await this.simulator.ledger.until((it) => it.of('sessionStarted')[0]);
    return sessionId;
  }

  /** Resolves with the words of so many messages that the platform has taken. */
  async messages(count: number): Promise<readonly string[]> {
    const taken = await this.simulator.ledger.until((ledger) => {
      const messages = ledger.of('messageTaken');
      return messages.length >= count && messages;
    });
    return taken.map(({ body }) => body);
  }

  /** Resolves with so many files that the platform has taken, in the order of their arrival. */
  async files(count: number): Promise<readonly TakenFile[]> {
    const { ledger, url } = this.simulator;
    const taken = await ledger.until(
      (it) => it.filesTaken().length >= count && [...it.filesTaken()],
    );
    return Promise.all(
      taken.map(async ({ fileId, name, contentType }) => {
        const response = await fetch(new URL(`/storage/${fileId}/file`, url));
        const bytes = Buffer.from(await response.arrayBuffer());
        return { name, contentType, bytes, text: bytes.toString('utf8') };
      }),
    );
  }

  /**
   * Ends the chat and puts everything back. Deletes its data too, or the files that are still in
   * the composer would go along into the chat of the next desk.
   */
  async close(): Promise<void> {
    this.answer(({ buttons }) => buttons[0]);
    await revertUnsaved();
    await commands.executeCommand('twin.deleteAllData');
    for (const undo of this.undo.splice(0).reverse()) await undo();
  }

  private listenToNotices(): void {
    const show = (text: string, ...rest: readonly unknown[]): Promise<unknown> => {
      const buttons = rest.flatMap(titleOf);
      const { detail = '' } = (rest[0] ?? {}) as MessageOptions;
      const notice = { text, detail, buttons };
      this.notices.push(notice);
      for (const look of this.waiting) look();
      this.waiting.clear();
      const pressed = this.press(notice);
      return Promise.resolve(rest.find((item) => titleOf(item).some((it) => it === pressed)));
    };
    for (const name of [
      'showInformationMessage',
      'showWarningMessage',
      'showErrorMessage',
    ] as const)
      this.replace(name, show);
  }
}

/** A button is a text, or an object with one. */
function titleOf(item: unknown): readonly string[] {
  if (typeof item === 'string') return [item];
  const { title } = item as Partial<MessageItem>;
  return typeof title === 'string' ? [title] : [];
}
