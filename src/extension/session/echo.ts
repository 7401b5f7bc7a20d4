// Our own messages as they come back over the socket: before the POST's answer, after it, or never.

import type { MessageRow } from '../../shared/conversation';
import type { IncomingMessage } from '../twin/model';
import type { Conversation, OwnMessage } from './conversation';
import { identify, markTaken } from './delivery';
import { insertIncoming } from './incomingRow';

/** How many rows back an echo without an id is looked for. */
const WINDOW = 200;

/**
 * Takes an own message that came as an event of an id not known yet. It belongs to the oldest
 * message under way of the same text and files; when none is, it was written elsewhere and is shown.
 */
export function receiveEcho(c: Conversation, message: IncomingMessage, at: number): Conversation {
  const candidates = [...c.outgoing.values()].filter((own) => mayBeEchoOf(message, own));
  const [first] = candidates;
  if (first === undefined)
    return message.id === null && wasShownLately(c, message)
      ? c
      : insertIncoming(c, message, at, true);
  // Two of the same words, and one of them under way: its POST will tell which id is whose.
  const underWay = candidates.some((own) => own.delivery === 'sending');
  if (underWay && candidates.length > 1) return { ...c, heldEchoes: [...c.heldEchoes, message] };
  return markTaken(identify(c, first.key, message.id, message.createdAt, at), first.key);
}

/** Deals with the echoes that waited, once a POST has come to its end. */
export function claimHeldEchoes(c: Conversation, at: number): Conversation {
  let next: Conversation = { ...c, heldEchoes: [] };
  for (const message of c.heldEchoes)
    if (message.id === null || !next.keyByServerId.has(message.id))
      next = receiveEcho(next, message, at);
  return next;
}

export function isHeld(c: Conversation, id: string): boolean {
  return c.heldEchoes.some((message) => message.id === id);
}

function mayBeEchoOf(message: IncomingMessage, own: OwnMessage): boolean {
  if (own.delivery === 'queued' || own.delivery === 'failed') return false;
  if (plain(own.text) !== plain(message.text)) return false;
  const ids = message.attachments.flatMap((file) => file.id ?? []);
  return (
    own.attachments.length === message.attachments.length &&
    ids.every((id) => own.attachments.some((file) => file.id === id))
  );
}

/** A server may trim, or change line ends. */
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

function wasShownLately(c: Conversation, message: IncomingMessage): boolean {
  return c.view.rows
    .slice(-WINDOW)
    .some((row) => row.kind === 'message' && isSameOwn(row, message));
}

function isSameOwn(row: MessageRow, message: IncomingMessage): boolean {
  return (
    row.author === 'client' &&
    plain(row.text) === plain(message.text) &&
    row.attachments.length === message.attachments.length
  );
}
