import type { ConversationView, Row } from '../../../shared/conversation';

/** How a transcript for people is put together: its parts stand below one another, a line between. */
export interface TranscriptLayout {
  head(conversation: ConversationView): string;
  day(at: number): string;
  row(row: Row): string;
  /** What closes it, if anything does. */
  foot?(): string;
}
