// The greeting comes by the start answer (without ids), by the socket, or by both; it is shown once.

import type { MessageRow } from '../../shared/conversation';
import type { IncomingMessage } from '../twin/model';
import { findRow, type Conversation } from './conversation';
import { insertIncoming, openAnswers } from './incomingRow';
import { asks, bindId, changeMessage, trace } from './rows';
import { orderOf, toServerTime } from './serverTime';

/** TWIN's times may be whole seconds, ms. */
const RESOLUTION = 1_000;
/** The messages of a start answer are created within this of the session's start, ms. */
const GREETING_LASTS = 2_000;

/** Shows the messages of the start answer, but for those that have come over the socket already. */
export function receiveGreeting(
  c: Conversation,
  messages: readonly IncomingMessage[],
  at: number,
): Conversation {
  const here = new Set<string>(); // rows that one of these messages has claimed
  const before = c.view.rows.slice();
  let next = c;
  for (const message of messages) {
    if (message.id !== null && next.keyByServerId.has(message.id)) continue;
    const twin = before.find(
      (row) => row.kind === 'message' && !here.has(row.key) && isSameRow(row, message),
    );
    if (twin !== undefined) {
      here.add(twin.key);
      continue;
    }
    next = insertIncoming(next, message, at);
    const key = next.view.rows.at(-1)?.key;
    if (message.id === null && key !== undefined)
      next = { ...next, greeting: [...next.greeting, { key, message }] };
  }
  return next;
}

/**
 * Takes a message from the socket as one that the start answer brought before, if it is.
 * `null` when it is something new.
 *
 * Of the same words, it is the greeting again as long as nothing of ours has left: a bot does not
 * answer what it was not sent. After that its time decides. Where the time is missing, or our first
 * message left within moments of the start, it is the greeting if the other side has said nothing
 * else since: what is sent again comes before what is new.
 */
export function receiveGreetingAgain(
  c: Conversation,
  message: IncomingMessage,
  at: number,
): Conversation | null {
  const found = c.greeting.find((it) => isSame(it.message, message));
  if (found === undefined || !isOfTheStart(c, message)) return null;
  const { key } = found;
  const bound = message.id === null ? c : bindId(c, key, message.id);
  const order = orderOf(c, message.createdAt, at) ?? trace(c, key).order;
  const known: Conversation = {
    ...bound,
    greeting: c.greeting.filter((it) => it !== found),
    traces: bound.traces.set(key, { ...trace(bound, key), order }),
  };
  return enrich(known, key, message);
}

/**
 * What a server's history tells beyond the greeting that the start answer brought without ids. The
 * greeting comes first there, too: of several messages of the same words it is the oldest.
 */
export function withoutGreeting(
  c: Conversation,
  messages: readonly IncomingMessage[],
): readonly IncomingMessage[] {
  const startedAt = c.session?.startedAt ?? null;
  const greeting = [...c.greeting];
  const inOrder = messages.toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  return inOrder.filter((message) => {
    const { createdAt } = message;
    const isLater =
      createdAt !== null && startedAt !== null && createdAt > startedAt + GREETING_LASTS;
    const index = isLater ? -1 : greeting.findIndex((it) => isSame(it.message, message));
    if (index >= 0) greeting.splice(index, 1);
    return index < 0;
  });
}

function isOfTheStart(c: Conversation, message: IncomingMessage): boolean {
  if (c.firstLeftAt === null) return true;
  const { createdAt } = message;
  const startedAt = c.session?.startedAt ?? null;
  if (createdAt !== null && startedAt !== null) {
    if (createdAt + RESOLUTION <= toServerTime(c, c.firstLeftAt)) return true;
    if (createdAt > startedAt + GREETING_LASTS) return false;
  }
  return !c.beyondGreeting;
}

/** The socket's shape of a message often says more: who speaks, with what picture and answers. */
function enrich(c: Conversation, key: string, message: IncomingMessage): Conversation {
  const row = findRow(c, key);
  if (row?.kind !== 'message') return c;
  const named = changeMessage(c, key, {
    author: message.author,
    authorName: row.authorName ?? message.authorName,
    answers: row.answers.length > 0 ? row.answers : message.answers,
    actions: row.actions.length > 0 ? row.actions : message.actions,
  });
  const isNewest = c.view.rows.at(-1)?.key === key;
  const asksNow = asks({ ...row, answers: message.answers, actions: message.actions });
  return isNewest && asksNow && !asks(row) ? openAnswers(named, key) : named;
}

/**
 * The start answer and the events write the same message in different shapes: what one of them
 * leaves out does not make it another message.
 */
function isSame(a: IncomingMessage, b: IncomingMessage): boolean {
  return (
    (a.author === 'client') === (b.author === 'client') &&
    a.text.trim() === b.text.trim() &&
    agree(a.answers, b.answers) &&
    (a.attachments.length === b.attachments.length ||
      a.attachments.length === 0 ||
      b.attachments.length === 0)
  );
}

function isSameRow(row: MessageRow, message: IncomingMessage): boolean {
  return (
    (row.author === 'client') === (message.author === 'client') &&
    row.text.trim() === message.text.trim() &&
    agree(row.answers, message.answers)
  );
}

function agree(a: readonly string[], b: readonly string[]): boolean {
  return (
    a.length === 0 ||
    b.length === 0 ||
    (a.length === b.length && a.every((text, index) => text === b[index]))
  );
}
