// What the guard asks about and what it keeps here, on every way out. Nothing may be at the platform
// before the person has answered.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type MessageItem, Position, Selection, Uri, commands, window, workspace } from 'vscode';
import type { LocalFile } from '../../src/extension/vscode/guard/outgoing';
import { OutgoingGuard } from '../../src/extension/vscode/guard/outgoingGuard';
import { outgoingFile } from '../support/outgoingFile';
import { Desk, type Notice } from './desk';

/** Put together here, so that this file holds none. */
const TOKEN = `ghp_${'k3Yq'.repeat(9)}`;
const edge = (side: string) => `-----${side} ${['PRIVATE', 'KEY'].join(' ')}-----\n`;
const KEY = `${edge('BEGIN')}${'MIIEvQIBADANBgkqhkiG9w0B'.repeat(8)}\n${edge('END')}`;
const LOGIN = ['anna', 'pA5w0rdx'].join(':');

/** Resolves when a file is in front. */
async function untilOpen(uri: Uri): Promise<void> {
  const isOpen = () => window.activeTextEditor?.document.uri.toString() === uri.toString();
  while (!isOpen())
    await new Promise<void>((resolve) => {
      const listening = window.onDidChangeActiveTextEditor(() => {
        listening.dispose();
        resolve();
      });
    });
}

describe('the guard', () => {
  let desk: Desk;
  let atPlatform: number[];

  const questions = () => desk.notices.filter(({ detail }) => detail !== '');
  const taken = () => desk.simulator.ledger.filesTaken().length + messagesTaken();
  const messagesTaken = () => desk.simulator.ledger.of('messageTaken').length;

  /** Notes what the platform has at the moment of each question. */
  function person(press: (notice: Notice) => string): void {
    desk.answer((notice) => {
      if (notice.detail === '') return undefined;
      atPlatform.push(taken());
      return press(notice);
    });
  }

  const sendFile = async (uri: Uri) => {
    await window.showTextDocument(uri);
    await commands.executeCommand('twin.sendActiveFile');
  };

  beforeEach(async () => {
    desk = await Desk.open();
    atPlatform = [];
  });

  afterEach(() => desk.close());

  it('asks about a name and a content in one question, with the line and never the secret', async () => {
    const uri = await desk.write('one/.env', `PORT=1\nTOKEN=${TOKEN}\n`);
    person(() => "Don't Send");
    await sendFile(uri);
    const [question] = questions();
    equal(question?.text, 'Send one/.env anyway?');
    deepEqual(question.buttons, ['Open the Line', 'Send Anyway', "Don't Send"]);
    ok(question.detail.includes('• one/.env: files of this name hold secrets'), question.detail);
    ok(question.detail.includes('• one/.env, line 2: a key or token (GitHub)'), question.detail);
    equal(question.detail.match(/line 2/g)?.length, 1); // not as `TOKEN = …`, too
    ok(!JSON.stringify(desk.notices).includes(TOKEN));
    deepEqual([questions().length, taken()], [1, 0]);
  });

  it('sends after a yes, and keeps the yes for that file and that kind of secret', async () => {
    const uri = await desk.write('two/.env', `TOKEN=${TOKEN}\n`);
    person(() => 'Send Anyway');
    await sendFile(uri);
    await desk.messages(1);
    await sendFile(uri);
    await desk.messages(2);
    deepEqual([questions().length, atPlatform], [1, [0]]);

    await workspace.fs.writeFile(uri, Buffer.from(`URL=https://${LOGIN}@git.corp.ru\n`));
    await commands.executeCommand('workbench.action.files.revert');
    await sendFile(uri);
    await desk.messages(3);
    equal(questions().length, 2);
    ok(questions()[1]?.detail.includes('line 1: an address with a password'));
  });

  it('asks about a key each time', async () => {
    const uri = await desk.write('notes.txt', `hello\n\n${KEY}`);
    person(() => 'Send Anyway');
    await sendFile(uri);
    await desk.messages(1);
    await sendFile(uri);
    await desk.messages(2);
    equal(questions().length, 2);
    ok(questions()[0]?.detail.includes('notes.txt, line 3: a private key'));
  });

  it('opens the line instead of sending', async () => {
    const uri = await desk.write('src/client.ts', `// a\n// b\nlogIn('${TOKEN}');\n`);
    await commands.executeCommand('workbench.action.closeAllEditors');
    person(() => 'Open the Line');
    await commands.executeCommand('twin.attachFiles', uri);
    const editor = window.activeTextEditor;
    deepEqual([editor?.document.uri.toString(), editor?.selection.start.line], [uri.toString(), 2]);
    equal(taken(), 0);
  });

  it('asks once for several files, and lets the others go', async () => {
    const uris = [
      await desk.write('many/a.txt', 'nothing\n'),
      await desk.write('many/b.pem', 'certificate\n'),
      await desk.write('many/c.txt', `see\n${TOKEN}\n`),
    ];
    person(() => "Don't Send");
    await commands.executeCommand('twin.attachFiles', uris[0], uris);
    const files = await desk.files(1);
    deepEqual([files.map(({ name }) => name), questions().length], [['a.txt'], 1]);
    equal(questions()[0]?.text, 'Send these 2 files anyway?');
    ok(questions()[0]?.detail.includes('many/b.pem: files of this name hold private keys'));
    ok(questions()[0]?.detail.includes('many/c.txt, line 2: a key or token (GitHub)'));
    ok(questions()[0]?.detail.includes('The other file goes in any case.'));
  });

  it('asks about a selection, by the lines of its file', async () => {
    const uri = await desk.write('src/long.ts', `${'// line\n'.repeat(20)}logIn('${TOKEN}');\n`);
    const editor = await window.showTextDocument(uri);
    editor.selection = new Selection(18, 0, 21, 0);
    person(() => "Don't Send");
    await commands.executeCommand('twin.sendSelection');
    equal(questions()[0]?.text, 'Send this part of src/long.ts anyway?');
    ok(questions()[0]?.detail.includes('src/long.ts, line 21: a key or token (GitHub)'));
    equal(taken(), 0);
    person(() => 'Send Anyway');
    await commands.executeCommand('twin.sendSelection');
    equal((await desk.messages(1)).length, 1);
  });

  it('keeps what .twinignore leaves out: file, selection, chosen files', async () => {
    const ignoreFile = await desk.write('.twinignore', '# ours\nprivate/\n');
    const uri = await desk.write('private/план.md', 'secret plan\n');
    await sendFile(uri);
    const notice = await desk.notice('Not sent');
    equal(
      notice.text,
      'Not sent: private/план.md. The pattern private/ in .twinignore, line 2, keeps it here.',
    );
    const editor = await window.showTextDocument(uri);
    editor.selection = new Selection(0, 0, 0, 6);
    await commands.executeCommand('twin.sendSelection');
    await commands.executeCommand('twin.attachActiveFile');
    desk.answer(({ buttons }) => buttons.find((button) => button === 'Open .twinignore'));
    await commands.executeCommand('twin.attachFiles', uri);
    equal(desk.notices.length, 4);
    equal(taken(), 0);
    await untilOpen(ignoreFile);
    equal(window.activeTextEditor?.selection.start.line, 1);
  });

  it('keeps what was never saved, where the path that it will have is left out', async () => {
    await desk.write('.twinignore', 'private/\n');
    const uri = Uri.joinPath(desk.folder, 'private/new.md').with({ scheme: 'untitled' });
    const editor = await window.showTextDocument(await workspace.openTextDocument(uri));
    await editor.edit((edit) => {
      edit.insert(new Position(0, 0), 'secret plan');
    });
    await commands.executeCommand('twin.sendActiveFile');
    await desk.notice('Not sent: new.md. The pattern private/ in .twinignore, line 1');
    equal(taken(), 0);
  });

  it('keeps a cell of a notebook that .twinignore leaves out', async () => {
    await desk.write('.twinignore', '*.ipynb\n');
    const cell = { cell_type: 'code', source: ['x = 1'], metadata: {}, outputs: [] };
    const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    const uri = await desk.write('private.ipynb', JSON.stringify(notebook));
    const opened = await workspace.openNotebookDocument(uri);
    await window.showNotebookDocument(opened);
    const editor = await window.showTextDocument(opened.cellAt(0).document);
    editor.selection = new Selection(0, 0, 0, 5);
    await commands.executeCommand('twin.sendSelection');
    await desk.notice(
      'Not sent: private.ipynb#1. The pattern *.ipynb in .twinignore, line 1, keeps it here.',
    );
    equal(taken(), 0);
  });

  it('asks about what .gitignore leaves out, where Git cannot tell', async () => {
    await desk.write('.gitignore', 'dist/\n');
    const uri = await desk.write('dist/app.js', 'run();\n');
    person(() => "Don't Send");
    await sendFile(uri);
    deepEqual(
      questions().map(({ text }) => text),
      ['Send dist/app.js anyway?'],
    );
    ok(questions()[0]?.detail.includes('• dist/app.js: Git ignores this file'));
    equal(taken(), 0);
  });

  it('asks nothing for the rules above the folder that the window shows', async () => {
    await desk.write('../.gitignore', '*.js\n');
    await sendFile(await desk.write('src/inside.js', 'run();\n'));
    equal((await desk.messages(1)).length, 1);
    deepEqual(questions(), []);
  });

  it('asks nothing about a part that the person has picked of what Git ignores', async () => {
    await desk.write('.gitignore', 'dist/\n');
    const editor = await window.showTextDocument(await desk.write('dist/part.js', 'run();\n'));
    editor.selection = new Selection(0, 0, 0, 5);
    await commands.executeCommand('twin.sendSelection');
    equal((await desk.messages(1)).length, 1);
    deepEqual(questions(), []);
  });

  it('says of each rule of .twinignore what it keeps here', async () => {
    await desk.write('.twinignore', '*.draft\n*.own\n');
    const uris = [
      await desk.write('a.draft', 'a'),
      await desk.write('b.own', 'b'),
      await desk.write('c.draft', 'c'),
    ];
    await commands.executeCommand('twin.attachFiles', uris[0], uris);
    deepEqual(
      desk.notices.map(({ text }) => text),
      [
        'Not sent: a.draft, c.draft. The pattern *.draft in .twinignore, line 1, keeps them here.',
        'Not sent: b.own. The pattern *.own in .twinignore, line 2, keeps it here.',
      ],
    );
  });

  it('has room for so many places, and tells how many more there are', async () => {
    const uri = await desk.write('leak.txt', `${TOKEN}\n`.repeat(15));
    person(() => "Don't Send");
    await sendFile(uri);
    const lines = questions()[0]?.detail.split('\n') ?? [];
    equal(lines.filter((line) => line.startsWith('• ')).length, 9);
    equal(lines.at(-1), 'and 6 more places');
  });

  it('finds the line of each of two stretches that are alike', async () => {
    const line = `logIn('${TOKEN}');`;
    const uri = await desk.write('alike.ts', `${line}\n//\n//\n${line}\n`);
    const editor = await window.showTextDocument(uri);
    editor.selections = [new Selection(0, 0, 0, line.length), new Selection(3, 0, 3, line.length)];
    person(() => "Don't Send");
    await commands.executeCommand('twin.sendSelection');
    for (const place of ['line 1', 'line 4'])
      ok(questions()[0]?.detail.includes(`alike.ts, ${place}: a key`), questions()[0]?.detail);
  });

  it('opens the line of a finding, not the file of one before it', async () => {
    const uris = [await desk.write('a.pem', 'x\n'), await desk.write('b.txt', `\n\n${TOKEN}\n`)];
    person(() => 'Open the Line');
    await commands.executeCommand('twin.attachFiles', uris[0], uris);
    const editor = window.activeTextEditor;
    deepEqual(
      [editor?.document.uri.path.split('/').at(-1), editor?.selection.start.line],
      ['b.txt', 2],
    );
  });

  describe('of what comes without a command', () => {
    let guard: OutgoingGuard;

    beforeEach(() => {
      guard = new OutgoingGuard();
    });

    const fileOf = (changes: Partial<LocalFile>): LocalFile => ({
      ...outgoingFile({ name: 'image.txt' }),
      read: async function* () {
        yield await Promise.resolve(Buffer.from(`see\n${TOKEN}\n`));
      },
      origin: null,
      ...changes,
    });

    it('keeps no yes for what has no address: the next may be another', async () => {
      person(() => 'Send Anyway');
      for (const count of [1, 2]) {
        equal((await guard.files([fileOf({})])).length, 1);
        equal(questions().length, count);
      }
    });

    it('asks one question at a time, for one answer may do for the next', async () => {
      const uri = await desk.write('twice.txt', 'see');
      let asked = 0;
      let agree: () => void = () => undefined;
      const answering = window.showWarningMessage;
      const show = (_text: string, _options: unknown, ...buttons: readonly MessageItem[]) => {
        asked += 1;
        const yes = buttons.find(({ title }) => title === 'Send Anyway');
        return new Promise((resolve) => {
          agree = () => {
            resolve(yes);
          };
        });
      };
      desk.replace('showWarningMessage', show);
      const sending = [1, 2].map(() => guard.files([fileOf({ origin: { uri } })]));
      while (asked === 0) await setImmediate();
      for (let turn = 0; turn < 100; turn += 1) await setImmediate(); // the other is looked at, too
      equal(asked, 1);
      agree();
      deepEqual((await Promise.all(sending)).flat().length, 2);
      equal(asked, 1);
      desk.replace('showWarningMessage', answering); // the desk's own questions
    });

    it('looks at each word that could be a secret', async () => {
      person(() => "Don't Send");
      equal(await guard.text({ text: `look: ${TOKEN}`, origin: null }), null);
      equal(await guard.text({ text: 'nothing of the kind', origin: null }), 'nothing of the kind');
      equal(questions().length, 1);
    });

    it('asks about what is gone, or cannot be read, before it is looked at', async () => {
      person(() => "Don't Send");

      const read = async function* (): AsyncGenerator<Uint8Array> {
        await Promise.reject(new Error('gone'));
      };
      deepEqual(await guard.files([fileOf({ read })]), []);
      ok(questions()[0]?.detail.includes('image.txt: it cannot be read and looked through'));
    });

    it('says a name on one line, whatever is in it', async () => {
      person(() => "Don't Send");
      await guard.files([fileOf({ name: 'a\nb.txt' })]);
      ok(questions()[0]?.detail.includes('• a b.txt, line 2'), questions()[0]?.detail);
    });

    it('holds what a commit has to the rules of the file', async () => {
      await desk.write('.twinignore', 'private/\n');
      const { path } = Uri.joinPath(desk.folder, 'private/plan.md');
      const uri = Uri.from({ scheme: 'git', path, query: '{"ref":"HEAD"}' });
      deepEqual(await guard.files([fileOf({ origin: { uri } })]), []);
      await desk.notice('private/plan.md');
    });
  });
});
