// What becomes of own messages: the steps that all events about them share.

import type { Delivery } from '../../shared/conversation';
import type { Problem } from '../../shared/problem';
import type { Conversation, OwnMessage } from './conversation';
import { findRow } from './conversation';
import { deliveryTransition } from './deliveryState';
import { bindId, changeMessage, removeRow, trace } from './rows';
import { orderOf } from './serverTime';

/** Own messages that were sent but got no id are remembered for their echo, the newest few. */
const MAX_WITHOUT_ID = 20;

export function deliveryOf(c: Conversation, key: string): Delivery | null {
  const row = findRow(c, key);
  return row?.kind === 'message' ? row.delivery : null;
}

/** @throws IllegalTransitionError */
export function setDelivery(
  c: Conversation,
  key: string,
  to: Delivery,
  problem: Problem | null = null,
  waitsUntil: number | null = null,
): Conversation {
  const from = deliveryOf(c, key);
  if (from === null) return c;
  deliveryTransition(from, to);
  const next = changeMessage(c, key, { delivery: to, problem, waitsUntil });
  const own = c.outgoing.get(key);
  if (own === undefined) return next;
  const outgoing = new Map(c.outgoing);
  const done = (to === 'sent' || to === 'read') && trace(c, key).serverId !== null;
  if (done) outgoing.delete(key);
  else outgoing.set(key, { ...own, delivery: to });
  if (to === 'sent' && !done) forgetOldest(outgoing);
  return { ...next, outgoing };
}

function forgetOldest(outgoing: Map<string, OwnMessage>): void {
  const sent = [...outgoing.values()].filter((own) => own.delivery === 'sent');
  for (const own of sent.slice(0, -MAX_WITHOUT_ID)) outgoing.delete(own.key);
}

/** Changes what is remembered of an own message under way. */
export function changeOwn(
  c: Conversation,
  key: string,
  changes: Partial<OwnMessage>,
): Conversation {
  const own = c.outgoing.get(key);
  if (own === undefined) return c;
  return { ...c, outgoing: new Map(c.outgoing).set(key, { ...own, ...changes }) };
}

/** The server has the message: by its own answer, or by evidence. Also when that is known already. */
export function markTaken(c: Conversation, key: string): Conversation {
  const delivery = deliveryOf(c, key);
  const taken = delivery === 'sending' || delivery === 'unknown' ? setDelivery(c, key, 'sent') : c;
  const id = trace(taken, key).serverId;
  return id !== null && taken.earlyReads.has(id) ? markRead(taken, key) : taken;
}

export function markRead(c: Conversation, key: string): Conversation {
  const delivery = deliveryOf(c, key);
  if (delivery !== 'sending' && delivery !== 'unknown' && delivery !== 'sent') return c;
  return setDelivery(c, key, 'read');
}

/**
 * Learns the server's id and time of an own message. Where an event of that id came first and could
 * not be told to be this message, its row goes: nothing is shown twice.
 */
export function identify(
  c: Conversation,
  key: string,
  id: string | null,
  createdAt: number | null,
  at: number,
): Conversation {
  let next = c;
  if (id !== null) {
    const other = c.keyByServerId.get(id);
    if (other !== undefined && other !== key) {
      if (trace(c, other).elsewhere !== true) return c;
      next = removeRow(next, other);
    }
    next = bindId(next, key, id);
  }
  const order = trace(next, key).order ?? orderOf(next, createdAt, at);
  const traces = next.traces.set(key, { ...trace(next, key), order });
  return { ...next, traces };
}
