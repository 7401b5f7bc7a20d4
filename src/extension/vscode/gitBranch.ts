import * as vscode from 'vscode';

/** As much of the Git extension's API as is used here. */
interface GitExtension {
  /** False where Git is switched off or not installed; `getAPI` would throw. */
  readonly enabled: boolean;
  getAPI(version: 1): {
    getRepository(uri: vscode.Uri): { state: { HEAD?: { name?: string } } } | null;
  };
}

/** The branch of the first workspace folder; empty where there is no Git, or no branch. */
export async function gitBranch(): Promise<string> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!folder || !extension) return '';
  const git = await extension.activate();
  if (!git.enabled) return '';
  return git.getAPI(1).getRepository(folder.uri)?.state.HEAD?.name ?? '';
}
