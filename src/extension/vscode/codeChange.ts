import * as vscode from 'vscode';

/** What is to be replaced by the code of a message: a stretch of a document, or all of it. */
export interface ChangeTarget {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** A change that was worked out for one state of a document. */
export interface CodeChange extends ChangeTarget {
  /** What stands in place of the range, with the document's line ends. */
  readonly text: string;
  /** The whole document before and after. */
  readonly before: string;
  readonly after: string;
}

/**
 * Works the change out. Code has no line end after its last line: it gets one where what it
 * replaces has one.
 */
export function codeChange({ document, range }: ChangeTarget, code: string): CodeChange {
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const lines = code.replaceAll(/\r?\n/g, eol);
  const ended = document.getText(range).endsWith(eol) && !lines.endsWith(eol);
  const text = ended ? lines + eol : lines;
  const before = document.getText();
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  return {
    document,
    range,
    text,
    before,
    after: before.slice(0, start) + text + before.slice(end),
  };
}

/** The selection, or else the whole document. */
export function selectionOrWhole(editor: vscode.TextEditor): ChangeTarget {
  const { document, selection } = editor;
  return { document, range: selection.isEmpty ? wholeOf(document) : selection };
}

/** Whole lines, counted from 1; without them the whole document. */
export function linesOrWhole(
  document: vscode.TextDocument,
  lines: { readonly first: number; readonly last: number } | null,
): ChangeTarget {
  if (lines === null || lines.first > document.lineCount)
    return { document, range: wholeOf(document) };
  const first = document.lineAt(Math.max(0, lines.first - 1)).range.start;
  const last = document.lineAt(Math.min(lines.last, document.lineCount) - 1).range.end;
  return { document, range: new vscode.Range(first, last) };
}

function wholeOf(document: vscode.TextDocument): vscode.Range {
  return document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
}
