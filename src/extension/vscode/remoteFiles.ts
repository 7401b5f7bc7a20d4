import * as vscode from 'vscode';
import type { Picture } from '../../shared/hostMessage';
import { TwinError } from '../core/errors';
import type { Logger } from '../core/logger';
import type { ChatSession } from '../session/chatSession';
import { problemOf } from '../session/problemOf';
import type { RemoteFile } from '../twin/model';
import { isText } from './contentType';
import { fetchFile, type FetchedFile } from './fileFetcher';
import { localization } from './localization';
import { pictureContentType } from './pictureFormat';
import type { ReceivedDocuments } from './receivedDocuments';
import { safeFileName } from './safeFileName';
import { hosts, maxAttachmentBytes } from './settings';
import type { Problem } from '../../shared/problem';
import { problemText } from '../../shared/problemText';

const MAX_PICTURE_BYTES = 10 * 1024 * 1024;
/** Without a byte, ms. */
const STALLED = 20_000;

/** Files that bot or operator sent: shown, opened, saved. Nothing is ever run. */
export class RemoteFiles implements vscode.Disposable {
  private readonly stop = new AbortController();

  constructor(
    private readonly documents: ReceivedDocuments,
    private readonly storage: vscode.Uri,
    private readonly logger: Logger,
  ) {}

  /** Fetches a picture to be shown in the conversation, from TWIN's own hosts only. */
  async picture(session: ChatSession, fileKey: string): Promise<Picture> {
    try {
      const url = addressOf(session, fileKey);
      if (url === null) throw new TwinError('notFound', 'The file has no address');
      if (!isTwinHost(session, url)) return { state: 'failed', problem: onOtherHost(url) };
      const file = await this.fetch(url, MAX_PICTURE_BYTES, this.stop.signal);
      const contentType = pictureContentType(file.data);
      if (contentType === null) throw new TwinError('protocol', 'Not a picture');
      return { state: 'ready', contentType, data: file.data };
    } catch (error) {
      this.logger.warn('A picture is not shown', { error });
      return { state: 'failed', problem: problemOf(error, 'download', null) };
    }
  }

  /** Shows a file where it can be shown safely: pictures and text in an editor; others are saved. */
  async open(session: ChatSession, fileKey: string): Promise<void> {
    const file = session.fileByKey(fileKey);
    const fetched = file && (await this.fetchForPerson(session, fileKey, file));
    if (!file || !fetched) return;
    const name = safeFileName(file.name);
    if (pictureContentType(fetched.data) !== null) await this.openPicture(name, fetched.data);
    else if (isText(fetched.data)) await this.documents.open(name, fetched.data);
    else await save(name, fetched.data);
  }

  /** Saves a file where the person says. */
  async save(session: ChatSession, fileKey: string): Promise<void> {
    const file = session.fileByKey(fileKey);
    const fetched = file && (await this.fetchForPerson(session, fileKey, file));
    if (file && fetched) await save(safeFileName(file.name), fetched.data);
  }

  dispose(): void {
    this.stop.abort();
  }

  /** Asks before another host is called, shows progress, says what went wrong. */
  private async fetchForPerson(
    session: ChatSession,
    fileKey: string,
    file: RemoteFile,
  ): Promise<FetchedFile | null> {
    const { t } = localization();
    const url = addressOf(session, fileKey);
    if (url === null) {
      void vscode.window.showWarningMessage(t('host.fetch.noAddress', { name: file.name }));
      return null;
    }
    if (!isTwinHost(session, url) && !(await mayCall(url, file.name))) return null;
    try {
      return await this.fetchWithProgress(url, file.name);
    } catch (error) {
      if (TwinError.is(error, 'stopped')) return null;
      this.logger.warn('A file cannot be fetched', { error });
      const retry = t('host.fetch.retry');
      const { message } = problemText(problemOf(error, 'download', url.host), t);
      const answer = await vscode.window.showErrorMessage(message, retry);
      return answer === retry ? this.fetchForPerson(session, fileKey, file) : null;
    }
  }

  private fetchWithProgress(url: URL, name: string): Thenable<FetchedFile> {
    const title = localization().t('host.fetch.progress', { name });
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (_progress, cancelled) => {
      const abort = new AbortController();
      const subscription = cancelled.onCancellationRequested(() => {
        abort.abort();
      });
      try {
        const signal = AbortSignal.any([abort.signal, this.stop.signal]);
        return await this.fetch(url, maxAttachmentBytes(), signal);
      } finally {
        subscription.dispose();
      }
    });
  }

  private fetch(url: URL, maxBytes: number, signal: AbortSignal): Promise<FetchedFile> {
    return fetchFile(url, { maxBytes, timeout: STALLED, signal });
  }

  /** VS Code's own picture viewer shows files only, so the picture is kept as one. */
  private async openPicture(name: string, data: Uint8Array): Promise<void> {
    const folder = vscode.Uri.joinPath(this.storage, 'pictures');
    await vscode.workspace.fs.createDirectory(folder);
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, data);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
  }
}

function onOtherHost({ host }: URL): Problem {
  return { step: 'download', reason: 'otherHost', status: null, host, limit: null };
}

/** Where the file is to be had: absolute, `https` or `http`; relative to the session's own host. */
function addressOf(session: ChatSession, fileKey: string): URL | null {
  const address = session.fileByKey(fileKey)?.url;
  if (!address || !URL.canParse(address, session.apiUrl)) return null;
  const url = new URL(address, session.apiUrl);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

function isTwinHost(session: ChatSession, url: URL): boolean {
  const { apiUrl, messagesUrl } = hosts();
  return [session.apiUrl, apiUrl, messagesUrl].some(
    (known) => URL.canParse(known) && new URL(known).origin === url.origin,
  );
}

async function mayCall(url: URL, name: string): Promise<boolean> {
  const { t } = localization();
  if (url.protocol !== 'https:') {
    void vscode.window.showWarningMessage(t('host.fetch.insecure', { name, host: url.host }));
    return false;
  }
  const load = t('host.fetch.load');
  const answer = await vscode.window.showWarningMessage(
    t('host.fetch.foreign', { name, host: url.host }),
    { modal: true },
    load,
  );
  return answer === load;
}

async function save(name: string, data: Uint8Array): Promise<void> {
  const { t } = localization();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: t('host.fetch.save', { name }),
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, data);
  void vscode.window.showInformationMessage(t('host.fetch.saved', { name }));
}
