import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/disposable';
import { VIEW_ID } from './ids';

/**
 * The editor that the person's code is in. While a tab of the chat is in front, VS Code names no
 * other: then it is the one that was last in front and is still open.
 */
export class EditorInUse implements Disposable {
  private readonly lifetime = new DisposableStore();
  /** What was in front, by `identityOf` (VS Code makes new objects of all tabs now and then); newest first. */
  private recentTabs: readonly string[] = [];
  private recentTexts: readonly vscode.TextEditor[] = [];

  constructor() {
    const { tabGroups } = vscode.window;
    const noteTab = (): void => {
      this.noteTab(tabGroups.activeTabGroup.activeTab);
    };
    const noteText = (editor: vscode.TextEditor | undefined): void => {
      this.noteText(editor);
    };
    noteTab();
    noteText(vscode.window.activeTextEditor);
    this.lifetime.add(tabGroups.onDidChangeTabs(noteTab));
    this.lifetime.add(tabGroups.onDidChangeTabGroups(noteTab));
    this.lifetime.add(vscode.window.onDidChangeActiveTextEditor(noteText));
  }

  /** The tab in front; `null` when there is none but the chat's. */
  get tab(): vscode.Tab | null {
    const inFront = vscode.window.tabGroups.activeTabGroup.activeTab ?? null;
    if (inFront === null || !isOfChat(inFront)) return inFront;
    // In groups beside that of the chat something may be in front, too.
    const { all } = vscode.window.tabGroups;
    const beside = all.flatMap(({ activeTab }) => activeTab ?? []).filter((it) => !isOfChat(it));
    const open = new Map([...openTabs(), ...beside].map((tab) => [identityOf(tab), tab]));
    const last = this.recentTabs.find((identity) => open.has(identity));
    return (last === undefined ? beside[0] : open.get(last)) ?? null;
  }

  /** Where that tab stands. */
  get column(): vscode.ViewColumn {
    return this.tab?.group.viewColumn ?? vscode.ViewColumn.Active;
  }

  /** The text editor of that tab. Behind a tab of the chat it can be read, not changed. */
  get textEditor(): vscode.TextEditor | null {
    const { activeTextEditor, visibleTextEditors, tabGroups } = vscode.window;
    const { tab } = this;
    if (tab === null || tab === tabGroups.activeTabGroup.activeTab) return activeTextEditor ?? null;
    const last = this.recentTexts.find((it) => isIn(tab, it)) ?? null;
    if (last !== null && visibleTextEditors.includes(last)) return last;
    const texts = urisOf(tab).map((uri) => uri.toString());
    const isSame = ({ document }: vscode.TextEditor) => texts.includes(document.uri.toString());
    return visibleTextEditors.find(isSame) ?? last;
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private noteTab(tab: vscode.Tab | undefined): void {
    if (tab === undefined || isOfChat(tab)) return;
    const newest = identityOf(tab);
    if (newest === this.recentTabs[0]) return;
    const open = new Set(openTabs().map(identityOf));
    const others = this.recentTabs.filter((it) => it !== newest && open.has(it));
    this.recentTabs = [newest, ...others];
  }

  private noteText(newest: vscode.TextEditor | undefined): void {
    if (newest === undefined) return;
    const others = this.recentTexts.filter(
      ({ document }) => document !== newest.document && !document.isClosed,
    );
    this.recentTexts = [newest, ...others];
  }
}

function openTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

function isOfChat({ input }: vscode.Tab): boolean {
  // VS Code puts a word of its own before the type.
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(`-${VIEW_ID}`);
}

function identityOf(tab: vscode.Tab): string {
  const uris = urisOf(tab);
  return uris.length > 0 ? uris.join('\n') : tab.label; // that of an untitled file changes
}

/** What is in the tab; of a diff, the newer side first. */
function urisOf({ input }: vscode.Tab): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputText) return [input.uri];
  if (input instanceof vscode.TabInputCustom) return [input.uri];
  if (input instanceof vscode.TabInputNotebook) return [input.uri];
  if (input instanceof vscode.TabInputTextDiff) return [input.modified, input.original];
  if (input instanceof vscode.TabInputNotebookDiff) return [input.modified, input.original];
  return [];
}

function isIn(tab: vscode.Tab, { document: { uri } }: vscode.TextEditor): boolean {
  return tab.input instanceof vscode.TabInputNotebook
    ? tab.input.uri.path === uri.path // of its cells
    : urisOf(tab).some((it) => it.toString() === uri.toString());
}
