// What leaves the chat as text: the document that follows the conversation, and copies of it.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { type TextDocument, commands, env, window, workspace } from 'vscode';
import { Desk } from './desk';

interface Entry {
  readonly id: string;
  readonly author: string;
  readonly text: string;
}

/** Resolves when the document holds a text. */
function untilHolds(document: TextDocument, text: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!document.getText().includes(text)) return;
      subscription.dispose();
      resolve();
    };
    const subscription = workspace.onDidChangeTextDocument(look);
    look();
  });
}

async function copied(command: string, ...args: unknown[]): Promise<string> {
  await commands.executeCommand(command, ...args);
  return env.clipboard.readText();
}

async function entries(): Promise<readonly Entry[]> {
  return (JSON.parse(await copied('twin.copyChatAsJson')) as { entries: Entry[] }).entries;
}

describe('the transcript', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  const send = (text: string) => desk.sendText(text, 'markdown');

  const opened = async () => {
    await commands.executeCommand('twin.openTranscript');
    const document = window.activeTextEditor?.document;
    ok(document);
    equal(document.uri.scheme, 'twin-transcript');
    return document;
  };

  it('is a read-only text that grows as messages arrive, and speaks the person’s language', async () => {
    await commands.executeCommand('twin.startChat');
    const document = await opened();
    await untilHolds(document, 'Hello! I am the TWIN echo bot');
    equal(document.languageId, 'plaintext');
    ok(document.getText().startsWith('TWIN Chat: conversation'));
    await send('Where is my order?');
    await untilHolds(document, 'Where is my order?');
    await desk.set('twin.language', 'ru');
    await untilHolds(document, 'TWIN Chat: разговор');
    ok(document.getText().includes('Where is my order?'));
  });

  it('is copied as text, Markdown and JSON; so is one message', async () => {
    await commands.executeCommand('twin.startChat');
    const document = await opened();
    await untilHolds(document, 'Hello! I am the TWIN echo bot');
    const [greeting] = await entries();
    ok(greeting);
    equal(greeting.author, 'bot');
    const target = { messageKey: greeting.id, webviewSection: 'message' };
    equal(await copied('twin.copyMessageAsMarkdown', target), greeting.text);
    const message = JSON.parse(await copied('twin.copyMessageAsJson', target)) as Entry;
    deepEqual(message, greeting);
    ok(
      (await copied('twin.copyMessageAsText', target)).startsWith('Hello! I am the TWIN echo bot'),
    );
    equal(await copied('twin.copyChatAsText'), document.getText());
    ok((await copied('twin.copyChatAsMarkdown')).startsWith('# TWIN Chat: conversation'));
  });

  it('never holds the session’s id, also where the bot repeats it', async () => {
    await commands.executeCommand('twin.startChat');
    const sessionId = await desk.sessionId();
    const document = await opened();
    await send(`The id is ${sessionId}, isn't it?`);
    await untilHolds(document, 'The id is …, isn');
    for (const format of ['Text', 'Markdown', 'Json'])
      ok(!(await copied(`twin.copyChatAs${format}`)).includes(sessionId), format);
    ok(!document.getText().includes(sessionId));
  });
});
