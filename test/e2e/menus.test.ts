// Files and code out of VS Code's own menus, by mouse: those of the Explorer, of an editor and of its
// tab. On the recent version alone: a menu's items are the same in both.
import { deepEqual, equal } from 'node:assert/strict';
import type { Stage } from '../vscode/stage';
import { openChat, picturesOfFailures } from './suiteStage';

const NOTES = 'Заметки о боте.md';
const CODE = 'orderStatus.ts';

if (process.env['TWIN_VSCODE'] !== 'oldest')
  describe('menus', function () {
    this.timeout(180_000);
    let stage: Stage;

    before(async () => {
      stage = await openChat({
        settings: { 'files.simpleDialog.enable': true },
      });
    });

    picturesOfFailures(() => stage);

    after(() => stage.close());

    const inExplorer = (name: string) =>
      stage.workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    const selected = (name: string) =>
      inExplorer(name).and(stage.workbench.page.locator('.selected'));
    const unselected = async (names: readonly string[]) => {
      const counts = await Promise.all(names.map((name) => selected(name).count()));
      return names.find((_, index) => counts[index] === 0);
    };
    /** Adds files to what is selected; the Explorer may be drawn anew, with nothing selected, meanwhile. */
    const select = async (names: readonly string[]) => {
      for (;;) {
        const name = await unselected(names);
        if (name === undefined) return;
        // Not opened: VS Code selects what it has opened alone, whenever it gets round to it.
        await inExplorer(name).click({ modifiers: ['ControlOrMeta'] });
      }
    };
    /** Takes an item of the menu of several files, which opens at the last of them. */
    const takeFromMenuOf = async (names: readonly [string, string], item: string) => {
      const { menu } = stage.workbench;
      for (;;) {
        await select(names);
        await menu.open(inExplorer(names[1]), item);
        // Drawn anew between the two, it is the menu of one file.
        if ((await unselected(names)) !== undefined) await menu.close(item);
        else if (await menu.takeItem(item)) return;
      }
    };
    const tab = (name: string) =>
      stage.workbench.page.locator(`.tab.active[data-resource-name="${name}"]`);
    const taken = () => stage.simulator.ledger.filesTaken().map(({ name }) => name);
    /** Resolves with the names of so many more files that the platform has. */
    const moreFiles = async (count: number, act: () => Promise<void>) => {
      const before = taken().length;
      await act();
      await stage.simulator.ledger.until(() => taken().length >= before + count);
      await stage.chat.untilWriting(); // or the next menu goes when the chat takes the focus
      return taken().slice(before).sort();
    };

    it('of the Explorer attaches all that are selected', async () => {
      await stage.workbench.runCommand('View: Show Explorer');
      const names = await moreFiles(2, () => takeFromMenuOf(['README.md', NOTES], 'Attach Files…'));
      deepEqual(names, ['README.md', NOTES]);
      await stage.chat.pendingAttachments.nth(1).waitFor();
    });

    it('of a folder in the Explorer asks which files in it', async () => {
      await stage.workbench.runCommand('View: Show Explorer');
      const names = await moreFiles(1, async () => {
        await stage.workbench.menu.take(inExplorer('src').first(), 'Attach Files…');
        // What lies in the folder, and so the folder itself, is listed a moment after the question.
        await stage.workbench.quickPickRow(CODE).click();
      });
      deepEqual(names, [CODE]);
    });

    it('of a tab attaches its file', async () => {
      await stage.workbench.openFile('README.md');
      await stage.workbench.untilEditing(); // or the menu goes when the editor takes the focus
      const names = await moreFiles(1, () =>
        stage.workbench.menu.take(tab('README.md'), 'Attach Files…'),
      );
      deepEqual(names, ['README.md']);
    });

    it('of an editor sends its file, and what is selected in it', async () => {
      await stage.workbench.openFile(`src/${CODE}`);
      await stage.workbench.untilEditing();
      const line = stage.workbench.page.locator('.editor-group-container.active .view-line');
      const sent = (index: number) =>
        stage.simulator.ledger.until((it) => it.of('messageTaken')[index]);
      const names = await moreFiles(1, () =>
        stage.workbench.menu.take(line.first(), 'Send Active File'),
      );
      deepEqual(names, [CODE]);
      // The platform has a file before it has the message with it.
      equal((await sent(0)).attachments.length, 1);
      await stage.workbench.selectLines(2);
      await stage.workbench.menu.take(line.first(), 'Send Selection');
      equal((await sent(1)).body.split('\n')[0], `\`src/${CODE}:1-2\``);
    });
  });
