// A message from the socket, step by step: seen before? our own? the greeting again? else a new row.

import type { MessageRow } from '../../shared/conversation';
import type { IncomingMessage } from '../twin/model';
import { show, type Conversation } from './conversation';
import { isHeld, receiveEcho } from './echo';
import { endConversation } from './ending';
import { settleByReply } from './evidence';
import { receiveGreetingAgain } from './greeting';
import { insertIncoming } from './incomingRow';
import { operatorRequested, peerSpoke } from './operators';
import { orderOf, shownTime } from './serverTime';

/** How many rows back a repeated message without an id is looked for. */
const WINDOW = 50;

export function receiveMessage(
  c: Conversation,
  message: IncomingMessage,
  at: number,
): Conversation {
  const { id } = message;
  if (id !== null && (c.keyByServerId.has(id) || isHeld(c, id))) return c;
  if (message.author === 'client') return receiveEcho(c, message, at);
  const again = receiveGreetingAgain(c, message, at);
  if (again !== null) return peerSpoke(again, message, at);
  if (id === null && isRepeated(c, message, at)) return c;
  return addForeign(settleByReply(c, message, at), message, message.author, at);
}

function addForeign(
  c: Conversation,
  message: IncomingMessage,
  author: 'bot' | 'operator',
  at: number,
): Conversation {
  const inserted = showsNothing(message) ? withoutRow(c, message) : insertIncoming(c, message, at);
  const heard = { ...inserted, beyondGreeting: true, lastHeard: { at, author } };
  return consequences(show(heard, { typing: null }), message, at);
}

/** What a message does beyond its row: who speaks, who was asked for, whether it is over. */
export function consequences(c: Conversation, message: IncomingMessage, at: number): Conversation {
  const order = orderOf(c, message.createdAt, at);
  const time = shownTime(c, message.createdAt, at);
  // A late message does not bring back one who has left.
  const spoken = message.author === 'bot' || isNewest(c, message) ? peerSpoke(c, message, at) : c;
  switch (message.type) {
    case 'regular':
      return spoken;
    case 'help':
      return operatorRequested(spoken, time, order, at);
    case 'terminal':
      return endConversation(spoken, 'bot', time, order);
  }
}

function isNewest(c: Conversation, message: IncomingMessage): boolean {
  return message.id === null || c.view.rows.at(-1)?.key === c.keyByServerId.get(message.id);
}

/** HELP and TERMINAL may come without words: their own row says it all. */
function showsNothing(message: IncomingMessage): boolean {
  return (
    message.type !== 'regular' &&
    message.text.trim() === '' &&
    message.answers.length === 0 &&
    message.attachments.length === 0 &&
    message.actions.length === 0
  );
}

function withoutRow(c: Conversation, { id }: IncomingMessage): Conversation {
  return id === null ? c : { ...c, keyByServerId: c.keyByServerId.set(id, '') };
}

function isRepeated(c: Conversation, message: IncomingMessage, at: number): boolean {
  const { createdAt } = message;
  if (createdAt === null) return false;
  const order = orderOf(c, createdAt, at);
  return c.view.rows
    .slice(-WINDOW)
    .some(
      (row) =>
        row.kind === 'message' &&
        c.traces.get(row.key)?.serverId === null &&
        c.traces.get(row.key)?.order === order &&
        isSameContent(row, message),
    );
}

function isSameContent(row: MessageRow, message: IncomingMessage): boolean {
  return (
    row.author === message.author &&
    row.text === message.text &&
    row.answers.length === message.answers.length &&
    row.attachments.length === message.attachments.length
  );
}
