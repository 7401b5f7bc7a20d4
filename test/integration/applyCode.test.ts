// Code of a message, compared with what stands in a file and put into it. The comparison is VS
// Code's own; what the person presses in it are the two commands of its title bar.
import { deepEqual, equal } from 'node:assert/strict';
import {
  Position,
  Selection,
  TabInputTextDiff,
  type TextEditor,
  Uri,
  WorkspaceEdit,
  commands,
  window,
  workspace,
} from 'vscode';
import { CodeApplier } from '../../src/extension/vscode/codeApplier';
import { EditorInUse } from '../../src/extension/vscode/editorInUse';
import { Desk } from './desk';

const CODE = 'const two = 22;';

describe('applying code', () => {
  let desk: Desk;
  let applier: CodeApplier;
  let editors: EditorInUse;

  beforeEach(async () => {
    desk = await Desk.open();
    await commands.executeCommand('workbench.action.closeAllEditors');
    editors = new EditorInUse();
    applier = new CodeApplier(editors);
  });

  afterEach(async () => {
    applier.dispose();
    editors.dispose();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await desk.close();
  });

  const open = async (name: string, content: string): Promise<TextEditor> =>
    window.showTextDocument(await desk.write(name, content));
  const comparisons = () =>
    window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof TabInputTextDiff).length;
  const comparison = () => {
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof TabInputTextDiff ? input : null;
  };
  /** What the file would be. */
  const proposed = async () =>
    (await workspace.openTextDocument(comparison()?.modified ?? Uri.parse('nothing:'))).getText();
  const warning = () => desk.notices.at(-1)?.text;

  it('keeps the line ends of the file, and ends the last line where it was ended', async () => {
    const editor = await open('windows.ts', 'one\r\ntwo\r\nthree\r\n');
    editor.selection = new Selection(1, 0, 2, 0);
    await applier.propose('a\nb', null);
    equal(await proposed(), 'one\r\na\r\nb\r\nthree\r\n');
    await applier.apply();
    equal(editor.document.getText(), 'one\r\na\r\nb\r\nthree\r\n');
    equal(comparisons(), 0);
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('changes nothing of a file that has changed since it was compared', async () => {
    const { document } = await open('stale.ts', 'one\n');
    await applier.propose(CODE, null);
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(0, 0), 'mine\n');
    await workspace.applyEdit(edit);
    await applier.apply();
    equal(document.getText(), 'mine\none\n');
    equal(
      warning(),
      'stale.ts has changed since it was compared, and stays as it is. Press Apply at the code again.',
    );
    await applier.discard();
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('says so when the file has the code already, and compares nothing', async () => {
    await open('same.ts', `one\r\n${CODE}\r\n`);
    await applier.propose(`one\n${CODE}`, null);
    equal(warning(), 'same.ts has this code already: there is nothing to change.');
    equal(comparison(), null);
  });

  it('is about the lines that the message names, as far as there are such', async () => {
    await desk.write('named.ts', 'one\ntwo\nthree\n');
    await applier.propose(CODE, { path: 'named.ts', lines: { first: 2, last: 90 } });
    equal(await proposed(), `one\n${CODE}\n`);
    await applier.discard();
    equal(comparison(), null);
  });

  it('asks which is meant, the file that the message names or the one in front', async () => {
    await open('front.ts', 'front\n');
    await desk.write('named.ts', 'one\ntwo\n');
    const offered: string[] = [];
    desk.replace('showQuickPick', (async (
      items: readonly { label: string; description: string }[],
    ) => {
      offered.push(...items.map(({ label, description }) => `${label}: ${description}`));
      return Promise.resolve(items[1]);
    }) as unknown as typeof window.showQuickPick);
    await applier.propose(CODE, { path: 'named.ts', lines: { first: 1, last: 1 } });
    deepEqual(offered, ['named.ts: Lines 1 to 1', 'front.ts: The whole file']);
    equal(comparison()?.original.path.endsWith('/front.ts'), true);
  });

  it('is offered as a new file where there is no editor', async () => {
    desk.answer(({ buttons }) => buttons[0]);
    await applier.propose(CODE, null);
    deepEqual((await desk.notice('There is no editor')).buttons, ['Open as New File']);
    while (window.activeTextEditor?.document.getText() !== CODE)
      await new Promise<void>((resolve) => {
        const listening = window.onDidChangeActiveTextEditor(() => {
          listening.dispose();
          resolve();
        });
      });
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
