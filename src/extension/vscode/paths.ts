import * as vscode from 'vscode';

/** The last part of an address, decoded, in whatever alphabet. */
export function baseName(uri: vscode.Uri): string {
  return uri.path.split('/').filter(Boolean).at(-1) ?? uri.authority;
}

/** The path as a person names it: relative to the workspace where it lies in one. */
export function shownPath(uri: vscode.Uri): string {
  if (uri.scheme === 'untitled') return baseName(uri);
  return notebookOfCell(uri) ?? vscode.workspace.asRelativePath(uri);
}

/** A cell's document has an address of its own: the person knows the notebook, and its order. */
function notebookOfCell(uri: vscode.Uri): string | null {
  if (uri.scheme !== 'vscode-notebook-cell') return null;
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cell = notebook
      .getCells()
      .findIndex(({ document }) => document.uri.toString() === uri.toString());
    if (cell >= 0) return `${shownPath(notebook.uri)}#${cell + 1}`;
  }
  return null;
}
