// Short ways to say what happens in a conversation.

import type { ConversationView, MessageRow } from '../../src/shared/conversation';
import type { Problem } from '../../src/shared/problem';
import { emptyConversation, type Conversation } from '../../src/extension/session/conversation';
import { reduce } from '../../src/extension/session/reducer';
import type { SessionEvent } from '../../src/extension/session/sessionEvent';
import type { IncomingMessage, LiveEvent, RemoteFile } from '../../src/extension/twin/model';

/** When the sessions of the tests begin, by both clocks. */
export const START = Date.UTC(2026, 0, 15, 12);

export const PROBLEM: Problem = {
  step: 'send',
  reason: 'refused',
  status: 400,
  host: null,
  limit: null,
};

export function incoming(fields: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    id: null,
    author: 'bot',
    authorName: null,
    type: 'regular',
    text: 'text',
    answers: [],
    actions: [],
    attachments: [],
    avatar: null,
    createdAt: null,
    replyTo: null,
    ...fields,
  };
}

/** The bot says something, as the live channel brings it. */
export function says(id: string, text = id): LiveEvent {
  return { type: 'message', message: incoming({ id, text }) };
}

/** What the bot wrote so many ms after the start; its text is its id. */
export function written(id: string, after: number): IncomingMessage {
  return incoming({ id, text: id, createdAt: START + after });
}

export function remoteFile(fields: Partial<RemoteFile> = {}): RemoteFile {
  return { id: 'f1', name: 'a.txt', contentType: 'text/plain', size: 3, url: '/f1', ...fields };
}

export function started(messages: readonly IncomingMessage[] = [], at = START): SessionEvent {
  return {
    type: 'started',
    at,
    sessionId: 'secret-session',
    chatId: 'chat',
    apiUrl: 'http://api.test',
    messagesUrl: 'http://messages.test',
    demo: false,
    startedAt: START,
    ttl: 3600,
    messages,
  };
}

export function received(
  event: Exclude<LiveEvent, { type: 'typing' } | { type: 'unknown' }>,
  at = START + 1_000,
): SessionEvent {
  return { type: 'received', at, event };
}

export function message(fields: Partial<IncomingMessage>, at = START + 1_000): SessionEvent {
  return received({ type: 'message', message: incoming(fields) }, at);
}

export function queued(key: string, text: string, at = START + 500): SessionEvent {
  return { type: 'queued', at, key, text, attachments: [], replyTo: null, answer: null };
}

export function sending(key: string, at = START + 500): SessionEvent {
  return { type: 'sending', at, key };
}

export function sent(
  key: string,
  id: string | null,
  createdAt: number | null = null,
  at = START + 600,
): SessionEvent {
  return { type: 'sent', at, key, sent: { id, createdAt } };
}

export function connection(state: 'starting' | 'online' | 'reconnecting'): SessionEvent {
  return { type: 'connection', state, problem: null };
}

export function fold(
  events: readonly SessionEvent[],
  from: Conversation = emptyConversation('k', false),
): Conversation {
  return events.reduce((c, event) => reduce(c, event), from);
}

/** A conversation that has started and is online. */
export function online(...events: readonly SessionEvent[]): Conversation {
  const [first, ...rest] = events;
  const begins = first?.type === 'started';
  return fold([
    connection('starting'),
    begins ? first : started(),
    connection('online'),
    ...(begins ? rest : events),
  ]);
}

export function messageRows(c: Conversation): readonly MessageRow[] {
  return c.view.rows.filter((row) => row.kind === 'message');
}

export function textsOf(c: Conversation): readonly string[] {
  return messageRows(c).map((row) => row.text);
}

/** What is said in a conversation as it is shown. */
export function shownTexts({ rows }: ConversationView): readonly string[] {
  return rows.flatMap((it) => (it.kind === 'message' ? it.text : []));
}

export function row(c: Conversation, key: string): MessageRow {
  const found = messageRows(c).find((it) => it.key === key);
  if (found === undefined) throw new Error(`There is no message ${key}`);
  return found;
}

export function happenings(c: Conversation): readonly string[] {
  return c.view.rows.flatMap((it) => (it.kind === 'happening' ? it.happening.type : []));
}
