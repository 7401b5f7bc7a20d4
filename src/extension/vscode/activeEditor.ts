// What the person is looking at, of whatever kind.

import * as vscode from 'vscode';
import { FileRefusal } from './fileRefusal';
import type { LocalFile } from './guard/outgoing';
import { fileOfDocument, fileOfUri } from './localFile';
import { baseName } from './paths';

/**
 * What stands in the active editor.
 *
 * @throws FileRefusal `noEditor` when nothing is open, `noFile` when it is no file; others when it
 *   cannot be sent
 */
export async function activeFile(): Promise<LocalFile> {
  const editor = vscode.window.activeTextEditor;
  const uri = activeTabUri();
  // A text editor may be remembered from another group, or be a panel's, while a picture is in front.
  const inFront = uri === null || editor?.document.uri.toString() === uri.toString();
  if (editor && inFront) return fileOfDocument(editor.document);
  if (uri) return fileOfUri(uri);
  throw new FileRefusal(activeInput() === undefined ? 'noEditor' : 'noFile', '');
}

/**
 * The document of the active text editor; of a diff, the newer side.
 *
 * @throws FileRefusal `noEditor` when nothing is open, `notText` when a picture or the like is in front
 */
export function activeDocument(): vscode.TextDocument {
  const input = activeInput();
  // The text editor is then one of another group.
  if (input instanceof vscode.TabInputCustom) throw new FileRefusal('notText', baseName(input.uri));
  const modified = input instanceof vscode.TabInputTextDiff ? input.modified.toString() : null;
  const document =
    vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === modified) ??
    vscode.window.activeTextEditor?.document;
  if (document === undefined) throw new FileRefusal('noEditor', '');
  return document;
}

function activeInput(): unknown {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  // VS Code does not say what is in a tab of a kind that its API does not know.
  return activeTab === undefined ? undefined : (activeTab.input ?? null);
}

/** The address behind the tab in front: text, picture, notebook, or a side of a diff. */
function activeTabUri(): vscode.Uri | null {
  const input = activeInput();
  if (input instanceof vscode.TabInputText) return input.uri;
  if (input instanceof vscode.TabInputCustom) return input.uri;
  if (input instanceof vscode.TabInputNotebook) return input.uri;
  if (input instanceof vscode.TabInputTextDiff)
    return focusedSide(input, vscode.window.activeTextEditor?.document.uri);
  if (input instanceof vscode.TabInputNotebookDiff)
    return focusedSide(input, vscode.window.activeNotebookEditor?.notebook.uri);
  return null;
}

function focusedSide(
  { original, modified }: { readonly original: vscode.Uri; readonly modified: vscode.Uri },
  focused: vscode.Uri | undefined,
): vscode.Uri {
  return focused?.toString() === original.toString() ? original : modified;
}
