// Code of a message back into the editor: inserted, as a new file, applied after a comparison; and
// places of the workspace as links. The bot repeats what it hears, so the code comes from it.
import { equal } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Stage } from '../vscode/stage';
import { openSuiteStage, picturesOfFailures, stepByStep } from './suiteStage';

const FILE = 'src/orderStatus.ts';
const CODE = 'export const answer = 42;';

describe('code of a message', function () {
  this.timeout(180_000);
  stepByStep();
  let stage: Stage;
  /** The file's lines as they are at first: VS Code saves by itself, at a moment of its own. */
  let lines: readonly string[];

  before(async () => {
    stage = await openSuiteStage({
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'always',
        'editor.minimap.enabled': false,
      },
    });
    lines = (await readFile(path.join(stage.folder, FILE), 'utf8')).trimEnd().split('\n');
    await stage.workbench.answerTrust(false);
    await stage.workbench.runCommand('TWIN: Start Chat');
    await stage.chat.untilConnection('online');
    await stage.chat.messages('bot').first().waitFor(); // what is heard is what comes after the greeting
  });

  picturesOfFailures(() => stage);

  after(() => stage.close());

  /** Says it, and gives what the bot repeats. */
  const hear = async (text: string) => {
    const before = await stage.chat.messages('bot').count();
    await stage.chat.composer.fill(text);
    await stage.chat.composer.press('Enter');
    const heard = stage.chat.messages('bot').nth(before);
    await heard.waitFor();
    return heard;
  };
  const press = async (text: string, button: string) => {
    await (await hear(text)).getByRole('button', { name: button, exact: true }).click();
  };
  /** Waits until the editor in front shows such lines, and nothing else. */
  const untilEditorShows = async (...lines: readonly string[]) => {
    await stage.workbench.page.waitForFunction((wanted) => {
      const editor = document.querySelector('.editor-group-container.active .monaco-editor');
      const shown = [...(editor?.querySelectorAll<HTMLElement>('.view-line') ?? [])]
        .sort((a, b) => a.offsetTop - b.offsetTop)
        .map((line) => line.textContent.replaceAll('\u00a0', ' '));
      return shown.join('\n').trimEnd() === wanted;
    }, lines.join('\n'));
  };
  const inTitle = (title: string) =>
    stage.workbench.page
      .locator('.editor-group-container.active .title')
      .getByRole('button', { name: title });

  /** The comparison has the same lines on one of its sides: it must be gone before they are looked at. */
  const decide = async (title: 'Apply Change' | 'Discard Change') => {
    await inTitle(title).click();
    await stage.workbench.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
  };

  it('has its colours', async () => {
    await (
      await hear(`\`\`\`ts\n${CODE}\n\`\`\``)
    )
      .locator('[data-token="keyword"]')
      .first()
      .waitFor();
  });

  it('says that there is no editor to insert it into, and makes a file of it instead', async () => {
    await press(`\`\`\`ts\n${CODE}\n\`\`\``, 'Insert at Cursor');
    const notice = stage.workbench.notification('There is no editor to insert into');
    await notice.getByRole('button', { name: 'Open as New File' }).click();
    await untilEditorShows(CODE);
  });

  it('becomes a new file of its language', async () => {
    await press('```py\nprint(1)\n```', 'New File');
    await untilEditorShows('print(1)');
    await stage.workbench.page
      .locator('.part.statusbar')
      .getByText('Python', { exact: true })
      .waitFor();
  });

  it('is not applied in a workspace that is not trusted', async () => {
    const heard = await hear(`${FILE}:1\n\n\`\`\`ts\n${CODE}\n\`\`\``);
    const apply = heard.getByRole('button', { name: 'Apply', exact: true });
    equal(await apply.getAttribute('aria-disabled'), 'true');
    await apply.press('Enter'); // it can be asked why
    const notice = stage.workbench.notification('only in a workspace that you trust');
    await notice.waitFor();
    await stage.workbench.dismiss(notice);
    equal(await stage.workbench.page.locator('.monaco-diff-editor').count(), 0);
  });

  it('replaces the lines that the message names, after a comparison, in one step to undo', async () => {
    await stage.workbench.reload();
    await stage.workbench.answerTrust(true);
    await stage.workbench.runCommand('TWIN: Start Chat');
    await stage.chat.untilConnection('online');
    await press(`\`${FILE}:2-4\`\n\n\`\`\`ts\n${CODE}\n\`\`\``, 'Apply');
    // The new file is still in the editor: it is asked which of the two is meant.
    await stage.workbench.quickPickRow(FILE).click();
    await stage.workbench.page.locator('.monaco-diff-editor').waitFor();
    await decide('Apply Change');
    await untilEditorShows(lines[0] ?? '', CODE, ...lines.slice(4));
    await stage.workbench.untilEditing();
    await stage.workbench.page.keyboard.press('ControlOrMeta+Z');
    await untilEditorShows(...lines);
  });

  it('replaces the selection of the editor, unless it is discarded', async () => {
    await stage.workbench.openFile(FILE);
    await stage.workbench.selectLines(1);
    await press(`\`\`\`ts\n${CODE}\n\`\`\``, 'Apply');
    await decide('Discard Change');
    await untilEditorShows(...lines);
    await press(`\`\`\`ts\n${CODE}\n\`\`\``, 'Apply');
    await decide('Apply Change');
    await untilEditorShows(CODE, ...lines.slice(1));
  });

  it('is inserted at the cursor, and the editor has the focus', async () => {
    await stage.workbench.untilEditing();
    await stage.workbench.page.keyboard.press('ControlOrMeta+Z');
    // What is undone puts back the cursor too: wait for it before selecting.
    await untilEditorShows(...lines);
    await stage.workbench.selectLines(1);
    await press(`\`\`\`ts\n// inserted\n\`\`\``, 'Insert at Cursor');
    await untilEditorShows(`// inserted${lines[1] ?? ''}`, ...lines.slice(2));
    await stage.workbench.untilEditing();
    await stage.workbench.type('!');
    await untilEditorShows(`// inserted!${lines[1] ?? ''}`, ...lines.slice(2));
  });

  it('names places in the workspace, which are links that lead there', async () => {
    const heard = await hear(
      'See src/order_number.py:3:5, `Заметки о боте.md:2` and src/none.ts:1',
    );
    await heard.getByRole('link', { name: 'Заметки о боте.md:2' }).waitFor();
    equal(await heard.getByRole('link').count(), 2);
    await heard.getByRole('link', { name: 'src/order_number.py:3:5' }).click();
    await stage.workbench.page.locator('.part.statusbar').getByText('Ln 3, Col 5').waitFor();
    await stage.workbench.page
      .locator('.tab.active[data-resource-name="order_number.py"]')
      .waitFor();
  });
});
