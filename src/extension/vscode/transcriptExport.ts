import { Buffer } from 'node:buffer';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { Redactor } from '../core/redactor';
import type { Logger } from '../core/logger';
import type { ChatSession } from '../session/chatSession';
import type { TranscriptFormat } from '../session/transcript/renderTranscript';
import { NO_FILES, type TranscriptFiles } from '../session/transcript/transcriptFiles';
import { chooseExport, EXTENSIONS, type ExportChoice } from './exportChoice';
import { FileExport } from './fileExport';
import { localization } from './localization';
import { baseName } from './paths';
import type { ReceivedFiles } from './received/receivedFiles';
import { freePlace } from './received/saveCopy';
import { splitExtension } from './safeFileName';
import { clientValues, valuesOf } from './sessionRequest';
import { loadTranscripts, transcriptWriter } from './transcripts';

/** A conversation as a file of its own, where the person says. */
export class TranscriptExport {
  constructor(
    private readonly files: ReceivedFiles,
    private readonly logger: Logger,
  ) {}

  /** Asks what and where, and writes it. The person may think better of it at each question. */
  async export(session: ChatSession): Promise<void> {
    const choice = await chooseExport();
    if (choice === null) return;
    const target = await askWhere(session, choice.format);
    if (target === undefined) return;
    await this.writeAndSay(session, choice, target);
  }

  private async writeAndSay(
    session: ChatSession,
    choice: ExportChoice,
    target: vscode.Uri,
  ): Promise<void> {
    const { t } = localization();
    const name = baseName(target);
    try {
      const missing = await this.write(session, choice, target);
      if (missing === null) return; // stopped by the person
      const open = t('export.open');
      const answer =
        missing === 0
          ? await vscode.window.showInformationMessage(t('host.fetch.saved', { name }), open)
          : await vscode.window.showWarningMessage(
              t('export.missing', { count: missing, name }),
              open,
            );
      if (answer === open) await vscode.commands.executeCommand('vscode.open', target);
    } catch (error) {
      this.logger.warn('A transcript cannot be saved', { error });
      const retry = t('host.fetch.retry');
      const message = t('host.fetch.notSaved', { name });
      if ((await vscode.window.showErrorMessage(message, retry)) === retry)
        await this.writeAndSay(session, choice, target);
    }
  }

  /** @returns how many files could not be had; `null` when the person stopped it */
  private async write(
    session: ChatSession,
    { format, redact, attachments }: ExportChoice,
    target: vscode.Uri,
  ): Promise<number | null> {
    const { redacted } = await loadTranscripts();
    const conversation = redacted(session.conversation, await redaction(session, redact));
    let files: TranscriptFiles = NO_FILES;
    let missing = 0;
    if (attachments) {
      const place = format === 'html' ? null : await folderBeside(target);
      const exported = new FileExport(this.files, session, place);
      if (!(await exported.run(conversation))) return null;
      ({ files, missing } = exported);
    }
    const writer = await transcriptWriter(format, files);
    const text = await writer.write(conversation);
    await vscode.workspace.fs.writeFile(target, Buffer.from(text));
    return missing;
  }
}

/**
 * TWIN's credential is taken out in any case; what the settings say of the client, and what has the
 * shape of a secret, if so wished.
 */
async function redaction(session: ChatSession, redact: boolean): Promise<(text: string) => string> {
  if (!redact) return (text) => session.conceal(text);
  const redactor = new Redactor();
  // A session that was taken up again does not know with what it was begun: then what is set now.
  const { settings, bot } = session;
  for (const value of settings === null ? await clientValues(bot) : valuesOf(settings))
    redactor.add(value);
  const { hideSecrets } = await import('./guard/inspector');
  return (text) => redactor.redact(hideSecrets(session.conceal(text)));
}

async function askWhere(
  session: ChatSession,
  format: TranscriptFormat,
): Promise<vscode.Uri | undefined> {
  const { t } = localization();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const day = new Date(session.conversation.rows[0]?.at ?? Date.now()).toISOString().slice(0, 10);
  const extension = EXTENSIONS[format];
  const name = `${t('transcript.fileName')} ${day}.${extension}`;
  return vscode.window.showSaveDialog({
    title: t('export.title'),
    defaultUri: await freePlace(folder, name),
    filters: { [t(`export.format.${format}`)]: [extension] },
  });
}

/** A new folder for the files, named for the transcript. */
function folderBeside(target: vscode.Uri): Promise<vscode.Uri> {
  const [stem] = splitExtension(baseName(target));
  const name = localization().t('export.folder', { name: stem });
  return freePlace(vscode.Uri.joinPath(target, '..'), name);
}
