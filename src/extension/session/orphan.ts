import { readDraftRecord } from './draftRecord';
import type { LoadedJournal } from './journal';
import type { Lease } from './lease';
import { joinTexts } from './unsent';

/** What was written into a session that never started: it belongs into the next one. */
export interface Orphan {
  readonly journal: string;
  readonly text: string;
  readonly lease: Lease;
  /** False for what holds more than we can read: it is left as it is. */
  readonly mayBeDeleted: boolean;
}

/** @param draft what lay beside the journal */
export function orphanOf(
  journal: string,
  { events, setAside }: LoadedJournal,
  draft: string,
  lease: Lease,
): Orphan {
  const removed = new Set(events.flatMap((it) => (it.type === 'removed' ? it.key : [])));
  const queued = events.flatMap((event) =>
    event.type === 'queued' && !removed.has(event.key) ? event.text : [],
  );
  const text = joinTexts([...queued, readDraftRecord(draft, events).text]);
  return { journal, text, lease, mayBeDeleted: setAside === 0 };
}
