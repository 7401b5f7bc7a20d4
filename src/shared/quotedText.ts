import type { MessageRow } from './conversation';
import { displayName } from './displayName';

/** What stands for a message where it is quoted, as Markdown: its text, or the names of its files. */
export function quotedText({
  text,
  attachments,
}: Pick<MessageRow, 'text' | 'attachments'>): string {
  // As code, so that no sign in a name is a mark.
  return text || attachments.map(({ name }) => `\`${displayName(name)}\``).join(', ');
}
