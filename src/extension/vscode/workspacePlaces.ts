// Files of the workspace, as a message names them: `src/a.ts`, `/work/shop/src/a.ts`, `.\src\a.ts`.

import * as vscode from 'vscode';
import { localization } from './localization';

/** The file that a path means, or `null`: nothing outside the folders of the workspace is one. */
export async function findInWorkspace(path: string): Promise<vscode.Uri | null> {
  const asked = path.replaceAll('\\', '/');
  for (const uri of (vscode.workspace.workspaceFolders ?? []).flatMap(candidates(asked)))
    if (await isFile(uri)) return uri;
  return null;
}

/** Which of the paths are files of the workspace. */
export async function whichExist(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(findInWorkspace));
  return paths.filter((_, index) => found[index] !== null);
}

/** Opens a file of the workspace. Lines and columns are counted from 1. */
export async function openPlace(
  path: string,
  line: number | null,
  column: number | null,
): Promise<void> {
  const uri = await findInWorkspace(path);
  if (uri === null) {
    void vscode.window.showWarningMessage(localization().t('host.place.gone', { name: path }));
    return;
  }
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), Math.max(0, (column ?? 1) - 1));
  await vscode.commands.executeCommand('vscode.open', uri, {
    preview: true,
    ...(line === null ? {} : { selection: new vscode.Range(at, at) }),
  });
}

/** Where a path could lie in a folder. In a workspace of many it may begin with the folder's name. */
function candidates(path: string): (folder: vscode.WorkspaceFolder) => readonly vscode.Uri[] {
  return ({ uri, name }) => {
    const root = uri.path.endsWith('/') ? uri.path : `${uri.path}/`;
    const rest = path.startsWith(`${name}/`) ? [path.slice(name.length + 1)] : [];
    const inFolder = [path, ...rest].map((each) => vscode.Uri.joinPath(uri, each));
    return [...absolute(path, uri), ...inFolder].filter((each) => each.path.startsWith(root));
  };
}

function absolute(path: string, folder: vscode.Uri): readonly vscode.Uri[] {
  if (path.startsWith('/')) return [vscode.Uri.joinPath(folder.with({ path: '/' }), path)];
  const drive = /^([A-Za-z]):\//.exec(path)?.[1];
  if (drive === undefined) return [];
  // VS Code's own addresses have small letters there.
  return [folder.with({ path: '/' })].map((root) =>
    vscode.Uri.joinPath(root, `${drive.toLowerCase()}${path.slice(1)}`),
  );
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
