// Exporting a conversation: what is written where the person says, with his answers to each question.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type QuickPickItem, Uri, commands, window, workspace } from 'vscode';
import { Desk } from './desk';

const CANARY = 'canary-client-5517';
const PERSON = 'canary-person-7731';
const TOKEN = `ghp_${'a1B2c3D4'.repeat(4)}e5F6`;

interface Answers {
  readonly format: string;
  /** The parts that are ticked. */
  readonly parts: readonly string[];
  readonly file: string;
}

describe('exporting a transcript', () => {
  let desk: Desk;
  let folder: string;

  beforeEach(async () => {
    desk = await Desk.open(
      {},
      { 'twin.clientMetadata': { plan: CANARY }, 'twin.clientExternalId': PERSON },
    );
    folder = await mkdtemp(path.join(tmpdir(), 'twin-export-'));
    await commands.executeCommand('twin.startChat');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await desk.close();
  });

  /** @param shown the part of it that a transcript shows */
  const say = async (text: string, shown = text) => {
    await desk.sendText(text);
    await untilWritten(shown);
  };

  /** Resolves when a text is in the conversation so many times: twice, once the bot has repeated it. */
  const untilWritten = async (text: string, times = 2) => {
    await commands.executeCommand('twin.openTranscript');
    const document = window.activeTextEditor?.document;
    await new Promise<void>((resolve) => {
      const look = () => {
        if ((document?.getText().split(text).length ?? 0) <= times) return;
        subscription.dispose();
        resolve();
      };
      const subscription = workspace.onDidChangeTextDocument(look);
      look();
    });
  };

  const answer = ({ format, parts, file }: Answers) => {
    const pick = (items: readonly QuickPickItem[], options?: { canPickMany?: boolean }) =>
      Promise.resolve(
        options?.canPickMany === true
          ? items.filter(({ label }) => parts.includes(label))
          : items.find(({ label }) => label === format),
      );
    desk.replace('showQuickPick', pick as unknown as typeof window.showQuickPick);
    desk.replace('showSaveDialog', () => Promise.resolve(Uri.file(path.join(folder, file))));
  };

  const exported = async (answers: Answers) => {
    answer(answers);
    await commands.executeCommand('twin.exportTranscript');
    return readFile(path.join(folder, answers.file), 'utf8');
  };

  const FORMATS = { Markdown: 'a.md', 'Web page': 'a.html', 'Plain text': 'a.txt', JSON: 'a.json' };

  it('hides the session’s id, what the settings say of the client, and keys, in every format', async () => {
    const sessionId = await desk.sessionId();
    await say(`${CANARY} ${PERSON} ${sessionId} https://shop.example/?ref=abc123`, CANARY);
    desk.simulator.say(sessionId, { body: `Take ${TOKEN}` });
    await untilWritten(TOKEN, 1);
    for (const [format, file] of Object.entries(FORMATS)) {
      const text = await exported({ format, parts: ['Hide client data and secrets'], file });
      ok(text.includes('shop.example'), format);
      for (const secret of [CANARY, PERSON, sessionId, 'abc123', TOKEN])
        ok(!text.includes(secret), `${format}: ${secret}`);
    }
    const text = await exported({ format: 'Plain text', parts: [], file: 'open.txt' });
    deepEqual(
      [CANARY, PERSON, 'abc123', TOKEN, sessionId].map((it) => text.includes(it)),
      [true, true, true, true, false],
    );
  });

  it('takes the attachments along: beside it, under their names, or in the page', async () => {
    // Two of one name, where capitals do not count.
    for (const file of ['one/notes #1.txt', 'two/Notes #1.txt']) {
      const uri = await desk.write(file, `notes of ${file}`);
      await window.showTextDocument(uri);
      await commands.executeCommand('twin.sendActiveFile');
    }
    await desk.messages(2);
    await say('that is all');
    const parts = ['Attachments'];
    const markdown = await exported({ format: 'Markdown', parts, file: 'talk.md' });
    const saved = path.join(folder, 'talk files');
    deepEqual(await readdir(saved), ['Notes #1 (2).txt', 'notes #1.txt', 'welcome.png']);
    ok(markdown.includes('](<talk%20files/notes%20%231.txt>)'), markdown);
    const second = await readFile(path.join(saved, 'Notes #1 (2).txt'), 'utf8');
    equal(second, 'notes of two/Notes #1.txt');
    const picture = await readFile(path.join(saved, 'welcome.png'));

    // Not a fault of the next call: that may be the view's, for the greeting's picture.
    desk.simulator.emit(await desk.sessionId(), 'chatMessageCreatedEmit', {
      id: 'with gone.txt',
      authorType: 'BOT',
      body: 'one is gone',
      attachments: [
        {
          ...{ id: 'gone', name: 'gone.txt', contentType: 'text/plain', size: 9 },
          url: `${desk.simulator.url}/storage/gone/file`,
        },
      ],
    });
    await untilWritten('one is gone', 1);
    const json = await exported({ format: 'JSON', parts, file: 'talk.json' });
    ok(json.includes('"path": "talk files (2)/notes #1.txt"'), json);
    ok((await desk.notice('1 attachment could not be loaded')).text.includes('talk.json'));

    const html = await exported({ format: 'Web page', parts, file: 'talk.html' });
    ok(html.includes(`src="data:image/png;base64,${picture.toString('base64')}"`));
    equal(html.match(/ download="/g)?.length, 2);
  });

  it('writes nothing when the person thinks better of it, at whichever question', async () => {
    const asked: string[] = [];
    for (const last of ['format', 'parts', 'place']) {
      answer({ format: 'JSON', parts: [], file: 'never.json' });
      const { showQuickPick, showSaveDialog } = window;
      const unlessLast = <T>(question: string, choose: () => T) => {
        asked.push(question);
        return question === last ? Promise.resolve(undefined) : choose();
      };
      desk.replace('showQuickPick', ((
        items: readonly QuickPickItem[],
        options: { canPickMany?: boolean },
      ) =>
        unlessLast(options.canPickMany === true ? 'parts' : 'format', () =>
          showQuickPick(items, options),
        )) as unknown as typeof window.showQuickPick);
      desk.replace('showSaveDialog', (options) =>
        unlessLast('place', () => showSaveDialog(options)),
      );
      await commands.executeCommand('twin.exportTranscript');
    }
    deepEqual(asked, ['format', 'format', 'parts', 'format', 'parts', 'place']);
    deepEqual([await readdir(folder), desk.notices], [[], []]);
  });

  it('hides what is the client’s and secret unless it is told not to', async () => {
    let ticked: readonly string[] = [];
    answer({ format: 'JSON', parts: [], file: 'default.json' });
    const { showQuickPick } = window;
    desk.replace('showQuickPick', ((
      items: readonly QuickPickItem[],
      options: { canPickMany?: boolean },
    ) => {
      if (options.canPickMany !== true) return showQuickPick(items, options);
      ticked = items.flatMap(({ picked, label }) => (picked === true ? label : []));
      return Promise.resolve(undefined);
    }) as unknown as typeof window.showQuickPick);
    await commands.executeCommand('twin.exportTranscript');
    deepEqual(ticked, ['Hide client data and secrets']);
  });

  it('says when it cannot be written there, and tries again', async () => {
    let tries = 0;
    desk.answer(({ buttons }) => ((tries += 1) === 1 ? buttons[0] : undefined));
    answer({ format: 'JSON', parts: [], file: 'missing\0name.json' });
    await commands.executeCommand('twin.exportTranscript');
    equal(desk.notices.filter(({ text }) => text.includes('could not be saved')).length, 2);
  });
});
