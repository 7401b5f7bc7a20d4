// What becomes of a conversation when it leaves the chat as text. A bundle of its own, loaded when
// first needed: it holds the Markdown parser.

import type { ConversationView, MessageRow, Row } from '../../../shared/conversation';
import { plainText } from './plainText';
import { HtmlLayout } from './htmlLayout';
import { MarkdownLayout } from './markdownLayout';
import { TextLayout } from './textLayout';
import { transcriptData, transcriptEntry } from './transcriptData';
import { NO_FILES, type TranscriptFiles } from './transcriptFiles';
import type { TranscriptLayout } from './transcriptLayout';
import { TranscriptWords, type TranscriptLanguage } from './transcriptWords';

export { redacted } from './redacted';

export const TRANSCRIPT_FORMATS = ['text', 'markdown', 'json', 'html'] as const;
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
  private readonly written = new WeakMap<Row, WrittenRow>();

  /**
   * @param pause lets others have a turn
   * @param files those that go along
   */
  constructor(
    format: TranscriptFormat,
    language: TranscriptLanguage,
    private readonly pause: () => Promise<void>,
    private readonly files: TranscriptFiles = NO_FILES,
  ) {
    this.layout = layoutOf(format, language, files);
  }

  async write(conversation: ConversationView): Promise<string> {
    const { layout } = this;
    if (layout === null) return json(transcriptData(conversation, this.files));
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
    if (layout.foot) parts.push(layout.foot());
    return `${parts.join('\n\n')}\n`;
  }
}

/** One message on its own: its words, as they are read or as they came, or all that is known of it. */
export function writeMessage(
  row: MessageRow,
  format: TranscriptFormat,
  language: TranscriptLanguage,
): string {
  if (format === 'json') return json(transcriptEntry(row, NO_FILES));
  if (row.text !== '') return format === 'text' ? plainText(row.text) : row.text;
  const words = new TranscriptWords(language);
  return row.attachments.map((file) => words.file(file)).join('\n');
}

function layoutOf(
  format: TranscriptFormat,
  language: TranscriptLanguage,
  files: TranscriptFiles,
): TranscriptLayout | null {
  const words = new TranscriptWords(language);
  switch (format) {
    case 'text':
      return new TextLayout(words, files);
    case 'markdown':
      return new MarkdownLayout(words, files);
    case 'html':
      return new HtmlLayout(words, language.language, files);
    case 'json':
      return null;
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
