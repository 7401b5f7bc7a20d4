// Pieces of code that people paste into a support chat by hand, made of the active editor.

import * as vscode from 'vscode';
import { activeDocument } from './activeEditor';
import { codeHeader, fenced } from './codeHeader';
import type { EditorInUse } from './editorInUse';
import { FileRefusal } from './fileRefusal';
import { gitPlace, textInHead } from './git';
import type { Origin } from './guard/outgoing';
import { baseName, shownPath } from './paths';
import { problemLines, type EditorProblem } from './problemsBlock';
import { selectionBlock, type Excerpt } from './selectionBlock';

/** What goes as a message, or as a file under the same header when it is too long for one. */
export interface CodeToSend {
  /** The first lines of `text`. */
  readonly header: string;
  /** Markdown, header and all. */
  readonly text: string;
  readonly file: { readonly name: string; readonly content: string };
  readonly unsaved: boolean;
  readonly origin: Origin;
}

/** Of more cursors the message above a file names the path alone: their lines stand in the file. */
const MOST_HEADERS = 20;

const SEVERITIES: Readonly<Record<vscode.DiagnosticSeverity, EditorProblem['severity']>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'info',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};

/**
 * The selection, a block for each cursor that selects something.
 *
 * @throws FileRefusal `noEditor` or `noSelection`
 */
export async function activeSelection({ textEditor: editor }: EditorInUse): Promise<CodeToSend> {
  if (editor === null) throw new FileRefusal('noEditor', '');
  const { document } = editor;
  const excerpts = editor.selections
    .filter((selection) => !selection.isEmpty)
    .sort((a, b) => a.start.compareTo(b.start))
    .map((selection) => excerptOf(document, selection));
  const path = shownPath(document.uri);
  if (excerpts.length === 0) throw new FileRefusal('noSelection', path);
  const git = await gitPlace(document.uri);
  const header = (lines: string): string => codeHeader(`${path}:${lines}`, git, document.isDirty);
  const { headers, text } = selectionBlock(header, document.languageId, excerpts);
  return {
    header:
      headers.length > MOST_HEADERS
        ? codeHeader(path, git, document.isDirty)
        : headers.join('\n\n'),
    text,
    file: { name: `${baseName(document.uri)}.selection.md`, content: text },
    unsaved: document.isDirty,
    origin: { uri: document.uri, excerpts },
  };
}

/**
 * What VS Code says of the active file, as a compiler prints it.
 *
 * @throws FileRefusal `noEditor`, `notText` or `noProblems`
 */
export async function activeProblems(editors: EditorInUse): Promise<CodeToSend> {
  const document = activeDocument(editors);
  const path = shownPath(document.uri);
  const diagnostics = vscode.languages.getDiagnostics(document.uri);
  if (diagnostics.length === 0) throw new FileRefusal('noProblems', path);
  const header = codeHeader(path, await gitPlace(document.uri), document.isDirty);
  const lines = problemLines(path, diagnostics.map(problemOf));
  return {
    header,
    text: `${header}\n\n${fenced('text', lines)}`,
    file: { name: `${baseName(document.uri)}.problems.txt`, content: `${lines}\n` },
    unsaved: document.isDirty,
    origin: { uri: document.uri, excerpts: diagnostics.map(excerptOfProblem) },
  };
}

/**
 * What differs between the last commit and the active file as it stands on the screen.
 *
 * @throws FileRefusal `noEditor`, `notText`, `noRepository`, `notCommitted`, `noChanges`, `tooDifferent`
 */
export async function activeDiff(editors: EditorInUse): Promise<CodeToSend> {
  const document = activeDocument(editors);
  const path = shownPath(document.uri);
  const git = await gitPlace(document.uri);
  if (git === null) throw new FileRefusal('noRepository', path);
  const before = await textInHead(document.uri);
  if (before === null) throw new FileRefusal('notCommitted', path);
  const { patchOf, shownByPatch } = await import('./patch');
  const patch = patchOf(path, before, document.getText());
  if (patch === null) throw new FileRefusal('tooDifferent', path);
  if (patch === '') throw new FileRefusal('noChanges', path);
  const header = codeHeader(path, git, document.isDirty);
  return {
    header,
    text: `${header}\n\n${fenced('diff', patch)}`,
    file: { name: `${baseName(document.uri)}.diff`, content: patch },
    unsaved: document.isDirty,
    origin: { uri: document.uri, excerpts: shownByPatch(patch) },
  };
}

function excerptOf(document: vscode.TextDocument, { start, end }: vscode.Range): Excerpt {
  // One that ends before the first character of a line does not hold that line.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const text = document.getText(new vscode.Range(start, end));
  return { firstLine: start.line + 1, lastLine: last + 1, text };
}

function excerptOfProblem({ range, message }: vscode.Diagnostic): Excerpt {
  const line = range.start.line + 1;
  return { firstLine: line, lastLine: line, text: message };
}

function problemOf({ range, severity, message, source, code }: vscode.Diagnostic): EditorProblem {
  return {
    line: range.start.line + 1,
    column: range.start.character + 1,
    severity: SEVERITIES[severity],
    message,
    source: source ?? '',
    code: `${typeof code === 'object' ? code.value : (code ?? '')}`,
  };
}
