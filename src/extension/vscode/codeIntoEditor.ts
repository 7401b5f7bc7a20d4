// Code of a message, into an editor. The chat has the focus: "the" editor is the last one in use.

import * as vscode from 'vscode';
import type { EditorInUse } from './editorInUse';
import { fenceLanguage } from './fenceLanguage';
import { localization } from './localization';
import { shownPath } from './paths';

/** Puts the code in place of what is selected, at every cursor: one step to undo. */
export async function insertAtCursor(editors: EditorInUse, text: string): Promise<void> {
  const editor = await lastTextEditorInSight(editors);
  const { t } = localization();
  if (editor === null) {
    void offerNewFile(t('host.code.noEditor'), text);
    return;
  }
  const { document, selections, viewColumn } = editor;
  // Else what takes the place of a selection would be selected: the next letter would overwrite it.
  editor.selections = selections.map(({ end }) => new vscode.Selection(end, end));
  const inserted = await editor.edit((edit) => {
    for (const selection of selections) edit.replace(selection, text);
  });
  if (!inserted) {
    void offerNewFile(t('host.code.readOnly', { name: shownPath(document.uri) }), text);
    return;
  }
  await vscode.window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
}

/** Opens an untitled document of the language that the code's fence names. */
export async function openAsNewFile(content: string, fence: string | null): Promise<void> {
  const language = fenceLanguage(fence, await vscode.languages.getLanguages());
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** The text editor that was last in use, unless it is none of a file: an output channel has one too. */
export function lastTextEditor({ textEditor }: EditorInUse): vscode.TextEditor | null {
  return textEditor?.document.uri.scheme === 'output' ? null : textEditor;
}

/** One behind the chat's tab cannot be changed: it comes back in front, with its cursors. */
async function lastTextEditorInSight(editors: EditorInUse): Promise<vscode.TextEditor | null> {
  const editor = lastTextEditor(editors);
  if (editor === null || vscode.window.visibleTextEditors.includes(editor)) return editor;
  return vscode.window.showTextDocument(editor.document, editors.column);
}

/** Not awaited: the person may leave the notification standing. */
export async function offerNewFile(why: string, text: string): Promise<void> {
  const newFile = localization().t('host.code.newFile');
  const answer = await vscode.window.showWarningMessage(why, newFile);
  if (answer === newFile) await openAsNewFile(text, null);
}
