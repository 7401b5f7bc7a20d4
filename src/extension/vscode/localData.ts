import * as vscode from 'vscode';
import type { Logger } from '../core/logger';
import type { SessionManager } from '../session/sessionManager';
import { localization } from './localization';
import { RECEIVED_SCHEME, type ReceivedFileSystem } from './received/receivedFileSystem';
import { chatIdInUserSettings, saveChatId } from './settings';
import { TRANSCRIPT_SCHEME } from './transcriptDocuments';

/** Read-only documents of ours, in which a conversation or its files can be read. */
const SCHEMES: readonly string[] = [RECEIVED_SCHEME, TRANSCRIPT_SCHEME];

/** All that the extension keeps on this machine, and the way to be rid of it. */
export class LocalData {
  /** @param memory what VS Code keeps for us */
  constructor(
    private readonly sessions: SessionManager,
    private readonly memory: readonly vscode.Memento[],
    private readonly received: ReceivedFileSystem,
    private readonly logger: Logger,
  ) {}

  /** Asks, ends what is live, and deletes. What could not be deleted can be tried again. */
  async delete(): Promise<void> {
    const { t } = localization();
    const everything = t('host.delete.everything');
    const answer = await vscode.window.showWarningMessage(
      t('host.delete.question'),
      { modal: true, detail: t('host.delete.detail') },
      everything,
    );
    if (answer === everything) await this.deleteAndSay();
  }

  private async deleteAndSay(): Promise<void> {
    const { t } = localization();
    try {
      await this.deleteAll();
    } catch (error) {
      this.logger.warn('Not everything could be deleted', { error });
      const retry = t('host.fetch.retry');
      const answer = await vscode.window.showErrorMessage(t('host.delete.failed'), retry);
      if (answer === retry) await this.deleteAndSay();
      return;
    }
    void vscode.window.showInformationMessage(t('host.delete.done'));
  }

  private async deleteAll(): Promise<void> {
    await this.sessions.deleteAll();
    await closeDocuments();
    this.received.forget();
    for (const memory of this.memory)
      for (const key of memory.keys()) await memory.update(key, undefined);
    if (chatIdInUserSettings() !== undefined) await saveChatId(undefined);
  }
}

async function closeDocuments(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(
    ({ input }) =>
      (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) &&
      SCHEMES.includes(input.uri.scheme),
  );
  await vscode.window.tabGroups.close(ours);
}
