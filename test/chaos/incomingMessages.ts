// What became of the messages of the other side, by the ledger.

import type { MessageRow } from '../../src/shared/conversation';
import type { Evidence } from './evidence';
import type { World } from './world';

/** By then a dead line is known, ms: an end that comes before leaves no time to tell of it. */
const HEARTBEAT = 45_000;
/** What only a window that carries a session on does. */
const ACTS: ReadonlySet<string> = new Set(['socketConnected', 'acknowledged', 'messageTaken']);

export function incomingOnes(evidence: Evidence): string[] {
  const { world, entries, foreign, received, rows, isOrderSpoilt, forgottenAt } = evidence;
  const gaps = rows.flatMap((row) => {
    if (row.kind !== 'happening' || row.happening.type !== 'gap') return [];
    const { from, to } = row.happening;
    const ends = world.clock.platformTimes(to);
    return world.clock
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
  const endedAt = ended === undefined ? Infinity : Math.min(...world.clock.platformTimes(ended.at));
  // What a bad disk has forgotten for good: the gap that a window showed in its place is gone with it.
  const knownSince = evidence.isCarriedOn ? -Infinity : (forgottenAt.at(-1) ?? -Infinity);
  // What no window carries on is told of, since a window last did, by the one that takes it up again.
  const acts = entries.filter(({ kind }) => ACTS.has(kind));
  const isLeft = !evidence.isCarriedOn && ended === undefined;
  const heardTill = isLeft ? (acts.at(-1)?.at ?? Infinity) : Infinity;
  for (const [id, { body, at, createdAt }] of told) {
    if (received.has(id) || at <= knownSince || at <= firstOnline || at >= endedAt - HEARTBEAT)
      continue;
    if (at > heardTill) continue;
    if (world.isOvertaken(entries, id)) continue;
    // The row says of what time something may be missing: that of the saying, or of the giving.
    const times = [at, createdAt ?? at];
    if (!gaps.some((gap) => times.some((time) => gap.from <= time && time <= gap.to)))
      lost.push(`missed without a word: "${body.slice(0, 40)}" of ${at}`);
  }
  return [
    ...lost,
    ...wrongCounts(foreign, told, received),
    ...jumbled(foreign, told, isOrderSpoilt || !cameInOrder([...told.keys()], world)),
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

/** The history may bring what nobody was connected for after what was said later. */
function cameInOrder(ids: readonly string[], { delivered }: World): boolean {
  const times = ids.flatMap((id) => delivered.get(id) ?? []);
  return times.every((time, index) => time >= (times[index - 1] ?? time));
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
