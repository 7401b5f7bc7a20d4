// Which conversations of the disk are old enough to go.

import { loadJournal } from './journal';
import type { JournalStorage } from './journalStorage';
import { mayStillBeLive } from './replay';

const DAY = 86_400_000;

/**
 * Names of the journals that are not to be kept any longer. With 0 days that is every session that
 * is over; what never began is kept till the next session has its text.
 */
export async function outdatedJournals(
  storage: JournalStorage,
  days: number,
  now: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await storage.list()) {
    const { changedAt } = await storage.stat(name);
    if (days > 0 ? changedAt < now - days * DAY : await isOver(storage, name, now))
      found.push(name);
  }
  return found;
}

async function isOver(storage: JournalStorage, name: string, now: number): Promise<boolean> {
  try {
    const { events } = await loadJournal(storage, name);
    return events.some(({ type }) => type === 'started') && !mayStillBeLive(events, now);
  } catch {
    return false; // what cannot be read is left as it is
  }
}
