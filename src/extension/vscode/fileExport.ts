import { Buffer } from 'node:buffer';
import * as vscode from 'vscode';
import type { ConversationView, FileView } from '../../shared/conversation';
import type { ChatSession } from '../session/chatSession';
import type { TranscriptFile, TranscriptFiles } from '../session/transcript/transcriptFiles';
import { localization } from './localization';
import { baseName } from './paths';
import type { ReceivedFiles } from './received/receivedFiles';
import { numberedName, safeFileName } from './safeFileName';

/** Bytes that a page takes into itself; a browser has to read it whole. */
const MAX_IN_PAGE = 64 * 1024 * 1024;

/** The files of one conversation on their way out with its transcript. */
export class FileExport {
  private readonly found = new Map<string, TranscriptFile>();
  private readonly names = new Set<string>();
  private room = MAX_IN_PAGE;
  /** How many could not be had. */
  missing = 0;

  /** @param folder where they are saved; `null`: in the page itself */
  constructor(
    private readonly source: ReceivedFiles,
    private readonly session: ChatSession,
    private readonly folder: vscode.Uri | null,
  ) {}

  get files(): TranscriptFiles {
    return this.found;
  }

  /** Fetches all, with a progress that can be stopped. @returns false when it was */
  async run({ rows }: ConversationView): Promise<boolean> {
    const all = rows.flatMap((row) => (row.kind === 'message' ? row.attachments : []));
    if (all.length === 0) return true;
    const { t } = localization();
    const stop = new AbortController();
    const location = vscode.ProgressLocation.Notification;
    const options = { location, cancellable: true, title: t('export.progress') };
    await vscode.window.withProgress(options, async (progress, cancelled) => {
      cancelled.onCancellationRequested(() => {
        stop.abort();
      });
      for (const [index, file] of all.entries()) {
        if (stop.signal.aborted) return;
        const message = t('host.fetch.of', { done: `${index + 1}`, size: `${all.length}` });
        progress.report({ message, increment: 100 / all.length });
        await this.take(file, stop.signal);
      }
    });
    return !stop.signal.aborted;
  }

  private async take(file: FileView, signal: AbortSignal): Promise<void> {
    const data = await this.source.content(this.session, file.key, signal);
    if (data === null || (this.folder === null && data.byteLength > this.room)) {
      this.missing += 1;
      return;
    }
    const { inspectPicture } = await import('./received/inspectPicture');
    const picture = inspectPicture(data);
    const isPicture = typeof picture !== 'string';
    const type = isPicture ? picture.contentType : 'application/octet-stream';
    const href =
      this.folder === null ? this.embed(data, type) : await this.save(this.folder, file, data);
    this.found.set(file.key, { href, isPicture });
  }

  private embed(data: Uint8Array, contentType: string): string {
    this.room -= data.byteLength;
    return `data:${contentType};base64,${Buffer.from(data).toString('base64')}`;
  }

  private async save(folder: vscode.Uri, file: FileView, data: Uint8Array): Promise<string> {
    const name = this.freeName(safeFileName(file.name));
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), data);
    return `${encodeURIComponent(baseName(folder))}/${encodeURIComponent(name)}`;
  }

  /** No two files under one name, also where case does not count. */
  private freeName(name: string): string {
    let free = name;
    for (let number = 2; this.names.has(free.toLowerCase()); number += 1)
      free = numberedName(name, number);
    this.names.add(free.toLowerCase());
    return free;
  }
}
