// A process that chats and is killed: `chatProcess.main.js <folder> <url> <number of the point>`. It
// tells on its standard output, a line at a time and before it does it, what the person does.

import { writeSync } from 'node:fs';
import { Logger } from '../../src/extension/core/logger';
import { Redactor } from '../../src/extension/core/redactor';
import type { ChatSession } from '../../src/extension/session/chatSession';
import { clear } from '../../src/extension/session/cleared';
import { Marks } from './marks';
import { heard, isSettled, openSessions, until } from './openSessions';

/** What the person did. `kept`: the draft has been on disk since. */
export type Deed =
  | { readonly type: 'draft'; readonly text: string }
  | { readonly type: 'kept' }
  | { readonly type: 'send'; readonly key: string; readonly text: string }
  | { readonly type: 'points'; readonly names: readonly string[] };

function tell(deed: Deed): void {
  writeSync(1, `${JSON.stringify(deed)}\n`);
}

function write(session: ChatSession, text: string): void {
  tell({ type: 'draft', text });
  session.composer.setDraft(text);
}

async function keep(session: ChatSession): Promise<void> {
  await session.flush();
  tell({ type: 'kept' });
}

function send(session: ChatSession, key: string, text: string): void {
  tell({ type: 'send', key, text });
  session.send({ key, text: clear(text), attachmentIds: [], replyTo: null });
}

async function chat(folder: string, url: string, marks: Marks): Promise<void> {
  const logger = new Logger(() => undefined, new Redactor());
  const sessions = openSessions(folder, logger, marks);
  const session = await sessions.manager.startChat({
    chatId: 'echo',
    demo: false,
    apiUrl: url,
    messagesUrl: url,
    name: 'тест',
    clientExternalId: null,
    clientMetadata: {},
  });
  await until(session, (view) => view.connection === 'online');
  write(session, 'первое');
  await keep(session);
  send(session, 'k1', 'первое');
  await until(session, (view) => heard(view, 'первое') && isSettled(view));
  write(session, 'второе');
  send(session, 'k2', 'второе');
  send(session, 'k3', 'третье');
  write(session, 'недописанное');
  await keep(session);
  await until(session, (view) => heard(view, 'третье') && isSettled(view));
  await sessions.manager.flush();
  tell({ type: 'points', names: marks.passed });
  sessions.dispose();
}

const [folder = '', url = '', target = '-1'] = process.argv.slice(2);
chat(folder, url, new Marks(Number(target))).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
