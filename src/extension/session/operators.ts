// With whom one talks: the bot, an operator asked for, one who came, changed, left.

import type { Happening, PeerView } from '../../shared/conversation';
import type { IncomingMessage, LiveEvent, Operator } from '../twin/model';
import { show, type Conversation } from './conversation';
import { addFileOrNull } from './remoteFiles';
import { addHappening } from './rows';
import { shownTime } from './serverTime';

type EventOf<T extends LiveEvent['type']> = Extract<LiveEvent, { type: T }>;

export function operatorRequested(
  c: Conversation,
  at: number,
  order: number | null,
  since: number,
): Conversation {
  const requested = addHappening(c, { type: 'operatorRequested' }, at, order);
  // The clock of one who asks twice goes on.
  return c.operator === null
    ? show(requested, { operatorRequestedAt: c.view.operatorRequestedAt ?? since })
    : requested;
}

export function operatorAssigned(
  c: Conversation,
  { id, operator, previous }: EventOf<'operatorAssigned'>,
  at: number,
): Conversation {
  if (id !== null && c.keyByServerId.has(id)) return c;
  const known = id === null ? c : { ...c, keyByServerId: c.keyByServerId.set(id, '') };
  if (isSameOperator(c.operator, operator)) return known;
  const from = previous ?? c.operator;
  const happened = addHappening(
    known,
    from === null
      ? { type: 'operatorAssigned', name: operator.name }
      : { type: 'operatorReplaced', name: operator.name, previousName: from.name },
    at,
  );
  return withOperator({ ...happened, lastOperatorStatus: null }, operator, at);
}

export function operatorStatus(
  c: Conversation,
  { operatorId, previousStatus, currentStatus }: EventOf<'operatorStatus'>,
  at: number,
): Conversation {
  const status = JSON.stringify([operatorId, previousStatus, currentStatus]);
  if (status === c.lastOperatorStatus) return c;
  const happening: Happening = {
    type: 'operatorStatus',
    name: nameOf(c, operatorId),
    status: currentStatus,
  };
  return addHappening({ ...c, lastOperatorStatus: status }, happening, at);
}

export function operatorLeft(
  c: Conversation,
  { operatorId }: EventOf<'operatorLeft'>,
  at: number,
): Conversation {
  const who = operatorId ?? '';
  if (c.operator === null && c.lastOperatorLeft === who) return c;
  const happened = addHappening(c, { type: 'operatorLeft', name: nameOf(c, operatorId) }, at);
  const left: Conversation = { ...happened, lastOperatorLeft: who, lastOperatorStatus: null };
  // Another one may have taken over before this one left.
  const currentId = c.operator?.id ?? null;
  const gone = operatorId === null || currentId === null || currentId === operatorId;
  return gone ? show({ ...left, operator: null }, { peer: c.bot, typing: null }) : left;
}

/** Who speaks is whom one talks with, unless an operator has taken over from the bot. */
export function peerSpoke(c: Conversation, message: IncomingMessage, at: number): Conversation {
  if (message.author === 'client') return c;
  if (message.author === 'operator') {
    const speaker: Operator = { id: null, name: message.authorName, avatar: message.avatar };
    return c.operator === null || namesDiffer(c.operator, speaker)
      ? withOperator(c, { ...speaker, id: c.operator?.id ?? null }, at)
      : c;
  }
  const [next, avatar] = addFileOrNull(c, message.avatar);
  const bot: PeerView = {
    kind: 'bot',
    name: message.authorName ?? c.bot?.name ?? null,
    avatar: avatar ?? c.bot?.avatar ?? null,
    since: c.bot?.since ?? shownTime(c, message.createdAt, at),
  };
  if (c.bot !== null && bot.name === c.bot.name && bot.avatar === c.bot.avatar) return next;
  return show({ ...next, bot }, c.operator === null ? { peer: bot } : {});
}

function withOperator(c: Conversation, operator: Operator, at: number): Conversation {
  const [next, avatar] = addFileOrNull(c, operator.avatar);
  const peer: PeerView = { kind: 'operator', name: operator.name, avatar, since: at };
  return show(
    { ...next, operator, lastOperatorLeft: null },
    { peer, operatorRequestedAt: null, typing: null },
  );
}

function isSameOperator(a: Operator | null, b: Operator): boolean {
  return a !== null && (a.id === null || b.id === null ? a.name === b.name : a.id === b.id);
}

function namesDiffer(a: Operator, b: Operator): boolean {
  return a.name !== null && b.name !== null && a.name !== b.name;
}

function nameOf(c: Conversation, operatorId: string | null): string | null {
  const { operator } = c;
  const isCurrent = operator !== null && (operatorId === null || operator.id === operatorId);
  return isCurrent ? operator.name : null;
}
