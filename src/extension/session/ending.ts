// The end of a conversation, and what the connection's state does to the rest.

import type { ConnectionState, EndedBy } from '../../shared/conversation';
import type { Problem } from '../../shared/problem';
import { connectionTransition } from './connectionState';
import { show, type Conversation } from './conversation';
import { addHappening, changeMessage, closeAnswers } from './rows';

const SESSION_OVER: Problem = {
  step: 'send',
  reason: 'sessionEnded',
  status: null,
  host: null,
  limit: null,
};

export function connectionChanged(
  c: Conversation,
  state: ConnectionState,
  problem: Problem | null,
): Conversation {
  const { connection } = c.view;
  const next = connection === state ? state : connectionTransition(connection, state);
  return show(c, {
    connection: next,
    problem,
    typing: next === 'online' ? c.view.typing : null,
  });
}

/** Ends the conversation once; what comes later about its end changes nothing. */
export function endConversation(
  c: Conversation,
  by: EndedBy,
  at: number,
  order: number | null = null,
): Conversation {
  if (c.view.connection === 'ended') return c;
  const ended = freeze(connectionChanged(closeAnswers(c), 'ended', null));
  return addHappening(show(ended, { operatorRequestedAt: null }), { type: 'ended', by }, at, order);
}

/** What has not left will not: it is offered to the next session, and says so. */
function freeze(c: Conversation): Conversation {
  const queued = [...c.outgoing.values()].filter(({ delivery }) => delivery === 'queued');
  return queued.reduce(
    (next, { key }) => changeMessage(next, key, { problem: SESSION_OVER, waitsUntil: null }),
    c,
  );
}

/** Another window has the session. What is only read has no connection of its own. */
export function movedElsewhere(c: Conversation): Conversation {
  if (c.view.connection === 'ended') return c;
  return show(closeAnswers(c), {
    elsewhere: true,
    connection: 'idle',
    problem: null,
    typing: null,
  });
}
