import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Logger } from '../../core/logger';
import { localization } from '../localization';
import { numberedName } from '../safeFileName';

/** Names tried before one that is taken is proposed after all: VS Code asks before it overwrites. */
const TRIES = 100;

/** Writes a file where the person says. @param name safe already */
export async function saveCopy(name: string, data: Uint8Array, logger: Logger): Promise<void> {
  const { t } = localization();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title: t('host.fetch.save', { name }),
    defaultUri: await freePlace(folder, name),
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, data);
  } catch (error) {
    logger.warn('A received file cannot be saved', { error });
    const retry = t('host.fetch.retry');
    const message = t('host.fetch.notSaved', { name });
    if ((await vscode.window.showErrorMessage(message, retry)) === retry)
      await saveCopy(name, data, logger);
    return;
  }
  const saved = target.path.split('/').at(-1) ?? name;
  void vscode.window.showInformationMessage(t('host.fetch.saved', { name: saved }));
}

/** A place of this name, or with a number, where nothing is yet. */
export async function freePlace(folder: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; number <= TRIES; number += 1) {
    const place = vscode.Uri.joinPath(folder, number === 1 ? name : numberedName(name, number));
    if (!(await exists(place))) return place;
  }
  return vscode.Uri.joinPath(folder, name);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false; // that is the question, not an error
  }
}
