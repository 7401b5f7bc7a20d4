import * as vscode from 'vscode';
import type { TextKey } from '../../shared/texts';
import type { Disposable } from '../core/disposable';
import type { JournalTrouble } from '../session/journalReader';
import type { SessionManager } from '../session/sessionManager';
import { localization } from './localization';
import type { OutputLog } from './outputLog';

const WORDS: Readonly<Record<JournalTrouble, TextKey>> = {
  newer: 'host.journal.newer',
  unreadable: 'host.journal.unreadable',
  damaged: 'host.journal.damaged',
};

/** Tells the person, once for each kind, of conversations on disk that cannot be shown as they are. */
export function warnOfJournals(sessions: SessionManager, log: OutputLog): Disposable {
  const told = new Set<JournalTrouble>();
  return sessions.onDidFindTrouble((trouble) => {
    if (told.has(trouble)) return;
    told.add(trouble);
    void warn(trouble, log);
  });
}

async function warn(trouble: JournalTrouble, log: OutputLog): Promise<void> {
  const { t } = localization();
  const show = t('host.showLog');
  if ((await vscode.window.showWarningMessage(t(WORDS[trouble]), show)) === show) log.show();
}
