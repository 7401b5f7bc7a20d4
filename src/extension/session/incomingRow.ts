// A received message as a row at its place.

import type { MessageRow, Quote } from '../../shared/conversation';
import { quotedText } from '../../shared/quotedText';
import type { IncomingMessage } from '../twin/model';
import { findRow, nextKey, type Conversation } from './conversation';
import { addFileOrNull, addFiles } from './remoteFiles';
import { asks, bindId, changeMessage, closeAnswers, insertRow } from './rows';
import { orderOf, shownTime } from './serverTime';

/**
 * Adds the row of a message.
 *
 * @param elsewhere for an own message that was not written here
 */
export function insertIncoming(
  c: Conversation,
  message: IncomingMessage,
  at: number,
  elsewhere = false,
): Conversation {
  const [keyed, key] = nextKey(c, 'message');
  const [withAvatar, avatar] = addFileOrNull(keyed, message.avatar);
  const [ready, attachments] = addFiles(withAvatar, message.attachments);
  const row: MessageRow = {
    kind: 'message',
    key,
    author: message.author,
    authorName: message.authorName,
    avatar,
    text: message.text,
    at: shownTime(c, message.createdAt, at),
    answers: message.answers,
    answersOpen: false,
    chosenAnswer: null,
    attachments,
    actions: message.actions,
    quote: quoteOf(c, message.replyTo),
    delivery: elsewhere ? 'sent' : null,
    problem: null,
    waitsUntil: null,
  };
  const order = orderOf(c, message.createdAt, at);
  const marks = elsewhere ? { elsewhere: true as const } : {};
  const inserted = insertRow(ready, row, { serverId: message.id, order, ...marks });
  const bound = message.id === null ? inserted : bindId(inserted, key, message.id);
  // One that came late has no turn to take.
  return bound.view.rows.at(-1)?.key === key ? takeTurn(bound, row) : bound;
}

function takeTurn(c: Conversation, row: MessageRow): Conversation {
  const closed = closeAnswers(c);
  return asks(row) ? openAnswers(closed, row.key) : closed;
}

/** Opens the answers of the newest message. */
export function openAnswers(c: Conversation, key: string): Conversation {
  return { ...changeMessage(c, key, { answersOpen: true }), openAnswers: key };
}

function quoteOf(c: Conversation, replyTo: IncomingMessage['replyTo']): Quote | null {
  if (replyTo === null) return null;
  const messageKey = c.keyByServerId.get(replyTo.id) ?? null;
  const row = messageKey === null ? null : findRow(c, messageKey);
  const text = row?.kind === 'message' ? quotedText(row) : (replyTo.text ?? '');
  return row === null && text === '' ? null : { messageKey: row?.key ?? null, text };
}
