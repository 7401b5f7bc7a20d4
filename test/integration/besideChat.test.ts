// The chat in a tab of the editor: what goes to the platform, and where its code goes, is the
// editor that was in front before.
import { deepEqual, equal, match } from 'node:assert/strict';
import {
  Diagnostic,
  Range,
  TabInputTextDiff,
  TabInputWebview,
  type TextDocument,
  type TextEditor,
  commands,
  extensions,
  languages,
  window,
} from 'vscode';
import { CodeApplier } from '../../src/extension/vscode/codeApplier';
import { insertAtCursor } from '../../src/extension/vscode/codeIntoEditor';
import { EditorInUse } from '../../src/extension/vscode/editorInUse';
import { png } from '../support/pictureFiles';
import { Desk } from './desk';

const CODE = 'const one = 1;\nconst two = 2;\n';

describe('the editor beside a chat in a tab', () => {
  let desk: Desk;
  let editors: EditorInUse;

  beforeEach(async () => {
    // What was in use before that, it does not know.
    await extensions.getExtension('twin-chat.twin-chat')?.activate();
    desk = await Desk.open();
    await commands.executeCommand('workbench.action.closeAllEditors');
    editors = new EditorInUse();
  });

  afterEach(async () => {
    editors.dispose();
    await desk.close();
  });

  const tabInFront = () => window.tabGroups.activeTabGroup.activeTab;
  const open = async (name: string, selection = new Range(1, 0, 1, 5)): Promise<TextEditor> =>
    window.showTextDocument(await desk.write(name, CODE), { selection, preview: false });

  /** VS Code tells of its tabs and editors a little after the command that changed them. */
  async function untilShown(areSo: () => boolean): Promise<void> {
    while (!areSo())
      await new Promise<void>((resolve) => {
        const changes = [
          window.tabGroups.onDidChangeTabs,
          window.tabGroups.onDidChangeTabGroups,
          window.onDidChangeActiveTextEditor,
          window.onDidChangeVisibleTextEditors,
          window.onDidChangeTextEditorSelection,
        ].map((onDidChange) =>
          onDidChange(() => {
            for (const change of changes) change.dispose();
            resolve();
          }),
        );
      });
  }

  /** In sight, not in front: the chat takes the focus whenever it comes to be drawn. */
  const untilInSight = (document: TextDocument) =>
    untilShown(() => window.visibleTextEditors.some((it) => it.document === document));

  /** Opens the chat in the group in front, over what is there. */
  async function openChat(): Promise<void> {
    await commands.executeCommand('twin.startChat');
    await commands.executeCommand('twin.openInEditor');
    await untilShown(
      () => tabInFront()?.input instanceof TabInputWebview && window.activeTextEditor === undefined,
    );
  }

  /** Opens the chat in a group of its own. */
  async function openChatBeside(): Promise<void> {
    await commands.executeCommand('workbench.action.newGroupRight');
    await openChat();
  }

  for (const [where, show] of [
    ['over', openChat],
    ['beside', openChatBeside],
  ] as const)
    describe(`with the chat ${where} it`, () => {
      it('is what commands send', async () => {
        const { document } = await open('last.ts');
        const problems = languages.createDiagnosticCollection();
        problems.set(document.uri, [new Diagnostic(new Range(0, 6, 0, 9), 'no good name')]);
        await show();
        await commands.executeCommand('twin.sendSelection');
        await commands.executeCommand('twin.sendActiveFile');
        await commands.executeCommand('twin.sendProblems');
        const [selection, , problem] = await desk.messages(3);
        problems.dispose();
        equal(selection, '`last.ts:2`\n\n```typescript\nconst\n```');
        match(problem ?? '', /no good name/);
        const [file] = await desk.files(1);
        deepEqual([file?.name, file?.text], ['last.ts', CODE]);
      });

      it('takes code at its cursor', async () => {
        const { document } = await open('last.ts');
        await open('before.ts');
        await window.showTextDocument(document);
        await show();
        await insertAtCursor(editors, 'let');
        equal(document.getText(), 'const one = 1;\nlet two = 2;\n');
        await untilInSight(document);
        deepEqual(desk.notices, []);
      });

      it('is what code is compared with, also after another comparison', async () => {
        const { document } = await open('last.ts');
        await show();
        const applier = new CodeApplier(editors);
        await applier.propose('let', null);
        await applier.discard();
        await untilShown(() => editors.textEditor?.selection.isEmpty === false); // as it was before
        await applier.propose('var', null);
        await untilShown(() => editors.tab?.input instanceof TabInputTextDiff);
        await applier.apply();
        applier.dispose();
        equal(document.getText(), 'const one = 1;\nvar two = 2;\n');
        await untilInSight(document);
      });
    });

  it('is a picture in its viewer', async () => {
    await open('before.ts');
    await commands.executeCommand('vscode.open', await desk.write('last.png', png(2, 2)));
    await openChat();
    await commands.executeCommand('twin.sendActiveFile');
    equal((await desk.files(1))[0]?.name, 'last.png');
  });

  it('is the one before when the last is closed', async () => {
    await open('before.ts');
    await open('last.ts');
    await openChat();
    const tabs = window.tabGroups.activeTabGroup.tabs;
    await window.tabGroups.close(tabs.filter(({ label }) => label === 'last.ts'));
    await commands.executeCommand('twin.sendActiveFile');
    equal((await desk.files(1))[0]?.name, 'before.ts');
  });

  it('is no file where it is none', async () => {
    await open('before.ts');
    await commands.executeCommand('workbench.action.openSettings2');
    await openChat();
    await commands.executeCommand('twin.sendActiveFile');
    await desk.notice('is not a file that can be sent');
  });

  it('is missed where nothing but the chat is open', async () => {
    await openChat();
    await commands.executeCommand('twin.sendActiveFile');
    await desk.notice('No file is open');
    await insertAtCursor(editors, 'let');
    await desk.notice('There is no editor to insert into');
  });

  it('is one in sight where none was in use since the start', async () => {
    const { document } = await open('seen.ts');
    await openChatBeside();
    const late = new EditorInUse();
    await insertAtCursor(late, 'let');
    late.dispose();
    equal(document.getText(), 'const one = 1;\nlet two = 2;\n');
  });
});
