// What proves that the server has a message whose POST got no good answer (rule 6: evidence or the
// person settles it). Each of these holds only where no other message can be meant: what does not
// name the message proves nothing after a restart, for one that the disk never had may be meant, nor
// where the clock here was set back, for what was said before ours left cannot be told then.

import type { IncomingMessage } from '../twin/model';
import type { Conversation, OwnMessage } from './conversation';
import { changeOwn, identify, markRead, markTaken } from './delivery';
import { toServerTime } from './serverTime';

/** A bot's answer often comes in parts; after this much silence the next word is a new turn, ms. */
const SILENCE = 1_000;
/** TWIN's times may be whole seconds, ms. */
const SECOND = 1_000;

/** A read receipt for an id not known yet: kept until the id is. */
export function receiveEarlyRead(c: Conversation, id: string, at: number): Conversation {
  return settleByRead({ ...c, earlyReads: new Map(c.earlyReads).set(id, at) }, at);
}

/**
 * A receipt whose id is nobody's can only be for the one message of unknown fate, if there is just
 * one and every other has its id.
 */
export function settleByRead(c: Conversation, at: number): Conversation {
  if (c.earlyReads.size === 0 || onlyNamesProve(c)) return c;
  const open = [...c.outgoing.values()].filter(isUnidentified);
  const [only] = open;
  if (only?.delivery !== 'unknown' || open.length > 1) return c;
  const receipt = [...c.earlyReads].find(
    ([id, read]) => !c.keyByServerId.has(id) && read >= (only.leftAt ?? Infinity),
  );
  if (receipt === undefined) return c;
  return markRead(identify(c, only.key, receipt[0], null, at), only.key);
}

/** A message of the other side may name, quote or simply be the answer to one of ours. */
export function settleByReply(c: Conversation, message: IncomingMessage, at: number): Conversation {
  if (c.outgoing.size === 0) return c;
  return settleByQuote(c, message, at) ?? settleByAnswer(c, message, at);
}

function settleByQuote(c: Conversation, message: IncomingMessage, at: number): Conversation | null {
  const { replyTo } = message;
  if (replyTo === null || c.keyByServerId.has(replyTo.id)) return null;
  if (replyTo.text === null && onlyNamesProve(c)) return null;
  const open = [...c.outgoing.values()].filter(isUnidentified);
  const quoted = open.filter((own) => replyTo.text === null || own.text === replyTo.text);
  const [only] = quoted;
  if (only === undefined || quoted.length > 1) return null;
  return markTaken(identify(c, only.key, replyTo.id, null, at), only.key);
}

/**
 * A bot speaks when it is spoken to: after a silence, with one message of ours under way and none
 * after it, its next word is the answer to that one. An operator may speak at any time, and a bot
 * may remind; so where the server gives read receipts, one of them must have come before the answer,
 * and that one settles it.
 */
function settleByAnswer(c: Conversation, message: IncomingMessage, at: number): Conversation {
  const own = c.lastLeft === null ? undefined : c.outgoing.get(c.lastLeft);
  if (own === undefined || !isOnlyOneOpen(c, own) || !isTurnOfBot(c, own, message)) return c;
  if (givesReceipts(c) || onlyNamesProve(c)) return c;
  if (own.delivery === 'unknown') return markTaken(c, own.key);
  // Its POST is not answered yet; should that fail, this is remembered.
  return own.delivery === 'sending' && at >= (own.leftAt ?? 0)
    ? changeOwn(c, own.key, { answered: true })
    : c;
}

function isOnlyOneOpen(c: Conversation, own: OwnMessage): boolean {
  return [...c.outgoing.values()].every((it) => it === own || !isUnidentified(it));
}

function isTurnOfBot(c: Conversation, own: OwnMessage, message: IncomingMessage): boolean {
  const leftAt = own.leftAt ?? Infinity;
  // The first word of a bot may be its greeting, late.
  if (message.author !== 'bot' || c.lastHeard?.author !== 'bot') return false;
  if (c.lastHeard.at > leftAt - SILENCE) return false;
  // The answer to an earlier one of ours may still be on its way.
  if (c.leftBefore !== null && c.lastHeard.at < c.leftBefore) return false;
  const { createdAt } = message;
  if (createdAt === null) return true;
  const latest = createdAt % SECOND === 0 ? createdAt + SECOND : createdAt;
  return latest >= toServerTime(c, leftAt);
}

/** A message that is not here may be meant, or one that was said before ours left. */
function onlyNamesProve(c: Conversation): boolean {
  return c.mayHaveForgotten || c.setBackBy > 0;
}

function givesReceipts(c: Conversation): boolean {
  const read = c.view.rows.findLast((row) => row.kind === 'message' && row.delivery === 'read');
  return read !== undefined || c.earlyReads.size > 0;
}

/** Set out, and the server's id not known. */
function isUnidentified(own: OwnMessage): boolean {
  return own.delivery === 'sending' || own.delivery === 'unknown' || own.delivery === 'sent';
}
