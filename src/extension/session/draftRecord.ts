// The draft lies beside the journal and is written later than it. So that a crash between the two
// neither loses a text nor brings back one that has been sent, it says how much of the journal it
// has seen; what the journal did to the draft after that is done to it again.

import type { Draft } from '../../shared/conversation';
import type { DurableEvent } from './sessionEvent';
import { joinTexts } from './unsent';

const HEAD = /^twin-chat-draft (\d+) (\d+) (\d+)\n/;

/** By version and edit, a view that was here before knows whose text is newer. */
export interface RestoredDraft extends Draft {
  /** So many events of the journal have changed the draft. */
  readonly steps: number;
}

/** The text of the file beside the journal. */
export function writeDraftRecord({ text, version, edit = 0, steps }: RestoredDraft): string {
  return `twin-chat-draft ${steps} ${version} ${edit}\n${text}`;
}

/** The draft as it was when the journal's last event was written. */
export function readDraftRecord(record: string, events: readonly DurableEvent[]): RestoredDraft {
  const changes = events.filter(changesDraft);
  const seen = HEAD.exec(record);
  // Without a head it is no record of ours: taken as it is.
  const text = seen === null ? record : record.slice(seen[0].length);
  const unseen = changes.slice(seen === null && record !== '' ? changes.length : Number(seen?.[1]));
  return {
    text: unseen.reduce((draft, event) => changed(draft, event, events), text),
    version: Number(seen?.[2] ?? 0) + unseen.filter((event) => event.type === 'removed').length,
    edit: unseen.reduce((edit, event) => editOf(event) ?? edit, Number(seen?.[3] ?? 0)),
    steps: changes.length,
  };
}

/** Whether an event of the journal goes with a change of the draft. */
export function changesDraft(event: DurableEvent): boolean {
  return (
    (event.type === 'queued' && event.fromDraft === true) ||
    (event.type === 'removed' && event.toDraft === true)
  );
}

function editOf(event: DurableEvent): number | null {
  return event.type === 'queued' ? (event.edit ?? null) : null;
}

function changed(draft: string, event: DurableEvent, events: readonly DurableEvent[]): string {
  if (event.type !== 'removed') return '';
  const own = events.find((it) => it.type === 'queued' && it.key === event.key);
  return joinTexts([own?.type === 'queued' ? own.text : '', draft]);
}
