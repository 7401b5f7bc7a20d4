// A conversation as JSON, for people's programs: docs/transcript.md states its shape. Fields may be
// added to it; what is there keeps its name and its meaning while `version` stays the same.

import type {
  ConversationView,
  Delivery,
  FileView,
  Happening,
  JsonValue,
  MessageRow,
  Row,
} from '../../../shared/conversation';

export interface TranscriptData {
  readonly format: 'twin-chat-transcript';
  readonly version: 1;
  readonly demo: boolean;
  readonly entries: readonly TranscriptEntry[];
}

export type TranscriptEntry = MessageEntry | EventEntry;

export interface MessageEntry {
  readonly type: 'message';
  /** Unique in the transcript; means nothing outside of it. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly author: MessageRow['author'];
  readonly name: string | null;
  /** Markdown, exactly as it came or was typed. */
  readonly text: string;
  readonly attachments: readonly Pick<FileView, 'name' | 'contentType' | 'size'>[];
  readonly answers: readonly string[];
  readonly chosenAnswer: string | null;
  readonly actions: readonly JsonValue[];
  readonly replyTo: { readonly id: string | null; readonly text: string } | null;
  /** Own messages only. */
  readonly delivery: Delivery | null;
}

export interface EventEntry {
  readonly type: 'event';
  readonly id: string;
  readonly at: string;
  readonly event: Happening['type'];
  readonly details: Readonly<Record<string, string | null>>;
}

/** Nothing of a session that is secret is in what is shown of it, so nothing can come in here. */
export function transcriptData({ demo, rows }: ConversationView): TranscriptData {
  return { format: 'twin-chat-transcript', version: 1, demo, entries: rows.map(transcriptEntry) };
}

export function transcriptEntry(row: Row): TranscriptEntry {
  const { key: id } = row;
  const at = iso(row.at);
  if (row.kind === 'happening') {
    const { type: event } = row.happening;
    return { type: 'event', id, at, event, details: detailsOf(row.happening) };
  }
  const { author, authorName: name, text, answers, chosenAnswer, actions, quote, delivery } = row;
  return {
    type: 'message',
    id,
    at,
    author,
    name,
    text,
    attachments: row.attachments.map(({ name, contentType, size }) => ({
      name,
      contentType,
      size,
    })),
    answers,
    chosenAnswer: chosenAnswer === null ? null : (answers[chosenAnswer] ?? null),
    actions,
    replyTo: quote === null ? null : { id: quote.messageKey, text: quote.text },
    delivery,
  };
}

function detailsOf(happening: Happening): EventEntry['details'] {
  const fields: Readonly<Record<string, string | number | null>> = { ...happening };
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name !== 'type')
      .map(([name, value]) => [name, typeof value === 'number' ? iso(value) : value]),
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
