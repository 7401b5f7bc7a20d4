import * as vscode from 'vscode';
import type { CodePlace } from '../../shared/intent';
import { codeChange, linesOrWhole, selectionOrWhole } from './codeChange';
import type { ChangeTarget, CodeChange } from './codeChange';
import { lastTextEditor, offerNewFile } from './codeIntoEditor';
import type { EditorInUse } from './editorInUse';
import { localization } from './localization';
import { baseName, shownPath } from './paths';
import { findInWorkspace } from './workspacePlaces';

/** The right side of the comparison: what the file would be. */
export const CHANGE_SCHEME = 'twin-change';

/**
 * Applies code of a message to a file: shows the difference first, and changes the file, in one
 * step to undo, when the person says so in the comparison. What is replaced: the lines that the
 * message names above the code, else the selection, else the whole file.
 */
export class CodeApplier implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changes = new Map<string, CodeChange>();
  private readonly registrations = [
    vscode.workspace.registerTextDocumentContentProvider(CHANGE_SCHEME, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      this.changes.delete(uri.toString());
    }),
  ];
  private count = 0;

  constructor(private readonly editors: EditorInUse) {}

  /** Shows what the code would change; says in words where it cannot. */
  async propose(code: string, place: CodePlace | null): Promise<void> {
    const { t } = localization();
    if (!vscode.workspace.isTrusted) {
      void offerTrust();
      return;
    }
    const targets = await this.targetsFor(place);
    if (targets.length === 0) {
      void offerNewFile(t('host.code.noEditor'), code);
      return;
    }
    const target = targets.length === 1 ? targets[0] : await choose(targets);
    if (target === undefined) return;
    const change = codeChange(target, code);
    if (change.before === change.after) {
      const name = shownPath(target.document.uri);
      void vscode.window.showInformationMessage(t('host.change.none', { name }));
      return;
    }
    await this.compare(change);
  }

  /** The person has agreed to the comparison in front. */
  async apply(): Promise<void> {
    const shown = this.comparisonInFront();
    const change = shown && this.changes.get(shown.input.modified.toString());
    if (!change) return;
    const { document, range, text, before } = change;
    const { t } = localization();
    const name = shownPath(document.uri);
    if (document.isClosed || document.getText() !== before) {
      void vscode.window.showWarningMessage(t('host.change.stale', { name }));
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, text);
    if (!(await vscode.workspace.applyEdit(edit))) {
      void vscode.window.showWarningMessage(t('host.code.readOnly', { name }));
      return;
    }
    const { viewColumn } = shown.tab.group;
    await this.discard();
    const editor = await vscode.window.showTextDocument(document, { viewColumn, preview: false });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Closes the comparison in front; the file stays as it is. */
  async discard(): Promise<void> {
    const shown = this.comparisonInFront();
    if (shown !== null) await vscode.window.tabGroups.close(shown.tab);
  }

  provideTextDocumentContent(uri: vscode.Uri): string | null {
    return this.changes.get(uri.toString())?.after ?? null;
  }

  dispose(): void {
    vscode.Disposable.from(...this.registrations).dispose();
    this.changes.clear();
  }

  private async compare(change: CodeChange): Promise<void> {
    const { uri } = change.document;
    this.count += 1;
    // The path stays, for it tells VS Code the language.
    const { path } = uri;
    const after = vscode.Uri.from({ scheme: CHANGE_SCHEME, path, query: `${this.count}` });
    this.changes.set(after.toString(), change);
    const title = localization().t('host.change.title', { name: baseName(uri) });
    // Beside the chat, not over it.
    const where = { preview: true, viewColumn: this.editors.column };
    await vscode.commands.executeCommand('vscode.diff', uri, after, title, where);
  }

  private comparisonInFront(): { tab: vscode.Tab; input: vscode.TabInputTextDiff } | null {
    const { tab } = this.editors;
    const input = tab?.input;
    return tab &&
      input instanceof vscode.TabInputTextDiff &&
      input.modified.scheme === CHANGE_SCHEME
      ? { tab, input }
      : null;
  }

  /** What the code could replace: in the file that the message names, and in the last editor. */
  private async targetsFor(place: CodePlace | null): Promise<readonly ChangeTarget[]> {
    const editor = lastTextEditor(this.editors);
    const writable =
      editor !== null &&
      vscode.workspace.fs.isWritableFileSystem(editor.document.uri.scheme) !== false
        ? editor
        : null;
    const named = place === null ? null : await findInWorkspace(place.path);
    const target = writable === null ? [] : [selectionOrWhole(writable)];
    if (place === null || named === null) return target;
    const isOpen = writable?.document.uri.toString() === named.toString();
    if (isOpen && place.lines === null) return target;
    const document = await vscode.workspace.openTextDocument(named);
    return [linesOrWhole(document, place.lines), ...(isOpen ? [] : target)];
  }
}

async function choose(targets: readonly ChangeTarget[]): Promise<ChangeTarget | undefined> {
  const { t } = localization();
  const items = targets.map((target) => ({
    label: shownPath(target.document.uri),
    description: describeRange(target),
    target,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: t('host.change.where') });
  return picked?.target;
}

function describeRange({ document, range }: ChangeTarget): string {
  const { t } = localization();
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  return range.isEqual(whole)
    ? t('host.change.whole')
    : t('host.change.lines', {
        first: `${range.start.line + 1}`,
        last: `${range.end.line + 1}`,
      });
}

/** Not awaited: the person may leave the notification standing. */
async function offerTrust(): Promise<void> {
  const { t } = localization();
  const manage = t('host.change.manageTrust');
  const answer = await vscode.window.showWarningMessage(t('host.change.untrusted'), manage);
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
