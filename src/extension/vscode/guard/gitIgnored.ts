import * as vscode from 'vscode';

/** As much of the Git extension's API as is used here. */
interface GitExtension {
  /** False where Git is switched off or not installed; `getAPI` would throw. */
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: vscode.Uri): Repository | null };
}

interface Repository {
  /** Those of the paths that Git ignores. */
  checkIgnore(paths: string[]): Promise<Set<string>>;
}

/** Whether Git ignores a file of this disk; `null` where Git cannot tell. */
export async function gitIgnores(uri: vscode.Uri): Promise<boolean | null> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (uri.scheme !== 'file' || !extension) return null;
  try {
    const git = await extension.activate();
    const repository = git.enabled ? git.getAPI(1).getRepository(uri) : null;
    if (repository === null) return null;
    return (await repository.checkIgnore([uri.fsPath])).has(uri.fsPath);
  } catch {
    return null; // as in a submodule, for which another repository answers
  }
}
