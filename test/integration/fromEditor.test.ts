// From the editor to the platform, as it stands on the screen. What arrived is asked of the
// simulator.
import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  EventEmitter,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  FileType,
  NotebookCellData,
  NotebookCellKind,
  NotebookCellOutput,
  NotebookCellOutputItem,
  NotebookData,
  NotebookEdit,
  Position,
  Uri,
  type Disposable,
  WorkspaceEdit,
  commands,
  window,
  workspace,
} from 'vscode';
import { fileOfDocument } from '../../src/extension/vscode/localFile';
import { Desk } from './desk';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==',
  'base64',
);
const PLAIN_TEXT = 'text/plain; charset=utf-8';

/** A file system in memory, as a virtual workspace brings one. */
class MemoryFiles implements FileSystemProvider {
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;

  constructor(private readonly content: ReadonlyMap<string, Uint8Array>) {}

  watch = () => ({ dispose: () => undefined });
  stat = ({ path }: Uri): FileStat => {
    const size = this.content.get(path)?.length;
    return { type: size ? FileType.File : FileType.Directory, ctime: 0, mtime: 0, size: size ?? 0 };
  };
  readFile = ({ path }: Uri) => this.content.get(path) ?? new Uint8Array();
  readDirectory = () => [];
  createDirectory = () => undefined;
  writeFile = () => undefined;
  delete = () => undefined;
  rename = () => undefined;
}

describe('the active file', () => {
  let desk: Desk;
  const registered: Disposable[] = [];

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(async () => {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const registration of registered.splice(0)) registration.dispose();
    await desk.close();
  });

  /** Sends the active file; resolves with what the platform has of it. */
  async function sent() {
    await commands.executeCommand('twin.sendActiveFile');
    await desk.messages(1);
    const [file] = await desk.files(1);
    ok(file);
    return file;
  }

  it('goes with what is not saved yet', async () => {
    const uri = await desk.write('src/заметка.ts', 'const saved = 1;\n');
    const editor = await window.showTextDocument(uri);
    await editor.edit((edit) => {
      edit.insert(new Position(1, 0), 'const unsaved = 2;\n');
    });
    equal(fileOfDocument(editor.document).unsaved, true); // the composer says so
    const { name, contentType, text } = await sent();
    deepEqual(
      [name, contentType, text],
      ['заметка.ts', PLAIN_TEXT, 'const saved = 1;\nconst unsaved = 2;\n'],
    );
  });

  it('is one that was never saved, under the extension of its language', async () => {
    const document = await workspace.openTextDocument({ language: 'python', content: 'print(1)' });
    await window.showTextDocument(document);
    const { name, text } = await sent();
    deepEqual([name, text], ['Untitled-1.py', 'print(1)']);
  });

  it('has its own name where it was never saved but has one', async () => {
    const uri = Uri.joinPath(desk.folder, 'новый.test.ts').with({ scheme: 'untitled' });
    await window.showTextDocument(await workspace.openTextDocument(uri));
    await window.activeTextEditor?.edit((edit) => {
      edit.insert(new Position(0, 0), 'new');
    });
    const { name, text } = await sent();
    deepEqual([name, text], ['новый.test.ts', 'new']);
  });

  it('is known by its tab when it is too large for an editor of text to show', async () => {
    const size = 51 * 1024 * 1024; // over 50 MB VS Code tells extensions of no document
    const uri = await desk.write('huge.log', Buffer.alloc(size, 'a line of a log\n'));
    await commands.executeCommand('vscode.open', uri);
    await commands.executeCommand('twin.sendActiveFile');
    await desk.notice('huge.log is larger than 25 MB');
  });

  it('is a notebook with cells and outputs that are not saved yet', async () => {
    const saved = {
      cells: [{ cell_type: 'markdown', metadata: {}, source: ['# Заказы'] }],
      metadata: { kernelspec: { display_name: 'Python 3', name: 'python3' } },
      nbformat: 4,
      nbformat_minor: 2,
    };
    const uri = await desk.write('анализ.ipynb', JSON.stringify(saved));
    const notebook = await workspace.openNotebookDocument(uri);
    await window.showNotebookDocument(notebook);
    const cell = new NotebookCellData(NotebookCellKind.Code, 'print(1 + 1)', 'python');
    cell.metadata = { metadata: { tags: ['итог'] }, execution_count: 7 };
    cell.outputs = [new NotebookCellOutput([NotebookCellOutputItem.stdout('2\n')])];
    const edit = new WorkspaceEdit();
    edit.set(uri, [NotebookEdit.insertCells(1, [cell])]);
    await workspace.applyEdit(edit);

    const { name, text } = await sent();
    interface SavedCell {
      readonly outputs?: readonly { readonly text: readonly string[] }[];
      readonly metadata: unknown;
      readonly execution_count?: number;
    }
    const json = JSON.parse(text) as typeof saved & { cells: SavedCell[] };
    equal(name, 'анализ.ipynb');
    deepEqual([json.nbformat, json.metadata.kernelspec.name], [4, 'python3']);
    deepEqual(
      json.cells.map(({ cell_type, source }) => [cell_type, source.join('')]),
      [
        ['markdown', '# Заказы'],
        ['code', 'print(1 + 1)'],
      ],
    );
    const { outputs, metadata, execution_count: count } = json.cells[1] ?? {};
    deepEqual([outputs?.[0]?.text, metadata, count], [['2\n'], { tags: ['итог'] }, 7]);
  });

  it('is a notebook that was never saved', async () => {
    const cell = new NotebookCellData(NotebookCellKind.Code, 'x = 1', 'python');
    const data = new NotebookData([cell]);
    const notebook = await workspace.openNotebookDocument('jupyter-notebook', data);
    await window.showNotebookDocument(notebook);
    const { name, text } = await sent();
    equal(name, 'Untitled-1.ipynb');
    equal((JSON.parse(text) as { cells: unknown[] }).cells.length, 1);
  });

  it('is a notebook as it lies on the disk, byte by byte, when it is saved', async () => {
    const text = '{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[]}\n';
    const uri = await desk.write('saved.ipynb', text);
    await window.showNotebookDocument(await workspace.openNotebookDocument(uri));
    equal((await sent()).text, text);
  });

  it('is a picture in its viewer', async () => {
    const uri = await desk.write('снимок экрана.png', PNG);
    await commands.executeCommand('vscode.open', uri);
    const { name, contentType, bytes } = await sent();
    deepEqual([name, contentType, bytes.equals(PNG)], ['снимок экрана.png', 'image/png', true]);
  });

  it('is the picture in front, not the text in the group beside it', async () => {
    await window.showTextDocument(await desk.write('beside.ts', 'text'));
    const uri = await desk.write('front.png', PNG);
    await commands.executeCommand('vscode.open', uri, { viewColumn: 2 });
    equal((await sent()).name, 'front.png');
  });

  for (const [side, wanted] of [
    ['left', 'old.ts'],
    ['right', 'new.ts'],
  ] as const)
    it(`is the ${side} side of a diff when that has the focus`, async () => {
      const old = await desk.write('old.ts', 'before');
      const current = await desk.write('new.ts', 'after');
      await commands.executeCommand('vscode.diff', old, current);
      if (side === 'left') await commands.executeCommand('diffEditor.switchSide');
      const focused = () => window.activeTextEditor?.document.uri.path.endsWith(wanted) === true;
      while (!focused())
        await new Promise<void>((resolve) => {
          const change = window.onDidChangeActiveTextEditor(() => {
            change.dispose();
            resolve();
          });
        });
      equal((await sent()).name, wanted);
    });

  it('is a file of a virtual file system, text or not', async () => {
    const content = new Map([
      ['/данные/план.md', Buffer.from('# План\n')],
      ['/данные/схема.png', PNG],
      ['/данные/схема', PNG],
    ]);
    const files = new MemoryFiles(content);
    registered.push(workspace.registerFileSystemProvider('twinmemory', files));
    await window.showTextDocument(Uri.parse('twinmemory:/данные/план.md'));
    const { name, text } = await sent();
    deepEqual([name, text], ['план.md', '# План\n']);
    await commands.executeCommand('vscode.open', Uri.parse('twinmemory:/данные/схема.png'));
    await commands.executeCommand('twin.sendActiveFile');
    const second = (await desk.files(2))[1];
    deepEqual([second?.name, second?.bytes.equals(PNG)], ['схема.png', true]);
    await commands.executeCommand('twin.attachFiles', Uri.parse('twinmemory:/данные/схема'));
    const third = (await desk.files(3))[2];
    deepEqual([third?.name, third?.contentType], ['схема', 'image/png']); // by what is in it
  });

  it('is a text that an extension makes up', async () => {
    const provideTextDocumentContent = () => 'made up';
    registered.push(
      workspace.registerTextDocumentContentProvider('twinmade', { provideTextDocumentContent }),
    );
    await window.showTextDocument(Uri.parse('twinmade:/report.txt'));
    const { name, text } = await sent();
    deepEqual([name, text], ['report.txt', 'made up']);
    await commands.executeCommand('twin.attachFiles', Uri.parse('twinmade:/report.txt')); // its tab
    equal((await desk.files(2))[1]?.text, 'made up');
  });

  it('has any name of any length', async () => {
    const longest = `${'я'.repeat(123)}.md`; // 249 bytes: file systems take 255
    await window.showTextDocument(await desk.write(longest, 'text'));
    equal((await sent()).name, longest);
  });

  it('comes from its tab as it stands on the screen, too', async () => {
    const uri = await desk.write('tab.ts', 'saved');
    const editor = await window.showTextDocument(uri);
    await editor.edit((edit) => {
      edit.insert(new Position(0, 0), 'un');
    });
    await commands.executeCommand('twin.attachFiles', uri, { groupId: 0, editorIndex: 0 });
    equal((await desk.files(1))[0]?.text, 'unsaved');
  });

  it('says what to do when nothing is open', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    const uri = await desk.write('chosen.txt', 'chosen');
    desk.replace('showOpenDialog', () => Promise.resolve([uri]));
    desk.answer(({ buttons }) => buttons[0]);
    await commands.executeCommand('twin.attachActiveFile');
    const notice = await desk.notice('No file is open');
    deepEqual(notice.buttons, ['Choose Files…']);
    equal((await desk.files(1))[0]?.name, 'chosen.txt');
  });

  it('says so when what is open is no file', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('workbench.action.openSettings2');
    await commands.executeCommand('twin.sendActiveFile');
    await desk.notice('is not a file that can be sent');
  });
});
