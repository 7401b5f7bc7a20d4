import * as vscode from 'vscode';
import type { TextKey } from '../../shared/texts';
import { FileRefusal, type FileRefusalReason } from './fileRefusal';
import { COMMANDS, SECTION, SETTINGS } from './ids';
import { localization } from './localization';

interface WayOut {
  readonly words: TextKey;
  readonly command: readonly [id: string, ...args: readonly unknown[]];
}

const CHOOSE: WayOut = { words: 'host.chooseFiles', command: [COMMANDS.attachFiles] };
const SEND_FILE: WayOut = { words: 'host.sendFile', command: [COMMANDS.sendActiveFile] };
const SETTING = `${SECTION}.${SETTINGS.maxAttachmentSize}`;
const RAISE_LIMIT: WayOut = {
  words: 'host.openSettings',
  command: ['workbench.action.openSettings', SETTING],
};

/** What the person can do at once instead, where there is something. */
const WAYS_OUT: Readonly<Record<FileRefusalReason, WayOut | null>> = {
  noEditor: CHOOSE,
  noFile: CHOOSE,
  notText: SEND_FILE,
  noSelection: SEND_FILE,
  noProblems: null,
  noRepository: SEND_FILE,
  notCommitted: SEND_FILE,
  noChanges: null,
  tooDifferent: SEND_FILE,
  emptyFile: CHOOSE,
  tooLarge: RAISE_LIMIT,
  unreadable: CHOOSE,
};

/** Runs `read`; a refusal is said in words, with what to do next, and gives `null`. */
export async function explained<T>(read: () => T | Promise<T>): Promise<T | null> {
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
  const wayOut = WAYS_OUT[refusal.reason];
  const buttons = wayOut === null ? [] : [t(wayOut.words)];
  const answer = await vscode.window.showWarningMessage(refusal.describe(t), ...buttons);
  if (answer !== undefined && wayOut !== null)
    await vscode.commands.executeCommand(...wayOut.command);
}
