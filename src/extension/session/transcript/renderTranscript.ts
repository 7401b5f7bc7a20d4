// What becomes of a conversation when it leaves the chat as text. A bundle of its own, loaded when
// first needed: it holds the Markdown parser.

import type { ConversationView, MessageRow, Row } from '../../../shared/conversation';
import { plainText } from './plainText';
import { MarkdownLayout } from './markdownLayout';
import { TextLayout } from './textLayout';
import { transcriptData, transcriptEntry } from './transcriptData';
import type { TranscriptLayout } from './transcriptLayout';
import { TranscriptWords, type TranscriptLanguage } from './transcriptWords';

export const TRANSCRIPT_FORMATS = ['text', 'markdown', 'json'] as const;
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

/** Rows that are rendered in one go: some 25 ms, for what else the process has to do. */
const ROWS_AT_ONCE = 50;

interface WrittenRow {
  readonly day: string;
  readonly text: string;
}

/** Writes one conversation down, again and again: a row that has not changed is not written anew. */
export class TranscriptWriter {
  private readonly layout: TranscriptLayout | null;
  private readonly words: TranscriptWords;
  private readonly written = new WeakMap<Row, WrittenRow>();

  /** @param pause lets others have a turn */
  constructor(
    format: TranscriptFormat,
    language: TranscriptLanguage,
    private readonly pause: () => Promise<void>,
  ) {
    this.words = new TranscriptWords(language);
    this.layout = layoutOf(format, this.words);
  }

  async write(conversation: ConversationView): Promise<string> {
    const { layout } = this;
    if (layout === null) return json(transcriptData(conversation));
    const parts = [layout.head(conversation)];
    let day = '';
    let work = 0;
    for (const row of conversation.rows) {
      let written = this.written.get(row);
      if (written === undefined) {
        written = { day: layout.day(row.at), text: layout.row(row) };
        this.written.set(row, written);
        work += 1;
        if (work % ROWS_AT_ONCE === 0) await this.pause();
      }
      if (written.day !== day) parts.push(written.day);
      day = written.day;
      parts.push(written.text);
    }
    return `${parts.join('\n\n')}\n`;
  }
}

/** One message on its own: its words, as they are read or as they came, or all that is known of it. */
export function writeMessage(
  row: MessageRow,
  format: TranscriptFormat,
  language: TranscriptLanguage,
): string {
  if (format === 'json') return json(transcriptEntry(row));
  if (row.text !== '') return format === 'text' ? plainText(row.text) : row.text;
  const words = new TranscriptWords(language);
  return row.attachments.map((file) => words.file(file)).join('\n');
}

function layoutOf(format: TranscriptFormat, words: TranscriptWords): TranscriptLayout | null {
  switch (format) {
    case 'text':
      return new TextLayout(words);
    case 'markdown':
      return new MarkdownLayout(words);
    case 'json':
      return null;
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
