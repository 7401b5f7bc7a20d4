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
import { pathOf, type TranscriptFiles } from './transcriptFiles';

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
  readonly attachments: readonly AttachmentEntry[];
  readonly answers: readonly string[];
  readonly chosenAnswer: string | null;
  readonly actions: readonly JsonValue[];
  readonly replyTo: { readonly id: string | null; readonly text: string } | null;
  /** Own messages only. */
  readonly delivery: Delivery | null;
}

export interface AttachmentEntry extends Pick<FileView, 'name' | 'contentType' | 'size'> {
  /** Of the file that was saved beside the transcript. */
  readonly path: string | null;
}

export interface EventEntry {
  readonly type: 'event';
  readonly id: string;
  readonly at: string;
  readonly event: Happening['type'];
  readonly details: Readonly<Record<string, string | null>>;
}

/** Nothing of a session that is secret is in what is shown of it, so nothing can come in here. */
export function transcriptData(
  { demo, rows }: ConversationView,
  files: TranscriptFiles,
): TranscriptData {
  const entries = rows.map((row) => transcriptEntry(row, files));
  return { format: 'twin-chat-transcript', version: 1, demo, entries };
}

export function transcriptEntry(row: Row, files: TranscriptFiles): TranscriptEntry {
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
    attachments: row.attachments.map((file) => attachmentEntry(file, files)),
    answers,
    chosenAnswer: chosenAnswer === null ? null : (answers[chosenAnswer] ?? null),
    actions,
    replyTo: quote === null ? null : { id: quote.messageKey, text: quote.text },
    delivery,
  };
}

function attachmentEntry(
  { key, name, contentType, size }: FileView,
  files: TranscriptFiles,
): AttachmentEntry {
  const found = files.get(key);
  return { name, contentType, size, path: found === undefined ? null : pathOf(found) };
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
