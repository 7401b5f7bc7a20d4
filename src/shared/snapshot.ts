// The whole state for a view that has none. Of a long conversation the newest rows come as they are;
// nothing that is in sight at first waits until those before them are read.

import type { ConversationView, Row } from './conversation';
import type { EarlierRows, Snapshot, ViewSettings } from './hostMessage';

/** So many rows come as they are. */
const NEWEST = 300;

/** @param revision of the state that this is: the next patch has one more */
export function snapshotOf(
  conversation: ConversationView | null,
  settings: ViewSettings,
  revision: number,
): Snapshot {
  const count = (conversation?.rows.length ?? 0) - NEWEST;
  if (conversation === null || count <= 0)
    return { type: 'snapshot', revision, settings, conversation, earlier: null };
  const { rows } = conversation;
  return {
    type: 'snapshot',
    revision,
    settings,
    conversation: { ...conversation, rows: rows.slice(count) },
    earlier: { count, json: JSON.stringify(rows.slice(0, count)) },
  };
}

/** Reads the rows that come before those of the snapshot's conversation. */
export function readEarlier({ json }: EarlierRows): readonly Row[] {
  return JSON.parse(json) as Row[];
}
