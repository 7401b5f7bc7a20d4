import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { DroppedFile, Intent } from '../../shared/intent';
import type { ChatSession } from '../session/chatSession';
import type { SendRequest } from '../session/outgoing';
import { activeFile } from './activeEditor';
import type { ChatStarter } from './chatStarter';
import type { EditorInUse } from './editorInUse';
import { explained } from './explained';
import type { FirstMessage } from './firstMessage';
import type { LocalFile } from './guard/outgoing';
import type { OutgoingGuard } from './guard/outgoingGuard';
import { fileOfData, fileOfUri, isFolder } from './localFile';
import { localization } from './localization';

/** From the person to the bot: every path by which a file or a text reaches a session. */
export class FileSender {
  private attaching: Promise<void> = Promise.resolve();

  constructor(
    private readonly starter: ChatStarter,
    private readonly guard: OutgoingGuard,
    private readonly firstMessage: FirstMessage,
    private readonly editors: EditorInUse,
  ) {}

  /** Puts the active file into the composer. */
  async attachActiveFile(): Promise<void> {
    const file = await explained(() => activeFile(this.editors));
    if (file !== null) await this.offer([file]);
  }

  /** Sends the active file as a message of its own. */
  async sendActiveFile(): Promise<void> {
    const file = await explained(() => activeFile(this.editors));
    const [cleared] = file === null ? [] : await this.guard.files([file]);
    if (cleared === undefined) return;
    const session = await this.starter.ensureOpen();
    if (session === null) return;
    const id = session.attach(cleared);
    session.send({ ...besideDraft(), text: '', attachmentIds: [id] });
  }

  /** Puts files into the composer; without addresses, and for a folder, the person picks some. */
  async attachFiles(uris: readonly vscode.Uri[]): Promise<void> {
    const chosen = uris.length > 0 ? await withoutFolders(uris) : await pickFiles();
    await this.inOrder(async () => {
      const read = await Promise.all(chosen.map((uri) => explained(() => fileOfUri(uri))));
      await this.offer(read.filter((file) => file !== null));
    });
  }

  /** Files that were pasted or dropped into the view. */
  attachData(files: readonly DroppedFile[]): Promise<void> {
    return this.inOrder(async () => {
      const read = await Promise.all(
        files.map(({ name, contentType, data }) =>
          explained(() => fileOfData(name || `${randomUUID()}.bin`, contentType, data)),
        ),
      );
      await this.offer(read.filter((file) => file !== null));
    });
  }

  /** Sends what the person wrote; it goes back into the composer when it may not leave. */
  async sendWritten(session: ChatSession, written: Written): Promise<void> {
    const text = await this.guard.text({ text: written.text, origin: null });
    if (text === null || !(await this.firstMessage.mayGo(session))) session.composer.keep(written);
    else session.send({ ...written, text });
  }

  /** A button of the bot's is a message of the person's. */
  async pressAnswer(session: ChatSession, answer: PressedAnswer): Promise<void> {
    const { key, messageKey, index } = answer;
    if (await this.firstMessage.mayGo(session)) session.pressAnswer(key, messageKey, index);
  }

  /** What comes first is attached first, however long each takes to be read and looked at. */
  private inOrder(attach: () => Promise<void>): Promise<void> {
    const done = this.attaching.then(attach);
    this.attaching = done.catch(() => undefined); // who asked is told of it
    return done;
  }

  private async offer(files: readonly LocalFile[]): Promise<void> {
    const cleared = await this.guard.files(files);
    if (cleared.length === 0) return;
    const session = await this.starter.ensureOpen();
    for (const file of cleared) session?.attach(file);
  }
}

/** A message as it was written in the composer, or in a form. */
export type Written = Omit<SendRequest, 'text'> & { readonly text: string };

export type PressedAnswer = Omit<Extract<Intent, { type: 'pressAnswer' }>, 'type'>;

/** A message that was not written in the composer: the draft there stays. */
export function besideDraft(): Pick<SendRequest, 'key' | 'replyTo' | 'keepDraft'> {
  return { key: randomUUID(), replyTo: null, keepDraft: true };
}

/** The files; of each folder the person says which. */
async function withoutFolders(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  for (const uri of uris) files.push(...((await isFolder(uri)) ? await pickFiles(uri) : [uri]));
  return files;
}

async function pickFiles(folder?: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const title = localization().t('host.attachTitle');
  const where = folder ? { defaultUri: folder } : {};
  return (await vscode.window.showOpenDialog({ title, canSelectMany: true, ...where })) ?? [];
}
