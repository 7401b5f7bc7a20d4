// Conversations to draw. Times are of one fixed day.

import en from '../../l10n/en.json';
import ru from '../../l10n/ru.json';
import type {
  ConversationView,
  FileView,
  Happening,
  HappeningRow,
  MessageRow,
  PendingAttachment,
} from '../../src/shared/conversation';
import type { ViewSettings } from '../../src/shared/hostMessage';
import type { Problem } from '../../src/shared/problem';

export const NOON = Date.parse('2026-03-02T12:00:00Z');
export const MINUTE = 60_000;

export function settings(changes: Partial<ViewSettings> = {}): ViewSettings {
  return {
    language: 'en',
    texts: changes.language === 'ru' ? ru : en,
    sendOn: 'enter',
    fontSize: null,
    fontFamily: null,
    hasChatId: false,
    hasProfiles: false,
    profile: null,
    maxAttachmentSize: 1_000_000,
    trusted: true,
    ...changes,
  };
}

export function conversation(changes: Partial<ConversationView> = {}): ConversationView {
  return {
    key: 'conversation-1',
    demo: false,
    profile: null,
    connection: 'online',
    problem: null,
    storageFailed: false,
    elsewhere: false,
    past: false,
    name: null,
    peer: { kind: 'bot', name: 'Robin', avatar: null, since: NOON },
    operatorRequestedAt: null,
    expiresAt: null,
    typing: null,
    rows: [],
    composer: { draft: { text: '', version: 0 }, pending: [] },
    ...changes,
  };
}

export function message(key: string, changes: Partial<MessageRow> = {}): MessageRow {
  return {
    kind: 'message',
    key,
    author: 'bot',
    authorName: 'Robin',
    avatar: null,
    text: `Text of ${key}`,
    at: NOON + MINUTE,
    answers: [],
    answersOpen: false,
    chosenAnswer: null,
    attachments: [],
    actions: [],
    quote: null,
    delivery: null,
    problem: null,
    waitsUntil: null,
    ...changes,
  };
}

export function ownMessage(key: string, changes: Partial<MessageRow> = {}): MessageRow {
  return message(key, { author: 'client', authorName: null, delivery: 'sent', ...changes });
}

export function happening(key: string, what: Happening): HappeningRow {
  return { kind: 'happening', key, at: NOON + MINUTE, happening: what };
}

export function file(changes: Partial<FileView> = {}): FileView {
  return {
    key: 'file-1',
    name: 'report.pdf',
    contentType: 'application/pdf',
    size: 2_400_000,
    available: true,
    ...changes,
  };
}

export function pendingFile(changes: Partial<PendingAttachment> = {}): PendingAttachment {
  return {
    id: 'pending-1',
    name: 'main.ts',
    contentType: 'text/plain',
    size: 4_096,
    state: 'ready',
    sentBytes: 4_096,
    unsaved: false,
    problem: null,
    ...changes,
  };
}

export function problem(changes: Partial<Problem> = {}): Problem {
  return {
    step: 'send',
    reason: 'unreachable',
    status: null,
    host: 'chats-api.twin24.ai',
    limit: null,
    ...changes,
  };
}
