// All that is known of one session when a seed is over: ledger, journal, screen, and what the person did.

import type { DurableEvent } from '../../src/extension/session/sessionEvent';
import type { MessageRow, Row } from '../../src/shared/conversation';
import type { LedgerEntry } from '../../src/simulator/ledger';
import type { Deeds } from './person';
import type { World } from './world';

type EntryOf<Kind extends LedgerEntry['kind']> = Extract<LedgerEntry, { readonly kind: Kind }>;

export interface Evidence {
  readonly world: World;
  readonly key: string;
  readonly sessionId: string;
  readonly events: readonly DurableEvent[];
  readonly rows: readonly Row[];
  readonly own: readonly MessageRow[];
  readonly foreign: readonly MessageRow[];
  readonly deeds: Deeds;
  readonly entries: readonly LedgerEntry[];
  readonly taken: readonly EntryOf<'messageTaken'>[];
  /** Ids of the messages that came, and were written down where the disk took that. */
  readonly received: ReadonlySet<string>;
  /** Whether the disk takes nothing still: what came since the last start is in memory only. */
  readonly isInMemory: boolean;
  /** Whether a window carries it on. */
  readonly isCarriedOn: boolean;
  readonly isOrderSpoilt: boolean;
  /** Whether the disk did not have all of it when a window closed; the screen had said so. */
  readonly isForgotten: boolean;
  /** When that was, by the platform's clock. */
  readonly forgottenAt: readonly number[];
}

export interface Found extends Pick<Evidence, 'events' | 'rows' | 'isInMemory' | 'isCarriedOn'> {
  readonly deeds: Deeds | undefined;
}

/** `null` for a session that never started. */
export function gather(world: World, key: string, found: Found): Evidence | null {
  const { events, rows, deeds, isInMemory, isCarriedOn } = found;
  const start = events.find((event) => event.type === 'started');
  if (start === undefined) return null;
  const { sessionId } = start;
  const entries = world.simulator.ledger.entries.filter(
    (entry) =>
      entry.kind === 'faultPlayed' || ('sessionId' in entry && entry.sessionId === sessionId),
  );
  const messages = rows.filter((row) => row.kind === 'message');
  const inJournal = events.flatMap((event) =>
    event.type === 'received' && event.event.type === 'message'
      ? (event.event.message.id ?? [])
      : [],
  );
  const byRest = entries.flatMap((entry) =>
    entry.kind === 'messageGiven' && entry.by === 'rest' && start.messages.length > 0
      ? entry.messageId
      : [],
  );
  const forgottenAt = world.forgotten.get(key) ?? [];
  const texts = new Set(messages.map((row) => row.text));
  const inMemory = entries.flatMap((entry) => {
    if (entry.kind !== 'messageGiven' && entry.kind !== 'messageMissed') return [];
    const { messageId: id, body } = entry;
    // Of what a history told, that has come which is on the screen.
    return world.inMemory.has(id) || (world.toldInMemory.has(id) && texts.has(body)) ? id : [];
  });
  return {
    world,
    key,
    sessionId,
    events,
    rows,
    own: messages.filter((row) => row.author === 'client'),
    foreign: messages.filter((row) => row.author !== 'client'),
    deeds: deeds ?? { sends: [], handedOver: false },
    entries,
    taken: entries.filter((entry) => entry.kind === 'messageTaken'),
    isInMemory,
    isCarriedOn,
    received: new Set([...inJournal, ...byRest, ...(isInMemory ? inMemory : [])]),
    isOrderSpoilt: entries.some((entry) => entry.kind === 'faultPlayed' && spoilsOrder(entry)),
    isForgotten: forgottenAt.length > 0,
    forgottenAt,
  };
}

/** Whether events come in another order than they were sent in. */
function spoilsOrder({ fault, route }: EntryOf<'faultPlayed'>): boolean {
  return (
    ['late', 'reorder', 'replay'].includes(fault.kind) ||
    (fault.kind === 'latency' && route === 'event')
  );
}
