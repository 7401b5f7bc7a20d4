import type { LedgerEntry } from '../../src/simulator/ledger';

/** What is wrong with the acknowledgements of a session: at most one each, and none forgotten. */
export function acknowledgements(entries: readonly LedgerEntry[]): string[] {
  const counts = new Map<string, number>();
  for (const entry of entries)
    if (entry.kind === 'acknowledged')
      counts.set(entry.messageId, (counts.get(entry.messageId) ?? 0) + 1);
  const repeated = [...counts]
    .filter(([, count]) => count > 1)
    .map(([id, count]) => `acknowledged ${count} times: ${id}`);
  const forgotten = liveGivings(entries).filter((id) => !counts.has(id));
  return [...repeated, ...forgotten.map((id) => `never acknowledged: ${id}`)];
}

/** The messages after which, over the same connection, one was given that was acknowledged. */
function liveGivings(entries: readonly LedgerEntry[]): readonly string[] {
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
    const { messageId, socketId: socket = '' } = entry;
    if (!firstGiven.has(messageId)) firstGiven.set(messageId, { socket, place });
  });
  return [...firstGiven].flatMap(([id, { socket, place }]) =>
    (lastHeard.get(socket) ?? -1) > place ? id : [],
  );
}
