// From the editor to the platform, as it stands on the screen. What arrived is asked of the
// simulator.
import { deepEqual, equal } from 'node:assert/strict';
import { Position, commands, window, workspace } from 'vscode';
import { Desk } from './desk';

describe('the active file', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  it('goes with what is not saved yet', async () => {
    const uri = await desk.write('src/заметка.ts', 'const saved = 1;\n');
    const editor = await window.showTextDocument(uri);
    await editor.edit((edit) => {
      edit.insert(new Position(1, 0), 'const unsaved = 2;\n');
    });
    await commands.executeCommand('twin.sendActiveFile');
    await desk.messages(1);
    const [file] = await desk.files(1);
    deepEqual(
      [file?.name, file?.contentType, file?.text],
      ['заметка.ts', 'text/plain; charset=utf-8', 'const saved = 1;\nconst unsaved = 2;\n'],
    );
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('is one that was never saved, under the extension of its language', async () => {
    const document = await workspace.openTextDocument({ language: 'python', content: 'print(1)' });
    await window.showTextDocument(document);
    await commands.executeCommand('twin.sendActiveFile');
    const [file] = await desk.files(1);
    equal(file?.name, 'Untitled-1.py');
    equal(file.text, 'print(1)');
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('says what to do when nothing is open', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('twin.sendActiveFile');
    const notice = await desk.notice('No file is open');
    deepEqual(notice.buttons, ['Choose Files…']);
  });
});
