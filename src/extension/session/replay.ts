// How a conversation comes back from its journal.

import { emptyConversation, show, type Conversation } from './conversation';
import { reduce } from './reducer';
import { outageSince } from './replayWatch';
import { WRONG_CLOCK } from './serverTime';
import type { DurableEvent } from './sessionEvent';
import { IllegalTransitionError } from './stateTable';
import { UPLOAD_STOPPED } from './uploads';

/** The longest life of a session that TWIN documents, seconds. */
const LONGEST_TTL = 43_200;

/**
 * Folds the events of a journal into a conversation that is about to be taken up again.
 *
 * @param onMisfit told of events that the state tables do not allow; they are passed over
 */
export function replay(
  c: Conversation,
  events: readonly DurableEvent[],
  onMisfit: (error: IllegalTransitionError) => void,
): Conversation {
  const own = { ...show(c, { rows: c.view.rows.slice() }), ownsRows: true };
  let next = reduce(own, { type: 'connection', state: 'starting', problem: null });
  for (const event of events) {
    try {
      next = reduce(next, event);
    } catch (error) {
      if (!(error instanceof IllegalTransitionError)) throw error;
      onMisfit(error);
    }
  }
  return { ...next, ownsRows: false };
}

/**
 * What must be added to a replayed journal, for the process that wrote it went away in the midst.
 *
 * @param heardAt when the live channel last showed a sign of itself
 */
export function recoveryEvents(
  c: Conversation,
  at: number,
  heardAt: number | null,
): readonly DurableEvent[] {
  const events: DurableEvent[] = [];
  if (c.view.connection !== 'ended') events.push({ type: 'resumed', at });
  for (const { key, delivery, attachments } of c.outgoing.values()) {
    if (delivery !== 'sending') continue;
    // The message itself leaves after its files.
    const left = attachments.every((file) => file.id !== null);
    if (left) events.push({ type: 'becameUnknown', at, key });
    else events.push({ type: 'failed', at, key, problem: UPLOAD_STOPPED });
  }
  if (c.view.connection !== 'ended' && !mayBeLive(c, at)) {
    // Nobody speaks in a demo whose process is gone.
    if (heardAt !== null && !c.view.demo)
      events.push({ type: 'gap', at, ...outageSince(heardAt, at, c) });
    events.push({ type: 'ended', at, by: 'server' });
  }
  return events;
}

/**
 * When the live channel last showed a sign of itself, by a journal: since then something may have
 * been missed. What the person did since, and what REST answered, tells nothing about it.
 */
export function lastHeardAt(events: readonly DurableEvent[]): number | null {
  const heard = events.findLast(({ type }) => HEARD.has(type));
  return heard?.type === 'heard' ? heard.until : (heard?.at ?? null);
}

const HEARD: ReadonlySet<DurableEvent['type']> = new Set(['started', 'received', 'gap', 'heard']);

/** Whether the session of a journal may still be taken up. */
export function mayStillBeLive(events: readonly DurableEvent[], now: number): boolean {
  const c = replay(emptyConversation('', false), events, () => undefined);
  return c.view.connection !== 'ended' && mayBeLive(c, now);
}

/**
 * Whether a session may still be taken up. Its lifetime may count from the last activity, and the
 * clock may have been set since, so it is surely over only when that is long ago; before, the screen
 * says that it may be, and the server tells. The demo's server is gone with its process.
 */
function mayBeLive(c: Conversation, now: number): boolean {
  if (c.session === null || c.view.demo) return false;
  const lifetime = (c.session.ttl ?? LONGEST_TTL) * 1000;
  return now <= (c.lastEventAt ?? 0) + lifetime + WRONG_CLOCK;
}
