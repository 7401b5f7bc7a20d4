import type { ChatSession } from '../../src/extension/session/chatSession';
import type { LedgerEntry } from '../../src/simulator/ledger';
import type { Evidence } from './evidence';
import type { Look } from './world';

/**
 * What is wrong with the acknowledgements of a session: at most one each, none forgotten, and none
 * before its time.
 *
 * @param session what is shown of it; `null` for one that is only on disk
 */
export function acknowledgements(evidence: Evidence, session: ChatSession | null): string[] {
  const { entries } = evidence;
  const times = new Map<string, readonly number[]>();
  for (const entry of entries)
    if (entry.kind === 'acknowledged')
      times.set(entry.messageId, [...(times.get(entry.messageId) ?? []), entry.at]);
  return [
    ...repeated(times, evidence),
    ...liveGivings(evidence)
      .filter((id) => !times.has(id) && !mayBeUnseen(id, evidence, session))
      .map((id) => `never acknowledged: ${id}`),
    ...unseen(times, evidence),
  ];
}

/** Once; and once more where a bad disk has forgotten that. */
function repeated(
  times: ReadonlyMap<string, readonly number[]>,
  { forgottenAt }: Evidence,
): string[] {
  return [...times].flatMap(([id, each]) =>
    each.slice(1).flatMap((at, index) => {
      const before = each[index] ?? 0;
      return forgottenAt.some((lapse) => before <= lapse && lapse <= at)
        ? []
        : [`acknowledged ${each.length} times: ${id}`];
    }),
  );
}

/** Where a message is acknowledged once it is seen, the person has looked by then. */
function unseen(
  times: ReadonlyMap<string, readonly number[]>,
  { world, key, entries }: Evidence,
): string[] {
  const looks = world.looks.get(key) ?? [];
  return [...times].flatMap(([id, [at = 0]]) => {
    const given = firstForeign(entries, id);
    if (given === null) return [];
    // The history gives, too, and the ledger knows nothing of it.
    const came = Math.min(given, world.delivered.get(id) ?? Infinity);
    if (!world.receipts.areOnSight(came, at)) return [];
    return looks.some((look) => came <= look.at && look.at <= at)
      ? []
      : [`acknowledged before it was seen: ${id} at ${at}`];
  });
}

/**
 * Whether nobody may have seen it in time: the person did not look while the session lived, and knew
 * it. What he saw as the line was dead, and not known to be, was acknowledged into it.
 */
function mayBeUnseen(id: string, evidence: Evidence, session: ChatSession | null): boolean {
  const { world, key, entries, forgottenAt } = evidence;
  const given = firstForeign(entries, id);
  if (given === null || !world.receipts.wereEverOnSight) return false;
  if (forgottenAt.some((lapse) => lapse >= given)) return true;
  const look = (world.looks.get(key) ?? []).find(({ at }) => at >= given);
  return session?.isLive !== true || look === undefined || isDeaf(look, evidence);
}

/** Whether the line was dead as he looked, and not known to be. */
function isDeaf({ at, isOnline }: Look, { world, entries }: Evidence): boolean {
  const since = world.network.mutedAt.findLast((mute) => mute <= at);
  const isBack = ({ kind, at: time }: LedgerEntry): boolean =>
    kind === 'socketConnected' && time > (since ?? at) && time <= at;
  return isOnline && since !== undefined && !entries.some(isBack);
}

/** When a message of the other side was first given; `null` for own ones, which nobody has to see. */
function firstForeign(entries: readonly LedgerEntry[], id: string): number | null {
  const given = entries.find((entry) => entry.kind === 'messageGiven' && entry.messageId === id);
  return given?.kind === 'messageGiven' && given.author !== 'CLIENT' ? given.at : null;
}

/**
 * The messages whose acknowledgement must have arrived: over the same connection came one of later, or
 * it is there still. What the history had brought before was acknowledged over the connection of that
 * time.
 */
function liveGivings({ world, entries }: Evidence): readonly string[] {
  const firstGiven = new Map<string, { readonly socket: string; readonly place: number }>();
  const lastHeard = new Map<string, number>();
  entries.forEach((entry, place) => {
    if (entry.kind === 'acknowledged') {
      const given = firstGiven.get(entry.messageId);
      const before = lastHeard.get(entry.socketId) ?? -1;
      if (given?.socket === entry.socketId)
        lastHeard.set(entry.socketId, Math.max(given.place, before));
    }
    if (entry.kind !== 'messageGiven' || entry.by !== 'socket') return;
    const { messageId, socketId: socket = '', at } = entry;
    const isFirst = (world.delivered.get(messageId) ?? at) >= at;
    if (isFirst && !firstGiven.has(messageId)) firstGiven.set(messageId, { socket, place });
  });
  const open = openSocket(entries);
  return [...firstGiven].flatMap(([id, { socket, place }]) =>
    (lastHeard.get(socket) ?? -1) > place || (socket === open && world.delivered.has(id)) ? id : [],
  );
}

/** The connection that is there at the end. */
function openSocket(entries: readonly LedgerEntry[]): string | undefined {
  const last = entries.findLast((entry) => entry.kind === 'socketConnected');
  const isLost = ({ kind, ...entry }: LedgerEntry): boolean =>
    kind === 'socketDisconnected' && 'socketId' in entry && entry.socketId === last?.socketId;
  return entries.some(isLost) ? undefined : last?.socketId;
}
