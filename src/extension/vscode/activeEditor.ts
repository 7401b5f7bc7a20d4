// What the person is looking at, of whatever kind.

import * as vscode from 'vscode';
import type { EditorInUse } from './editorInUse';
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
export async function activeFile(editors: EditorInUse): Promise<LocalFile> {
  const editor = editors.textEditor;
  const uri = tabUri(editors);
  // A text editor may be remembered from another group, or be a panel's, while a picture is in front.
  const inFront = uri === null || editor?.document.uri.toString() === uri.toString();
  if (editor && inFront) return fileOfDocument(editor.document);
  if (uri) return fileOfUri(uri);
  throw new FileRefusal(editors.tab === null ? 'noEditor' : 'noFile', '');
}

/**
 * The document of the active text editor; of a diff, the newer side.
 *
 * @throws FileRefusal `noEditor` when nothing is open, `notText` when a picture or the like is in front
 */
export function activeDocument({ tab, textEditor }: EditorInUse): vscode.TextDocument {
  const input = tab?.input;
  // The text editor is then one of another group.
  if (input instanceof vscode.TabInputCustom) throw new FileRefusal('notText', baseName(input.uri));
  const modified = input instanceof vscode.TabInputTextDiff ? input.modified.toString() : null;
  const document =
    vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === modified) ??
    textEditor?.document;
  if (document === undefined) throw new FileRefusal('noEditor', '');
  return document;
}

/** The address behind the tab in front: text, picture, notebook, or a side of a diff. */
function tabUri({ tab, textEditor }: EditorInUse): vscode.Uri | null {
  const input = tab?.input;
  if (input instanceof vscode.TabInputText) return input.uri;
  if (input instanceof vscode.TabInputCustom) return input.uri;
  if (input instanceof vscode.TabInputNotebook) return input.uri;
  if (input instanceof vscode.TabInputTextDiff) return focusedSide(input, textEditor?.document.uri);
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
