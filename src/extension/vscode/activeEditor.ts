import * as vscode from 'vscode';
import { FileRefusal } from './fileRefusal';
import type { LocalFile, LocalText } from './guard/outgoing';
import { fileOfDocument, fileOfUri } from './localFile';
import { shownPath } from './paths';
import { selectionBlock } from './selectionBlock';

/**
 * What stands in the active editor, of whatever kind.
 *
 * @throws FileRefusal `noEditor` when nothing is open; others when it cannot be sent
 */
export async function activeFile(): Promise<LocalFile> {
  const editor = vscode.window.activeTextEditor;
  const tab = activeTabUri();
  // A text editor may be remembered from another group while a picture is in front.
  const inFront = tab === null || editor?.document.uri.toString() === tab.toString();
  if (editor && inFront) return fileOfDocument(editor.document);
  if (tab) return fileOfUri(tab);
  throw new FileRefusal('noEditor', '');
}

/** The address behind the tab in front: text, picture, notebook, or the right side of a diff. */
function activeTabUri(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText) return input.uri;
  if (input instanceof vscode.TabInputCustom) return input.uri;
  if (input instanceof vscode.TabInputNotebook) return input.uri;
  if (input instanceof vscode.TabInputTextDiff) return focusedSide(input);
  return null;
}

function focusedSide(diff: vscode.TabInputTextDiff): vscode.Uri {
  const focused = vscode.window.activeTextEditor?.document.uri.toString();
  return focused === diff.original.toString() ? diff.original : diff.modified;
}

/**
 * The selection of the active editor as Markdown, a block for each cursor that selects something.
 *
 * @throws FileRefusal `noEditor` or `noSelection`
 */
export function activeSelection(): LocalText {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new FileRefusal('noEditor', '');
  const { document } = editor;
  const selections = editor.selections
    .filter((selection) => !selection.isEmpty)
    .sort((a, b) => a.start.compareTo(b.start));
  if (selections.length === 0) throw new FileRefusal('noSelection', shownPath(document.uri));
  const excerpts = selections.map((selection) => ({
    firstLine: selection.start.line + 1,
    lastLine: lastLineOf(selection) + 1,
    text: document.getText(selection),
  }));
  const text = selectionBlock(shownPath(document.uri), document.languageId, excerpts);
  return { text, origin: { uri: document.uri, excerpts } };
}

/** A selection that ends before the first character of a line does not hold that line. */
function lastLineOf(selection: vscode.Selection): number {
  const { start, end } = selection;
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}
