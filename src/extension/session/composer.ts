// The composer's part of the reducer: the draft and the files that wait to be sent.

import type { Draft, PendingAttachment } from '../../shared/conversation';
import { show, type Conversation } from './conversation';
import type { PassingEvent } from './sessionEvent';

type EventOf<T extends PassingEvent['type']> = Extract<PassingEvent, { type: T }>;

export function draftChanged(c: Conversation, event: EventOf<'draftChanged'>): Conversation {
  const { draft } = c.view.composer;
  const { text, by, edit = draft.edit } = event;
  if (by === 'person' && text === draft.text && edit === draft.edit) return c;
  const version = by === 'host' ? draft.version + 1 : draft.version;
  return draftRestored(c, { text, version, ...(edit === undefined ? {} : { edit }) });
}

export function draftRestored(c: Conversation, draft: Draft): Conversation {
  return show(c, { composer: { ...c.view.composer, draft } });
}

export function attachmentAdded(c: Conversation, event: EventOf<'attachmentAdded'>): Conversation {
  const { id, name, contentType, size, unsaved, waits = false } = event;
  const added: PendingAttachment = {
    id,
    name,
    contentType,
    size,
    unsaved,
    state: waits ? 'ready' : 'uploading',
    sentBytes: 0,
    problem: null,
  };
  return withPending(c, [...c.view.composer.pending, added]);
}

export function changeAttachment(
  c: Conversation,
  id: string,
  changes: Partial<PendingAttachment>,
): Conversation {
  const { pending } = c.view.composer;
  if (!pending.some((it) => it.id === id)) return c;
  return withPending(
    c,
    pending.map((it) => (it.id === id ? { ...it, ...changes } : it)),
  );
}

export function attachmentRemoved(c: Conversation, id: string): Conversation {
  const { pending } = c.view.composer;
  const rest = pending.filter((it) => it.id !== id);
  return rest.length === pending.length ? c : withPending(c, rest);
}

function withPending(c: Conversation, pending: readonly PendingAttachment[]): Conversation {
  return show(c, { composer: { ...c.view.composer, pending } });
}
