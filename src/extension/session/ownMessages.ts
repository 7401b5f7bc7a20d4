// Own messages from the moment they are written: queued, on their way, settled, taken back.

import type { MessageRow, Quote } from '../../shared/conversation';
import type { Problem } from '../../shared/problem';
import { quotedText } from '../../shared/quotedText';
import { findRow, show, type Conversation, type OwnMessage } from './conversation';
import { deliveryTransition } from './deliveryState';
import { changeOwn, deliveryOf, identify, markTaken, setDelivery } from './delivery';
import { claimHeldEchoes } from './echo';
import { settleByRead } from './evidence';
import { openAnswers } from './incomingRow';
import { addFiles } from './remoteFiles';
import { asks, changeMessage, closeAnswers, insertRow, lastMessage, removeRow } from './rows';
import type { DurableEvent } from './sessionEvent';

/** Why a message that could go does not. */
export const HELD_BY_DISK: Problem = {
  step: 'send',
  reason: 'disk',
  status: null,
  host: null,
  limit: null,
};

type EventOf<T extends DurableEvent['type']> = Extract<DurableEvent, { type: T }>;

export function messageQueued(c: Conversation, event: EventOf<'queued'>): Conversation {
  const { key, text, at, replyTo, answer } = event;
  if (c.traces.has(key)) return c;
  const [known, attachments] = addFiles(c, event.attachments);
  const row: MessageRow = {
    kind: 'message',
    key,
    author: 'client',
    authorName: null,
    avatar: null,
    text,
    at,
    answers: [],
    answersOpen: false,
    chosenAnswer: null,
    attachments,
    actions: [],
    quote: replyTo === null ? null : quoteOf(c, replyTo),
    delivery: 'queued',
    problem: null,
    waitsUntil: null,
  };
  const own: OwnMessage = {
    key,
    text,
    attachments: event.attachments,
    replyTo,
    answer,
    delivery: 'queued',
    leftAt: null,
    answered: false,
  };
  const inserted = insertRow(closeAnswers(known), row, { serverId: null, order: null });
  const chosen =
    answer === null
      ? inserted
      : changeMessage(inserted, answer.messageKey, { chosenAnswer: answer.index });
  return { ...chosen, outgoing: new Map(c.outgoing).set(key, own) };
}

export function messageSending(c: Conversation, { key, at }: EventOf<'sending'>): Conversation {
  const row = findRow(c, key);
  if (row === null) return c; // taken back meanwhile
  // Why it has waited stays until the try is over: words that come and go cannot be read.
  const problem = row.kind === 'message' ? row.problem : null;
  const begun = setDelivery(c, key, 'sending', problem);
  const sending = changeOwn(begun, key, { leftAt: at, answered: false });
  const { lastLeftAt } = c;
  return {
    ...sending,
    quiet: null,
    lastLeft: key,
    lastLeftAt: at,
    leftBefore: lastLeftAt,
    firstLeftAt: c.firstLeftAt ?? at,
  };
}

export function messageUploaded(c: Conversation, event: EventOf<'uploaded'>): Conversation {
  const [known, attachments] = addFiles(c, event.attachments);
  const shown = changeMessage(known, event.key, { attachments });
  return changeOwn(shown, event.key, { attachments: event.attachments });
}

/** The POST was answered. An echo may have said so before. */
export function messageSent(c: Conversation, { key, sent, at }: EventOf<'sent'>): Conversation {
  const known = identify(c, key, sent.id, sent.createdAt, at);
  return afterPost(markTaken(known, key), at);
}

export function messageRequeued(c: Conversation, event: EventOf<'requeued'>): Conversation {
  const { key, problem, at, until = null } = event;
  const told = until === null ? c : { ...c, quiet: { from: at, until } };
  if (isTaken(c, key)) return told;
  return afterPost(setDelivery(told, key, 'queued', problem, until), at);
}

export function messageFailed(c: Conversation, event: EventOf<'failed'>): Conversation {
  const { key, problem, at } = event;
  if (isTaken(c, key)) return c;
  return afterPost(setDelivery(c, key, 'failed', problem), at);
}

export function messageUnknown(c: Conversation, event: EventOf<'becameUnknown'>): Conversation {
  const { key, at } = event;
  if (isTaken(c, key)) return c;
  const unknown = setDelivery(c, key, 'unknown');
  const answered = c.outgoing.get(key)?.answered === true;
  return afterPost(answered ? markTaken(unknown, key) : unknown, at);
}

export function messageConfirmed(
  c: Conversation,
  { key }: EventOf<'confirmedArrived'>,
): Conversation {
  return isTaken(c, key) ? c : setDelivery(c, key, 'sent');
}

/** Taken back before it left: the row goes, and the turn it took is free again. */
export function messageRemoved(c: Conversation, { key }: EventOf<'removed'>): Conversation {
  const from = deliveryOf(c, key);
  if (from === null) return c;
  deliveryTransition(from, 'removed');
  const answer = c.outgoing.get(key)?.answer ?? null;
  const outgoing = new Map(c.outgoing);
  outgoing.delete(key);
  const removed = { ...removeRow(c, key), outgoing };
  const unmarked =
    answer === null ? removed : changeMessage(removed, answer.messageKey, { chosenAnswer: null });
  return reopenAnswers(unmarked);
}

/** The disk must not know as queued what has left: till it takes that, the message stays here. */
export function messageHeld(c: Conversation, key: string): Conversation {
  const row = findRow(c, key);
  if (row?.kind !== 'message' || row.delivery !== 'queued' || c.heldByDisk.has(key)) return c;
  const heldByDisk = new Map(c.heldByDisk).set(key, row.problem);
  return { ...changeMessage(c, key, { problem: HELD_BY_DISK }), heldByDisk };
}

/** What was held may go: it says again what it said before. */
export function storageRecovered(c: Conversation): Conversation {
  const released = [...c.heldByDisk].reduce(
    (next, [key, problem]) => changeMessage(next, key, { problem }),
    c,
  );
  return { ...show(released, { storageFailed: false }), heldByDisk: new Map() };
}

function reopenAnswers(c: Conversation): Conversation {
  const last = lastMessage(c.view.rows);
  const mayOpen = last !== null && asks(last) && c.view.connection !== 'ended';
  return mayOpen ? openAnswers(c, last.key) : c;
}

function afterPost(c: Conversation, at: number): Conversation {
  return settleByRead(claimHeldEchoes(c, at), at);
}

/** Evidence came before the POST's own end: evidence stands. */
function isTaken(c: Conversation, key: string): boolean {
  const delivery = deliveryOf(c, key);
  return delivery === 'sent' || delivery === 'read';
}

function quoteOf(c: Conversation, messageKey: string): Quote | null {
  const row = findRow(c, messageKey);
  return row?.kind === 'message' ? { messageKey, text: quotedText(row) } : null;
}
