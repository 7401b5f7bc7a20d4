import * as vscode from 'vscode';

/** The last part of an address, decoded, in whatever alphabet. */
export function baseName(uri: vscode.Uri): string {
  return uri.path.split('/').filter(Boolean).at(-1) ?? uri.authority;
}

/** The path as a person names it: relative to the workspace where it lies in one. */
export function shownPath(uri: vscode.Uri): string {
  return uri.scheme === 'untitled' ? baseName(uri) : vscode.workspace.asRelativePath(uri);
}
