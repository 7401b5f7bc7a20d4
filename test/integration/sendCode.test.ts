// Selection, problems and diff of the active file, as messages and as files.
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  Diagnostic,
  DiagnosticSeverity,
  type Event,
  Position,
  Range,
  Selection,
  type TextEditor,
  Uri,
  commands,
  extensions,
  languages,
  window,
  workspace,
} from 'vscode';
import { png } from '../support/pictureFiles';
import { Desk } from './desk';

const NAME = 'src/код.ts';
const CODE = 'const one = 1;\nconst two = 2;\nconst three = 3;\n';

interface Repository {
  status(): Promise<void>;
}

interface Git {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: Event<boolean>;
  getAPI(version: 1): { getRepository(uri: Uri): Repository | null };
}

/** Selects from the beginning of one line to that of another, both counted from 0. */
const lines = (first: number, end: number) =>
  new Selection(new Position(first, 0), new Position(end, 0));

describe('code of the active file', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(async () => {
    await desk.close();
  });

  async function open(name: string, content: string): Promise<TextEditor> {
    return window.showTextDocument(await desk.write(name, content));
  }

  /** Runs a command; resolves with the message that it sent. */
  async function sent(command: string): Promise<string> {
    await commands.executeCommand(command);
    return (await desk.messages(1))[0] ?? '';
  }

  describe('the selection', () => {
    it('goes as a block of its language under path and lines', async () => {
      const editor = await open('src/выбор.ts', CODE);
      editor.selection = lines(0, 2);
      equal(
        await sent('twin.sendSelection'),
        '`src/выбор.ts:1-2`\n\n```typescript\nconst one = 1;\nconst two = 2;\n```',
      );
    });

    it('goes as several blocks from several cursors, fenced for what is in it', async () => {
      const editor = await open('notes.md', '```js\n1\n```\nword\n');
      editor.selections = [new Selection(3, 0, 3, 4), lines(0, 3)];
      equal(
        await sent('twin.sendSelection'),
        '`notes.md:1-3`\n\n````markdown\n```js\n1\n```\n````\n\n`notes.md:4`\n\n```markdown\nword\n```',
      );
    });

    it('goes under the path alone when there are very many cursors', async () => {
      const editor = await open('many.ts', 'word\n'.repeat(600));
      editor.selections = Array.from({ length: 600 }, (_, line) => new Selection(line, 0, line, 4));
      equal(await sent('twin.sendSelection'), '`many.ts`');
      const [file] = await desk.files(1);
      match(file?.text ?? '', /^`many\.ts:1`\n[^]*\n`many\.ts:600`\n\n```typescript\nword\n```$/);
    });

    it('says that the editor holds what the disk does not', async () => {
      const editor = await open('unsaved.ts', CODE);
      await editor.edit((edit) => {
        edit.insert(new Position(0, 0), '// new\n');
      });
      editor.selection = lines(0, 1);
      match(await sent('twin.sendSelection'), /^`unsaved\.ts:1` \(unsaved\)\n\n.*\n\/\/ new\n/);
    });

    it('goes as a file under the same header when it is long', async () => {
      const editor = await open('long.ts', `${'x'.repeat(99)}\n`.repeat(100));
      editor.selection = lines(0, 90);
      equal(await sent('twin.sendSelection'), '`long.ts:1-90`');
      const [file] = await desk.files(1);
      equal(file?.name, 'long.ts.selection.md');
      match(file.text, /^`long\.ts:1-90`\n\n```typescript\n(x{99}\n){90}```$/);
      const [message] = desk.simulator.ledger.of('messageTaken');
      equal(message?.attachments.length, 1);
    });

    it('is asked for when there is none', async () => {
      await open('nothing.ts', CODE);
      await commands.executeCommand('twin.sendSelection');
      const notice = await desk.notice('Nothing is selected in nothing.ts');
      deepEqual(notice.buttons, ['Send File']);
    });
  });

  describe('the problems', () => {
    it('go as a compiler prints them', async () => {
      const { document } = await open('src/ошибка.ts', CODE);
      const collection = languages.createDiagnosticCollection('test');
      const error = new Diagnostic(new Range(1, 6, 1, 9), 'Cannot find it.');
      Object.assign(error, { source: 'ts', code: 2304 });
      const hint = new Diagnostic(new Range(0, 0, 0, 1), 'Unused.', DiagnosticSeverity.Warning);
      Object.assign(hint, { source: 'lint', code: { value: 'no-unused', target: document.uri } });
      collection.set(document.uri, [error, hint]);
      const message = await sent('twin.sendProblems');
      collection.dispose();
      equal(
        message,
        '`src/ошибка.ts`\n\n```text\n' +
          'src/ошибка.ts:1:1: warning lint(no-unused): Unused.\n' +
          'src/ошибка.ts:2:7: error ts(2304): Cannot find it.\n```',
      );
    });

    it('and the diff are not those of the text beside a picture', async () => {
      await open('beside.ts', CODE);
      const picture = await desk.write('front.png', png(8, 8));
      await commands.executeCommand('vscode.open', picture, { viewColumn: 2 });
      for (const command of ['twin.sendProblems', 'twin.sendDiff']) {
        await commands.executeCommand(command);
        deepEqual(
          desk.notices.at(-1)?.text,
          'front.png is not open as text. You can send the whole file.',
        );
      }
      deepEqual([desk.notices.length, desk.simulator.ledger.of('messageTaken').length], [2, 0]);
    });

    it('are none', async () => {
      await open('good.txt', 'good\n');
      await commands.executeCommand('twin.sendProblems');
      await desk.notice('no problems in good.txt');
    });
  });

  describe('in a Git repository', () => {
    let folder: string;
    let commit: string;

    const git = async (...args: readonly string[]): Promise<string> => {
      const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
      const { stdout } = await promisify(execFile)('git', [...who, ...args], { cwd: folder });
      return stdout.trim();
    };

    // It stays: the Git extension does not take it well when one vanishes under it. The next suites
    // have Git switched off.
    before(async () => {
      folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
      await git('init', '-b', 'main');
      await writeFile(path.join(folder, NAME), CODE);
      await git('add', NAME);
      await git('commit', '-m', 'first');
      commit = (await git('rev-parse', 'HEAD')).slice(0, 7);
    });

    /** Switched on, it first looks for the program: its commands are there after that. */
    async function untilEnabled(): Promise<Git> {
      const extension = extensions.getExtension<Git>('vscode.git');
      ok(extension);
      const it = await extension.activate();
      if (!it.enabled)
        await new Promise<void>((resolve) => {
          const listening = it.onDidChangeEnablement(() => {
            listening.dispose();
            resolve();
          });
        });
      return it;
    }

    async function status(): Promise<Repository> {
      const repository = (await untilEnabled()).getAPI(1).getRepository(desk.folder);
      ok(repository, 'Git has not found the repository');
      await repository.status();
      return repository;
    }

    beforeEach(async () => {
      await desk.set('git.enabled', true);
      await untilEnabled();
      await commands.executeCommand('git.openRepository', folder);
      await status();
    });

    async function openCode(): Promise<TextEditor> {
      return window.showTextDocument(Uri.joinPath(desk.folder, NAME));
    }

    it('the selection says branch and commit, and that the file is modified', async () => {
      const editor = await openCode();
      editor.selection = lines(0, 1);
      match(
        await sent('twin.sendSelection'),
        new RegExp(`^\`src/код.ts:1\` \\(main@${commit}\\)\n`),
      );
      await editor.edit((edit) => {
        edit.insert(new Position(3, 0), 'more\n');
      });
      await commands.executeCommand('twin.sendSelection');
      const [, second = ''] = await desk.messages(2);
      match(second, new RegExp(`^\`src/код.ts:1\` \\(main@${commit}, modified\\)\n`));
    });

    it('the file is modified where the disk or the index differs, and not where another file does', async () => {
      const uri = Uri.joinPath(desk.folder, NAME);
      const repository = await status();
      const headerOf = async () => {
        await repository.status();
        const editor = await openCode();
        editor.selection = lines(0, 1);
        const before = desk.simulator.ledger.of('messageTaken').length;
        await commands.executeCommand('twin.sendSelection');
        return (await desk.messages(before + 1))[before]?.split('\n')[0];
      };
      await desk.write('other.ts', 'new');
      const plain = `\`${NAME}:1\` (main@${commit})`;
      equal(await headerOf(), plain);
      await workspace.fs.writeFile(uri, Buffer.from(`${CODE}more\n`));
      equal(await headerOf(), `\`${NAME}:1\` (main@${commit}, modified)`);
      await git('add', NAME);
      equal(await headerOf(), `\`${NAME}:1\` (main@${commit}, modified)`);
      await workspace.fs.writeFile(uri, Buffer.from(CODE));
      await git('add', NAME);
      equal(await headerOf(), plain);
    });

    it('the diff is against the last commit, with what is not saved', async () => {
      const editor = await openCode();
      await editor.edit((edit) => {
        edit.replace(new Range(1, 0, 1, 14), 'const two = 22;');
      });
      equal(
        await sent('twin.sendDiff'),
        `\`src/код.ts\` (main@${commit}, modified)\n\n` +
          '```diff\n--- a/src/код.ts\n+++ b/src/код.ts\n@@ -1,3 +1,3 @@\n const one = 1;\n' +
          '-const two = 2;\n+const two = 22;\n const three = 3;\n```',
      );
    });

    it('the diff says when there is nothing to send', async () => {
      await openCode();
      await commands.executeCommand('twin.sendDiff');
      await desk.notice('src/код.ts is the same as in the last commit');
    });

    it('the diff of a new file offers the whole file', async () => {
      await open('new.ts', 'new\n');
      desk.answer(({ buttons }) => buttons[0]);
      await commands.executeCommand('twin.sendDiff');
      const notice = await desk.notice('new.ts is not in the last commit');
      deepEqual(notice.buttons, ['Send File']);
      equal((await desk.files(1))[0]?.name, 'new.ts');
    });
  });

  it('the diff offers the whole file where there is no Git', async () => {
    await open('alone.ts', CODE);
    await commands.executeCommand('twin.sendDiff');
    deepEqual((await desk.notice('alone.ts is not in a Git repository')).buttons, ['Send File']);
  });
});
