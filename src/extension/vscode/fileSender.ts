import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ChatSession } from '../session/chatSession';
import type { SendRequest } from '../session/outgoing';
import { activeFile, activeSelection } from './activeEditor';
import type { ChatStarter } from './chatStarter';
import { COMMANDS, SECTION, SETTINGS } from './ids';
import { FileRefusal } from './fileRefusal';
import type { LocalFile } from './guard/outgoing';
import type { OutgoingGuard } from './guard/outgoingGuard';
import { fileOfData, fileOfUri } from './localFile';
import { localization } from './localization';

/** From the person to the bot: every path by which a file or a text reaches a session. */
export class FileSender {
  constructor(
    private readonly starter: ChatStarter,
    private readonly guard: OutgoingGuard,
  ) {}

  /** Puts the active file into the composer. */
  async attachActiveFile(): Promise<void> {
    const file = await explained(activeFile);
    if (file !== null) await this.offer([file]);
  }

  /** Sends the active file as a message of its own. */
  async sendActiveFile(): Promise<void> {
    const file = await explained(activeFile);
    const [cleared] = file === null ? [] : await this.guard.files([file]);
    if (cleared === undefined) return;
    const session = await this.starter.ensureLive();
    if (session === null) return;
    const id = session.attach(cleared);
    session.send({ ...besideDraft(), text: '', attachmentIds: [id] });
  }

  /** Sends the selection as a code block; the draft in the composer stays. */
  async sendSelection(): Promise<void> {
    const selection = await explained(activeSelection);
    const text = selection === null ? null : await this.guard.text(selection);
    if (text === null) return;
    const session = await this.starter.ensureLive();
    session?.send({ ...besideDraft(), text, attachmentIds: [] });
  }

  /** Puts files into the composer; without addresses the person picks some. */
  async attachFiles(uris: readonly vscode.Uri[]): Promise<void> {
    const chosen = uris.length > 0 ? uris : await pickFiles();
    const read = await Promise.all(chosen.map((uri) => explained(() => fileOfUri(uri))));
    await this.offer(read.filter((file) => file !== null));
  }

  /** A file that was pasted or dropped into the view. */
  async attachData(name: string, contentType: string, data: Uint8Array): Promise<void> {
    const file = await explained(() => fileOfData(name, contentType, data));
    if (file !== null) await this.offer([file]);
  }

  /** Sends what the person wrote; it goes back into the composer when it may not leave. */
  async sendWritten(session: ChatSession, written: Written): Promise<void> {
    const text = await this.guard.text({ text: written.text, origin: null });
    if (text === null) session.giveBack(written.text);
    else session.send({ ...written, text });
  }

  private async offer(files: readonly LocalFile[]): Promise<void> {
    const cleared = await this.guard.files(files);
    if (cleared.length === 0) return;
    const session = await this.starter.ensureLive();
    for (const file of cleared) session?.attach(file);
  }
}

/** A message as it was written in the composer, or in a form. */
export type Written = Omit<SendRequest, 'text'> & { readonly text: string };

/** A message that was not written in the composer: the draft there stays. */
function besideDraft(): Pick<SendRequest, 'key' | 'replyTo' | 'keepDraft'> {
  return { key: randomUUID(), replyTo: null, keepDraft: true };
}

async function pickFiles(): Promise<readonly vscode.Uri[]> {
  const title = localization().t('host.attachTitle');
  return (await vscode.window.showOpenDialog({ title, canSelectMany: true })) ?? [];
}

/** Runs `read`; a refusal is said in words, with what to do next, and gives `null`. */
async function explained<T>(read: () => T | Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    void offerWayOut(error);
    return null;
  }
}

/** Not awaited: the person may leave the notification standing. */
async function offerWayOut(refusal: FileRefusal): Promise<void> {
  const { t } = localization();
  const choose = t('host.chooseFiles');
  const settings = t('host.openSettings');
  const wayOut = { tooLarge: [settings], noSelection: [] as string[] };
  const actions =
    refusal.reason in wayOut ? wayOut[refusal.reason as keyof typeof wayOut] : [choose];
  const answer = await vscode.window.showWarningMessage(refusal.describe(t), ...actions);
  if (answer === choose) await vscode.commands.executeCommand(COMMANDS.attachFiles);
  if (answer === settings)
    await vscode.commands.executeCommand(
      'workbench.action.openSettings',
      `${SECTION}.${SETTINGS.maxAttachmentSize}`,
    );
}
