// A process that chats as the extension does: `person.main.js <folder> <url>`. What it does next it is
// told over the channel to its parent: it keeps no timer of its own while it rests.
import { once } from 'node:events';
import { systemClock } from '../../../src/extension/core/clock';
import { Logger } from '../../../src/extension/core/logger';
import { Redactor } from '../../../src/extension/core/redactor';
import type { ChatSession } from '../../../src/extension/session/chatSession';
import { clear } from '../../../src/extension/session/cleared';
import { TwinClient } from '../../../src/extension/twin/twinClient';
import { NodeHttpTransport } from '../../../src/extension/vscode/nodeHttpTransport';
import { Marks } from '../../kill/marks';
import { heard, isSettled, openSessions, until } from '../../kill/openSessions';
import { SETTINGS } from '../../support/sessionBench';

/** Milliseconds, where nothing else is said. */
export interface Experience {
  /** A call on a new connection, and the next one on the same. */
  readonly calls: { readonly first: number; readonly next: number };
  /** From the send to the reply: at first, and after the rest. */
  readonly replies: { readonly soon: number; readonly later: number };
  /** While it rested. */
  readonly rest: { readonly cpu: number; readonly took: number; readonly timers: number };
}

const logger = new Logger(() => undefined, new Redactor());

async function ask(session: ChatSession, text: string): Promise<number> {
  const begun = systemClock.monotonic();
  session.send({ key: text, text: clear(text), attachmentIds: [], replyTo: null });
  await until(session, (view) => heard(view, text));
  const took = systemClock.monotonic() - begun;
  await until(session, isSettled);
  return took;
}

/** Two calls of the extension's own HTTP. */
async function call(url: string): Promise<Experience['calls']> {
  const http = new NodeHttpTransport();
  const loadLive = () => Promise.reject(new Error('No live channel is wanted'));
  const client = new TwinClient({ apiUrl: url, messagesUrl: url, http, loadLive, logger });
  const times = [systemClock.monotonic()];
  for (let time = 0; time < 2; time += 1) {
    await client.reach();
    times.push(systemClock.monotonic());
  }
  http.dispose();
  const [begun = NaN, first = NaN, next = NaN] = times;
  return { first: first - begun, next: next - first };
}

/** Rests from the parent's next word to the one after it. */
async function rest(): Promise<Experience['rest']> {
  await once(process, 'message');
  const [before, begun] = [process.cpuUsage(), systemClock.monotonic()];
  await once(process, 'message');
  const { user, system } = process.cpuUsage(before);
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  return { cpu: (user + system) / 1_000, took: systemClock.monotonic() - begun, timers };
}

async function live(folder: string, url: string): Promise<Experience> {
  const sessions = openSessions(folder, logger, new Marks(-1));
  const here = { chatId: 'echo', apiUrl: url, messagesUrl: url };
  const session = await sessions.manager.startChat({ ...SETTINGS, ...here });
  await until(session, (view) => view.connection === 'online');
  const calls = await call(url);
  await ask(session, 'первое'); // opens the connection for messages
  const soon = await ask(session, 'второе');
  process.send?.('rests');
  const rested = await rest();
  const later = await ask(session, 'третье');
  sessions.dispose();
  return { calls, replies: { soon, later }, rest: rested };
}

const [folder = '', url = ''] = process.argv.slice(2);
process.once('disconnect', () => process.exit());
live(folder, url).then(
  (experience) => {
    process.send?.(experience);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
