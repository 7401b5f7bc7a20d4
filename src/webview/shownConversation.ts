import type { ConversationView } from '../shared/conversation';
import { rowChanges, type RowChange } from '../shared/rowChanges';

/** A conversation as far as the view has read it. */
export interface ShownConversation extends ConversationView {
  /** Rows before the first one that are still to be read. */
  readonly missing: number;
}

/** The rows that are new or have changed. What was there before and had only to be read is not new. */
export function changesOf(
  before: ShownConversation,
  after: ShownConversation,
): readonly RowChange[] {
  const read = before.missing - after.missing;
  return rowChanges(before.rows, read === 0 ? after.rows : after.rows.slice(read));
}
