// Compares, after a seed, what the platform really took and gave with the journal and the screen.

import { emptyConversation } from '../../src/extension/session/conversation';
import {
  loadJournal,
  NewerJournalError,
  type LoadedJournal,
} from '../../src/extension/session/journal';
import { replay } from '../../src/extension/session/replay';
import type { DurableEvent } from '../../src/extension/session/sessionEvent';
import type { ConversationView, MessageRow, Row } from '../../src/shared/conversation';
import type { LedgerEntry } from '../../src/simulator/ledger';
import { acknowledgements } from './acknowledgements';
import type { Deeds, OwnSend } from './person';
import type { World } from './world';

type EntryOf<Kind extends LedgerEntry['kind']> = Extract<LedgerEntry, { readonly kind: Kind }>;

/** No server may silence the chat for longer, ms. */
const LONGEST_WAIT = 600_000;

/** After this a call is given up, ms. */
const CALL_TIMEOUT = 30_000;

/** All that is known of one session. */
interface Evidence {
  readonly world: World;
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
  /** The disk did not have all of it when its window closed, and the screen had said so. */
  readonly isForgotten: boolean;
}

/** What is wrong, in words; empty when all is well. */
export async function judge(world: World, deeds: ReadonlyMap<string, Deeds>): Promise<string[]> {
  const complaints = [...world.complaints, ...(await world.newerOne())];
  const carriedOn = world.shown.filter(
    (session) => !session.isElsewhere && !world.isStale(session),
  );
  for (const key of new Set([...(await world.disk.list()), ...carriedOn.map((it) => it.key)])) {
    const loaded = await load(world, key);
    if (loaded === null) continue;
    const { events, setAside } = loaded;
    if (setAside !== (world.spoilt.get(key) ?? 0))
      complaints.push(`${setAside} lines of the journal cannot be read`);
    const session = carriedOn.find((it) => it.key === key) ?? null;
    const replayed = replay(emptyConversation(key, false), events, (error) => {
      complaints.push(`the journal does not fit: ${String(error)}`);
    }).view.rows;
    if (session !== null) complaints.push(...compare(world, session.conversation, replayed));
    const rows = session?.conversation.rows ?? replayed;
    const evidence = gather(world, key, { events, rows, deeds: deeds.get(key) });
    if (evidence === null) continue;
    const isOnline = session?.conversation.connection === 'online';
    complaints.push(
      ...lies(evidence),
      ...lostOnes(evidence),
      ...stuckOnes(evidence, isOnline),
      ...falseEnds(evidence),
      // What the server wants is kept over a restart by the clock on the wall.
      ...(world.isClockSet || evidence.isForgotten ? [] : impatience(evidence)),
    );
    // The rest is told by the journal, of which a bad disk has a part only.
    if (session?.conversation.storageFailed !== true && !evidence.isForgotten)
      complaints.push(
        ...acknowledgements(evidence.entries),
        // What a bad disk holds does not hold up the rest.
        ...(world.wasDiskBad ? [] : disorder(evidence)),
        ...unsettledOnes(evidence),
        ...incomingOnes(evidence),
      );
  }
  complaints.push(...world.simulator.ledger.complaints().map((it) => `complaint: ${it.what}`));
  return complaints;
}

/** `null` for what a later version has written. */
async function load(world: World, key: string): Promise<LoadedJournal | null> {
  try {
    return await loadJournal(world.disk, key);
  } catch (error) {
    if (error instanceof NewerJournalError) return null;
    throw error;
  }
}

/** What the disk does not take is on the screen only, which says so. */
function compare(world: World, view: ConversationView, replayed: readonly Row[]): string[] {
  if (world.disk.trouble === null) {
    const told = view.storageFailed ? ['a sound disk is said to have failed'] : [];
    return [...told, ...compareRows(view.rows, replayed)];
  }
  if (compareRows(view.rows, replayed).length === 0 || view.storageFailed) return [];
  return ['the disk takes nothing, and nobody is told'];
}

interface Found {
  readonly events: readonly DurableEvent[];
  readonly rows: readonly Row[];
  readonly deeds: Deeds | undefined;
}

function gather(world: World, key: string, { events, rows, deeds }: Found): Evidence | null {
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
    world,
    sessionId,
    events,
    rows,
    own: messages.filter((row) => row.author === 'client'),
    foreign: messages.filter((row) => row.author !== 'client'),
    deeds: deeds ?? { sends: [], handedOver: false },
    entries,
    taken: entries.filter((entry) => entry.kind === 'messageTaken'),
    received: new Set([...received, ...byRest]),
    isOrderSpoilt: entries.some(
      (entry) =>
        entry.kind === 'faultPlayed' && ['late', 'reorder', 'replay'].includes(entry.fault.kind),
    ),
    isForgotten: world.forgotten.has(key),
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

function lostOnes({ world, own, deeds, events, isForgotten }: Evidence): string[] {
  const removed = new Set(events.flatMap((event) => (event.type === 'removed' ? event.key : [])));
  // What the disk never knew, it does not know to be gone.
  const isGone = (send: OwnSend): boolean => isForgotten || removed.has(send.key);
  const drafts = world.shown.map((session) => session.conversation.composer.draft.text).join('\n');
  // What came back into the composer may go with another.
  const isKept = ({ text }: OwnSend): boolean =>
    drafts.includes(text) ||
    world.leftBehind.some((left) => left.includes(text)) ||
    own.some((row) => row.text.includes(text));
  return deeds.sends
    .filter((send) => !isKept(send))
    .filter((send) => !send.mayBeGone && !own.some((row) => row.key === send.key))
    .filter((send) => !(isGone(send) && (send.withdrawn || deeds.handedOver)))
    .map((send) => `lost: "${send.text}" (${send.key}) is not shown`);
}

/** Sent or read: the server has it. Failed, queued or taken back: it has not. And nothing twice. */
function lies({ own, taken, deeds, isForgotten }: Evidence): string[] {
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
    const gone = isForgotten ? Math.max(0, sends.length - rows.length) : 0;
    const found: string[] = [];
    if (count > sends.length + again) found.push(`doubled: "${text}" was taken ${count} times`);
    if (shownTaken - confirmed > count)
      found.push(`lie: "${text}" is shown as ${states}, taken ${count} times`);
    if (count > mayBeTaken + again + gone)
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
function stuckOnes({ own, world }: Evidence, isOnline: boolean): string[] {
  const isHeld = (row: MessageRow): boolean =>
    world.disk.trouble !== null && row.problem?.reason === 'disk';
  return own
    .filter((row) => !isHeld(row))
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
    const left = events.findLastIndex((it) => it.type === 'sending' && it.key === row.key);
    const evidence = events.slice(left + 1).find((event) => {
      if (event.type !== 'received' || event.event.type !== 'message') return false;
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
  const { world, entries, foreign, received, rows, isOrderSpoilt } = evidence;
  const gaps = rows.flatMap((row) => {
    if (row.kind !== 'happening' || row.happening.type !== 'gap') return [];
    const { from, to } = row.happening;
    const ends = world.platformTimes(to);
    return world
      .platformTimes(from)
      .flatMap((begin) => ends.map((end) => ({ from: begin, to: end })));
  });
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
  const endedAt = ended === undefined ? Infinity : Math.min(...world.platformTimes(ended.at));
  for (const [id, { body, at, createdAt }] of told) {
    if (received.has(id) || at <= firstOnline || at >= endedAt - 60_000) continue;
    if (world.isOvertaken(entries, id)) continue;
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

/** Who says that the server has ended the session has it from the server, or from its lifetime. */
function falseEnds({ world, rows, entries }: Evidence): string[] {
  const ended = rows.find((row) => row.kind === 'happening' && row.happening.type === 'ended');
  const started = entries.find((entry) => entry.kind === 'sessionStarted');
  if (ended?.kind !== 'happening' || started === undefined) return [];
  const byServer = ended.happening.type === 'ended' && ended.happening.by === 'server';
  const overAt = started.at + world.ttl * 1000;
  const isOver =
    entries.some((entry) => entry.kind === 'sessionEnded') ||
    world.platformTimes(ended.at).some((at) => at >= overAt);
  return byServer && !isOver ? ['said to be ended by the server, which knows nothing of it'] : [];
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
  // A call that its caller gave up long ago is answered still.
  const isSlow = entries.some(
    (entry) =>
      entry.kind === 'faultPlayed' &&
      entry.fault.kind === 'latency' &&
      entry.fault.ms[0] >= CALL_TIMEOUT,
  );
  if (isSlow) return [];
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
