// What the Git extension of VS Code knows; nothing of it is there where Git is switched off.

import * as vscode from 'vscode';

/** As much of the Git extension's API as is used here. */
interface GitExtension {
  /** False where Git is switched off or not installed; `getAPI` would throw. */
  readonly enabled: boolean;
  getAPI(version: 1): {
    /** Until it has looked through the workspace once, it knows of no repository. */
    readonly state: 'uninitialized' | 'initialized';
    readonly onDidChangeState: vscode.Event<unknown>;
    getRepository(uri: vscode.Uri): Repository | null;
  };
}

interface Change {
  readonly uri: vscode.Uri;
}

interface Repository {
  readonly state: {
    readonly HEAD?: { readonly name?: string; readonly commit?: string };
    readonly indexChanges: readonly Change[];
    readonly workingTreeChanges: readonly Change[];
    readonly mergeChanges: readonly Change[];
    /** Not in every version; there, they are among the working tree's. */
    readonly untrackedChanges?: readonly Change[];
  };
  /** The file's text in a commit; rejects when it is not in it. */
  show(ref: string, path: string): Promise<string>;
  /** Those of the paths that Git ignores. */
  checkIgnore(paths: string[]): Promise<Set<string>>;
}

/** Where a file stands in the history of its repository. */
export interface GitPlace {
  /** Empty when no branch is checked out. */
  readonly branch: string;
  /** Empty before the first commit. */
  readonly commit: string;
  /** Whether the file on disk differs from the last commit. */
  readonly modified: boolean;
}

/**
 * The branch of the first workspace folder; empty where there is no Git, or no branch, or where Git
 * has not looked yet: a start of a chat does not wait for that.
 */
export async function gitBranch(): Promise<string> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder ? ((await repositoryOf(folder.uri, false))?.state.HEAD?.name ?? '') : '';
}

/** `null` for a file of no repository. */
export async function gitPlace(uri: vscode.Uri): Promise<GitPlace | null> {
  const state = (await repositoryOf(uri))?.state;
  if (state === undefined) return null;
  const { HEAD, indexChanges, workingTreeChanges, mergeChanges, untrackedChanges = [] } = state;
  const changes = [...indexChanges, ...workingTreeChanges, ...mergeChanges, ...untrackedChanges];
  const modified = changes.some((change) => change.uri.toString() === uri.toString());
  return { branch: HEAD?.name ?? '', commit: HEAD?.commit ?? '', modified };
}

/** The file's text in the last commit; `null` when it is not in it. */
export async function textInHead(uri: vscode.Uri): Promise<string | null> {
  const repository = await repositoryOf(uri);
  try {
    return (await repository?.show('HEAD', uri.fsPath)) ?? null;
  } catch {
    return null; // not committed yet, or there is no commit: this is the answer, not an error
  }
}

/** Whether Git ignores the file; `null` where it cannot tell. */
export async function isGitIgnored(uri: vscode.Uri): Promise<boolean | null> {
  const repository = await repositoryOf(uri);
  try {
    return (await repository?.checkIgnore([uri.fsPath]))?.has(uri.fsPath) ?? null;
  } catch {
    return null; // as in a submodule, for which another repository answers
  }
}

async function repositoryOf(uri: vscode.Uri, waits = true): Promise<Repository | null> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (uri.scheme !== 'file' || extension === undefined) return null;
  const git = await extension.activate();
  if (!git.enabled) return null;
  const api = git.getAPI(1);
  if (waits && api.state !== 'initialized')
    await new Promise<void>((resolve) => {
      const listening = api.onDidChangeState(() => {
        listening.dispose();
        resolve();
      });
    });
  return api.getRepository(uri);
}
