// Two clocks: the server's, which orders the conversation, and the one here, which people read.
// They may be hours apart; the start answer tells by how much.

import type { Conversation } from './conversation';

/** A difference of the clocks up to this is taken for delay on the way, ms. */
const TOLERANCE = 120_000;
/** A clock may be wrong by as much, ms. Tolerated where it was set, nobody knows after how long a silence. */
export const WRONG_CLOCK = 24 * 3_600_000;
const SECOND = 1_000;

/** How far the clock here is ahead of the server's, ms. Includes the start call's way back. */
function skew(c: Conversation): number {
  const startedAt = c.session?.startedAt ?? null;
  return c.session === null || startedAt === null ? 0 : c.session.arrivedAt - startedAt;
}

/** What the server's clock shows, at the earliest, when the one here shows `at`. */
export function toServerTime(c: Conversation, at: number): number {
  return at - skew(c);
}

/** The newest time of the server's that the list knows. */
function newestOrder(c: Conversation): number | null {
  for (let index = c.view.rows.length - 1; index >= 0; index -= 1) {
    const order = c.traces.get(c.view.rows[index]?.key ?? '')?.order ?? null;
    if (order !== null) return order;
  }
  return null;
}

/**
 * The place of a message in the order, by the server's clock: not before the session's start, and
 * not in the future (a wrong date must not hold the end of the list for ever). It is at least as late
 * there as the list says: the clock here may have been set back.
 */
export function orderOf(c: Conversation, createdAt: number | null, at: number): number | null {
  if (createdAt === null) return null;
  const now = Math.max(toServerTime(c, at) + c.setBackBy, newestOrder(c) ?? -Infinity);
  const tolerance = c.setBackBy > 0 ? WRONG_CLOCK : TOLERANCE;
  if (createdAt > now + tolerance) return now;
  return Math.max(createdAt, c.session?.startedAt ?? createdAt);
}

/** The time to show for a message, by the clock here: between the session's start and now. */
export function shownTime(c: Conversation, createdAt: number | null, at: number): number {
  if (createdAt === null) return at;
  const ahead = skew(c);
  const apart = Math.abs(ahead) > TOLERANCE;
  const start = (apart ? null : c.session?.startedAt) ?? c.session?.arrivedAt ?? createdAt;
  return Math.min(Math.max(apart ? createdAt + ahead : createdAt, start), at);
}

/**
 * Whether a message of time `order` belongs before one of time `other` that is already there.
 * TWIN's events may give whole seconds only, its answers to own messages more: an own message is
 * compared by the second then, or a quick reply would stand before its question.
 */
export function precedes(order: number, other: number, otherIsOwn: boolean): boolean {
  const coarse = otherIsOwn && (order % SECOND === 0 || other % SECOND === 0);
  return coarse ? Math.floor(order / SECOND) < Math.floor(other / SECOND) : order < other;
}
