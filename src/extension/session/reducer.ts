// The one place where a conversation changes: pure, so that a replay of the journal gives the same.

import { SET_BACK } from '../core/clockWatch';
import { show, type Conversation } from './conversation';
import {
  attachmentAdded,
  attachmentRemoved,
  changeAttachment,
  draftChanged,
  draftRestored,
} from './composer';
import { markRead } from './delivery';
import { connectionChanged, endConversation, movedElsewhere } from './ending';
import { receiveEarlyRead } from './evidence';
import { gapFilled, gapHappened } from './gaps';
import { receiveGreeting } from './greeting';
import { consequences, receiveMessage } from './incomingMessage';
import { operatorAssigned, operatorLeft, operatorStatus } from './operators';
import {
  messageConfirmed,
  messageFailed,
  messageHeld,
  messageQueued,
  messageRemoved,
  messageRequeued,
  messageSending,
  messageSent,
  messageUnknown,
  messageUploaded,
  storageRecovered,
} from './ownMessages';
import {
  isDurable,
  type DurableEvent,
  type DurableLiveEvent,
  type PassingEvent,
  type SessionEvent,
} from './sessionEvent';

/** What happens here only: a session lives no longer for it. */
const OF_THE_PROCESS: ReadonlySet<DurableEvent['type']> = new Set(['renamed', 'resumed', 'heard']);

/**
 * The conversation after `event`. Rows that did not change are the same objects as before, and so is
 * the view when nothing shown has changed.
 *
 * @throws IllegalTransitionError when a state table does not allow it
 */
export function reduce(c: Conversation, event: SessionEvent): Conversation {
  if (!isDurable(event)) return reducePassing(c, event);
  if (OF_THE_PROCESS.has(event.type)) return reduceDurable(c, event);
  const back = (c.lastEventAt ?? event.at) - event.at;
  const setBackBy = back > SET_BACK ? c.setBackBy + back : c.setBackBy;
  return reduceDurable({ ...c, lastEventAt: event.at, setBackBy }, event);
}

function reduceDurable(c: Conversation, event: DurableEvent): Conversation {
  switch (event.type) {
    case 'started':
      return started(c, event);
    case 'received':
      return received(c, event.event, event.at);
    case 'queued':
      return messageQueued(c, event);
    case 'sending':
      return messageSending(c, event);
    case 'uploaded':
      return messageUploaded(c, event);
    case 'sent':
      return messageSent(c, event);
    case 'requeued':
      return messageRequeued(c, event);
    case 'failed':
      return messageFailed(c, event);
    case 'becameUnknown':
      return messageUnknown(c, event);
    case 'confirmedArrived':
      return messageConfirmed(c, event);
    case 'removed':
      return messageRemoved(c, event);
    case 'renamed':
      return show(c, { name: event.name });
    case 'gap':
      return gapHappened(c, event.from, event.to, event.at);
    case 'gapFilled':
      return gapFilled(c, event.from, event.to);
    case 'seen': // for the other side to know, not for the screen
    case 'heard': // for the next life of the process
      return c;
    case 'historyRefused':
      return c.historyOffered ? { ...c, historyOffered: false } : c;
    case 'resumed':
      return c.mayHaveForgotten ? c : { ...c, mayHaveForgotten: true };
    case 'ended':
      return endConversation(c, event.by, event.at);
  }
}

function started(c: Conversation, event: Extract<DurableEvent, { type: 'started' }>): Conversation {
  const { sessionId, chatId, apiUrl, messagesUrl, startedAt, ttl, messages, at } = event;
  const expiresAt = ttl === null ? null : at + ttl * 1000;
  const identified: Conversation = {
    ...show(c, { demo: event.demo, profile: event.profile ?? null, expiresAt }),
    session: {
      ...{ id: sessionId, chatId, apiUrl, messagesUrl, arrivedAt: at, startedAt, ttl },
      asksFirst: event.asksFirst === true,
    },
    lastHeard: messages.length > 0 ? { at, author: 'bot' } : c.lastHeard,
  };
  return messages.reduce(
    (next, message) => consequences(next, message, at),
    receiveGreeting(identified, messages, at),
  );
}

function received(c: Conversation, event: DurableLiveEvent, at: number): Conversation {
  switch (event.type) {
    case 'message':
      return receiveMessage(c, event.message, at);
    case 'read': {
      const key = c.keyByServerId.get(event.messageId);
      return key === undefined ? receiveEarlyRead(c, event.messageId, at) : markRead(c, key);
    }
    case 'operatorAssigned':
      return operatorAssigned(c, event, at);
    case 'operatorStatus':
      return operatorStatus(c, event, at);
    case 'operatorLeft':
      return operatorLeft(c, event, at);
  }
}

function reducePassing(c: Conversation, event: PassingEvent): Conversation {
  switch (event.type) {
    case 'connection':
      return connectionChanged(c, event.state, event.problem);
    case 'typing':
      return typing(c, event.by);
    case 'storageFailed':
      return c.view.storageFailed ? c : show(c, { storageFailed: true });
    case 'storageRecovered':
      return storageRecovered(c);
    case 'heldByDisk':
      return messageHeld(c, event.key);
    case 'clockSetBack':
      return clockSetBack(c, event.by);
    case 'movedElsewhere':
      return movedElsewhere(c);
    case 'openedAsPast':
      return show(c, { past: true });
    case 'draftChanged':
      return draftChanged(c, event);
    case 'draftRestored':
      return draftRestored(c, event.draft);
    case 'attachmentAdded':
      return attachmentAdded(c, event);
    case 'attachmentProgress':
      return changeAttachment(c, event.id, { sentBytes: event.sentBytes });
    case 'attachmentReady': {
      const size = event.file.size ?? 0;
      const pending = c.view.composer.pending.find((it) => it.id === event.id);
      const sentBytes = pending?.size ?? size;
      return changeAttachment(c, event.id, { state: 'ready', sentBytes, problem: null });
    }
    case 'attachmentFailed':
      return changeAttachment(c, event.id, { state: 'failed', problem: event.problem });
    case 'attachmentRetried':
      return changeAttachment(c, event.id, { state: 'uploading', sentBytes: 0, problem: null });
    case 'attachmentRemoved':
      return attachmentRemoved(c, event.id);
  }
}

function typing(c: Conversation, by: 'bot' | 'operator' | null): Conversation {
  if (by === null) return c.view.typing === null ? c : show(c, { typing: null });
  if (c.view.connection !== 'online') return c;
  const name = c.view.peer?.kind === by ? c.view.peer.name : null;
  const { typing: now } = c.view;
  return now?.by === by && now.name === name ? c : show(c, { typing: { by, name } });
}

/** What the screen counts, it counts by the clock here. */
function clockSetBack(c: Conversation, by: number): Conversation {
  const { expiresAt, operatorRequestedAt } = c.view;
  if (expiresAt === null && operatorRequestedAt === null) return c;
  const back = (at: number | null): number | null => (at === null ? null : at - by);
  return show(c, { expiresAt: back(expiresAt), operatorRequestedAt: back(operatorRequestedAt) });
}
