// Compares, after a seed, what the platform really took and gave with the journal and the screen.

import { emptyConversation } from '../../src/extension/session/conversation';
import { loadJournal } from '../../src/extension/session/journal';
import { replay } from '../../src/extension/session/replay';
import type { DurableEvent } from '../../src/extension/session/sessionEvent';
import type { MessageRow, Row } from '../../src/shared/conversation';
import type { LedgerEntry } from '../../src/simulator/ledger';
import { acknowledgements } from './acknowledgements';
import type { Deeds, OwnSend } from './person';
import type { World } from './world';

type EntryOf<Kind extends LedgerEntry['kind']> = Extract<LedgerEntry, { readonly kind: Kind }>;

/** No server may silence the chat for longer, ms. */
const LONGEST_WAIT = 600_000;

/** All that is known of one session. */
interface Evidence {
  readonly sessionId: string;
  readonly events: readonly DurableEvent[];
  readonly rows: readonly Row[];
  readonly own: readonly MessageRow[];
  readonly foreign: readonly MessageRow[];
  readonly deeds: Deeds;
  readonly entries: readonly LedgerEntry[];
  readonly taken: readonly EntryOf<'messageTaken'>[];
  /** Ids of the messages that the journal has. */
  readonly received: ReadonlySet<string>;
  readonly isOrderSpoilt: boolean;
}

/** What is wrong, in words; empty when all is well. */
export async function judge(world: World, deeds: ReadonlyMap<string, Deeds>): Promise<string[]> {
  const complaints = [...world.complaints];
  for (const key of await world.disk.list()) {
    const { events, setAside } = await loadJournal(world.disk, key);
    if (setAside > 0) complaints.push(`${setAside} lines of the journal cannot be read`);
    const session = world.manager.current?.key === key ? world.manager.current : null;
    const replayed = replay(emptyConversation(key, false), events, (error) => {
      complaints.push(`the journal does not fit: ${String(error)}`);
    }).view.rows;
    if (session !== null) complaints.push(...compareRows(session.conversation.rows, replayed));
    const evidence = gather(world, events, session?.conversation.rows ?? replayed, deeds.get(key));
    if (evidence === null) continue;
    const isCurrent = session !== null;
    complaints.push(
      ...lostOnes(evidence),
      ...lies(evidence),
      ...disorder(evidence),
      ...stuckOnes(evidence, isCurrent && session.conversation.connection === 'online'),
      ...unsettledOnes(evidence),
      ...incomingOnes(evidence),
      ...acknowledgements(evidence.entries),
      ...impatience(evidence),
    );
  }
  complaints.push(...world.simulator.ledger.complaints().map((it) => `complaint: ${it.what}`));
  return complaints;
}

function gather(
  world: World,
  events: readonly DurableEvent[],
  rows: readonly Row[],
  deeds: Deeds = { sends: [], handedOver: false },
): Evidence | null {
  const sessionId = events.find((event) => event.type === 'started')?.sessionId;
  if (sessionId === undefined) return null;
  const entries = world.simulator.ledger.entries.filter(
    (entry) =>
      entry.kind === 'faultPlayed' || ('sessionId' in entry && entry.sessionId === sessionId),
  );
  const messages = rows.filter((row) => row.kind === 'message');
  const received = events.flatMap((event) =>
    event.type === 'received' && event.event.type === 'message'
      ? (event.event.message.id ?? [])
      : [],
  );
  const start = events.find((event) => event.type === 'started');
  const byRest = entries.flatMap((entry) =>
    entry.kind === 'messageGiven' && entry.by === 'rest' && (start?.messages.length ?? 0) > 0
      ? entry.messageId
      : [],
  );
  return {
    sessionId,
    events,
    rows,
    own: messages.filter((row) => row.author === 'client'),
    foreign: messages.filter((row) => row.author !== 'client'),
    deeds,
    entries,
    taken: entries.filter((entry) => entry.kind === 'messageTaken'),
    received: new Set([...received, ...byRest]),
    isOrderSpoilt: entries.some(
      (entry) =>
        entry.kind === 'faultPlayed' && ['late', 'reorder', 'replay'].includes(entry.fault.kind),
    ),
  };
}

/** What is on the screen is what the next start would show. */
function compareRows(shown: readonly Row[], replayed: readonly Row[]): string[] {
  const text = (rows: readonly Row[]): string[] => rows.map((row) => JSON.stringify(row));
  const [a, b] = [text(shown), text(replayed)];
  const index = a.findIndex((row, place) => row !== b[place]);
  if (index < 0 && a.length === b.length) return [];
  const place = index < 0 ? a.length : index;
  return [`screen and journal differ: ${a[place] ?? 'nothing'} / ${b[place] ?? 'nothing'}`];
}

function lostOnes({ own, deeds, events }: Evidence): string[] {
  const removed = new Set(events.flatMap((event) => (event.type === 'removed' ? event.key : [])));
  return deeds.sends
    .filter((send) => !send.mayBeGone && !own.some((row) => row.key === send.key))
    .filter((send) => !(removed.has(send.key) && (send.withdrawn || deeds.handedOver)))
    .map((send) => `lost: "${send.text}" (${send.key}) is not shown`);
}

/** Sent or read: the server has it. Failed, queued or taken back: it has not. And nothing twice. */
function lies({ own, taken, deeds }: Evidence): string[] {
  const texts = new Set([...deeds.sends.map((send) => send.text), ...taken.map((it) => it.body)]);
  return [...texts].flatMap((text) => {
    const rows = own.filter((row) => row.text === text);
    const sends = deeds.sends.filter((send) => send.text === text);
    const again = sends.reduce((sum, send) => sum + send.again, 0);
    const confirmed = sends.filter((send) => send.confirmed).length;
    const count = taken.filter((entry) => entry.body === text).length;
    const isShownTaken = (row: MessageRow): boolean =>
      row.delivery === 'sent' || row.delivery === 'read';
    const shownTaken = rows.filter(isShownTaken).length;
    const mayBeTaken = rows.filter((row) => isShownTaken(row) || row.delivery === 'unknown').length;
    const states = rows.map((row) => row.delivery).join(', ');
    const found: string[] = [];
    if (count > sends.length + again) found.push(`doubled: "${text}" was taken ${count} times`);
    if (shownTaken - confirmed > count)
      found.push(`lie: "${text}" is shown as ${states}, taken ${count} times`);
    if (count > mayBeTaken + again)
      found.push(`lie: "${text}" was taken ${count} times, and is shown as ${states || 'nothing'}`);
    return found;
  });
}

/** What was sent once and never in doubt is taken in the person's order. */
function disorder({ taken, deeds, events }: Evidence): string[] {
  const inDoubt = new Set(
    events.flatMap((event) => (event.type === 'becameUnknown' ? event.key : [])),
  );
  const texts = deeds.sends.map((send) => send.text);
  const isPlain = (send: OwnSend): boolean =>
    send.again === 0 &&
    !inDoubt.has(send.key) &&
    texts.indexOf(send.text) === texts.lastIndexOf(send.text);
  const order = deeds.sends.filter(isPlain).map((send) => send.text);
  const places = taken.map((entry) => order.indexOf(entry.body)).filter((place) => place >= 0);
  return places.some((place, index) => place < (places[index - 1] ?? -1))
    ? [`out of order: ${places.map((place) => order[place]).join(' | ')}`]
    : [];
}

/** When all is healed and quiet, nothing waits any more. */
function stuckOnes({ own }: Evidence, isOnline: boolean): string[] {
  return own
    .filter((row) => row.delivery === 'sending' || (row.delivery === 'queued' && isOnline))
    .map((row) => `stuck: "${row.text}" is ${String(row.delivery)}`);
}

/** An unknown one that the other side has named is settled. */
function unsettledOnes({ own, events, taken }: Evidence): string[] {
  const texts = own.map((row) => row.text);
  return own.flatMap((row) => {
    const isUnique = texts.indexOf(row.text) === texts.lastIndexOf(row.text);
    const once = taken.filter((entry) => entry.body === row.text).length === 1;
    if (row.delivery !== 'unknown' || !isUnique || !once) return [];
    const leftAt = events.findLast((it) => it.type === 'sending' && it.key === row.key)?.at ?? 0;
    const evidence = events.find((event) => {
      if (event.type !== 'received' || event.event.type !== 'message' || event.at < leftAt)
        return false;
      const { message } = event.event;
      return (
        (message.author === 'client' && message.text === row.text) ||
        message.replyTo?.text === row.text
      );
    });
    return evidence === undefined
      ? []
      : [`unsettled: "${row.text}" is unknown, though the other side named it`];
  });
}

function incomingOnes(evidence: Evidence): string[] {
  const { entries, foreign, received, rows, isOrderSpoilt } = evidence;
  const gaps = rows.flatMap((row) =>
    row.kind === 'happening' && row.happening.type === 'gap' ? row.happening : [],
  );
  const firstOnline = entries.find((entry) => entry.kind === 'socketConnected')?.at ?? Infinity;
  const told = new Map<string, { body: string; at: number; createdAt: number | null }>();
  const lost: string[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'messageGiven' && entry.kind !== 'messageMissed') continue;
    if (entry.author === 'CLIENT') continue;
    const { messageId, body, at } = entry;
    const createdAt = entry.kind === 'messageGiven' ? entry.createdAt : null;
    if (!told.has(messageId)) told.set(messageId, { body, at, createdAt });
  }
  const ended = rows.find((row) => row.kind === 'happening' && row.happening.type === 'ended');
  for (const [id, { body, at, createdAt }] of told) {
    if (received.has(id) || at <= firstOnline || (ended !== undefined && at >= ended.at - 60_000))
      continue;
    // The row says of what time something may be missing: that of the saying, or of the giving.
    const times = [at, createdAt ?? at];
    if (!gaps.some((gap) => times.some((time) => gap.from <= time && time <= gap.to)))
      lost.push(`missed without a word: "${body.slice(0, 40)}" of ${at}`);
  }
  return [
    ...lost,
    ...wrongCounts(foreign, told, received),
    ...jumbled(foreign, told, isOrderSpoilt),
  ];
}

/** Each one received is one row. */
function wrongCounts(
  foreign: readonly MessageRow[],
  told: ReadonlyMap<string, { readonly body: string }>,
  received: ReadonlySet<string>,
): string[] {
  const due = new Map<string, number>();
  for (const [id, { body }] of told)
    due.set(body, (due.get(body) ?? 0) + (received.has(id) ? 1 : 0));
  const texts = new Set([...due.keys(), ...foreign.map((row) => row.text)]);
  return [...texts].flatMap((text) => {
    const shown = foreign.filter((row) => row.text === text).length;
    const expected = due.get(text) ?? 0;
    return shown === expected
      ? []
      : [`"${text.slice(0, 40)}" of the other side is shown ${shown} times, received ${expected}`];
  });
}

/** In the server's order; within a second, which is all its times tell, in that of their coming. */
function jumbled(
  foreign: readonly MessageRow[],
  told: ReadonlyMap<string, { readonly body: string; readonly createdAt: number | null }>,
  isOrderSpoilt: boolean,
): string[] {
  const all = [...told.values()];
  const places = foreign.flatMap((row) => {
    const same = all.filter((it) => it.body === row.text);
    const [only] = same;
    if (only === undefined || only.createdAt === null || same.length > 1) return [];
    return isOrderSpoilt ? Math.floor(only.createdAt / 1000) : all.indexOf(only);
  });
  return places.some((place, index) => place < (places[index - 1] ?? -1))
    ? [`the other side is out of order: ${places.join(' ')}`]
    : [];
}

/** Who was told to wait (and for how long) does not call before. */
function impatience({ entries }: Evidence): string[] {
  const calls = entries.flatMap((entry) => {
    if (entry.kind === 'messageTaken') return [{ at: entry.at, wait: 0 }];
    if (entry.kind !== 'faultPlayed' || entry.route !== 'send') return [];
    const { fault } = entry;
    const seconds = fault.kind === 'status' ? Number(fault.retryAfter ?? 0) : 0;
    return [{ at: entry.at, wait: Math.min((seconds || 0) * 1000, LONGEST_WAIT) }];
  });
  return calls.flatMap(({ at, wait }, index) => {
    const next = calls[index + 1];
    return next !== undefined && next.at < at + wait
      ? [`called ${at + wait - next.at} ms before the server wanted it, at ${next.at}`]
      : [];
  });
}
