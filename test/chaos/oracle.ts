// Compares, after a seed, what the platform really took and gave with the journal and the screen. What
// is not judged, and why, stands in docs/chaos.md.

import { emptyConversation, type Conversation } from '../../src/extension/session/conversation';
import {
  loadJournal,
  NewerJournalError,
  type LoadedJournal,
} from '../../src/extension/session/journal';
import { reduce } from '../../src/extension/session/reducer';
import { recoveryEvents, replay } from '../../src/extension/session/replay';
import type { ConversationView, Row } from '../../src/shared/conversation';
import { acknowledgements } from './acknowledgements';
import { gather, type Evidence } from './evidence';
import { incomingOnes } from './incomingMessages';
import { disorder, falselySent, lies, lostOnes, stuckOnes, unsettledOnes } from './ownMessages';
import { impatience } from './patience';
import type { Deeds } from './person';
import type { World } from './world';

/** What is wrong, in words; empty when all is well. */
export async function judge(world: World, deeds: ReadonlyMap<string, Deeds>): Promise<string[]> {
  const complaints = [...world.complaints, ...(await world.newerOne())];
  const shown = world.shown.filter((session) => !session.isElsewhere);
  const carriedOn = shown.filter((session) => !world.isStale(session));
  for (const key of new Set([...(await world.disk.list()), ...carriedOn.map((it) => it.key)])) {
    const loaded = await load(world, key);
    if (loaded === null) continue;
    const { events, setAside } = loaded;
    if (setAside !== (world.spoilt.get(key) ?? 0))
      complaints.push(`${setAside} lines of the journal cannot be read`);
    const session = carriedOn.find((it) => it.key === key) ?? null;
    const replayed = replay(emptyConversation(key, false), events, (error) => {
      complaints.push(`the journal does not fit: ${String(error)}`);
    });
    if (session !== null)
      complaints.push(...compare(world, session.conversation, replayed.view.rows));
    const isInMemory = session?.conversation.storageFailed === true;
    const isCarriedOn = session !== null;
    const weigh = (rows: readonly Row[]): Evidence | null =>
      gather(world, key, { events, rows, deeds: deeds.get(key), isInMemory, isCarriedOn });
    const evidence = weigh(session?.conversation.rows ?? asOpened(replayed));
    if (evidence === null) continue;
    complaints.push(
      ...lies(evidence),
      ...falselySent(evidence),
      ...lostOnes(evidence),
      ...disorder(evidence),
      ...stuckOnes(evidence, session?.conversation.connection === 'online'),
      ...unsettledOnes(evidence),
      ...falseEnds(evidence),
      ...impatience(evidence),
      ...acknowledgements(evidence, session),
      ...incomingOnes(evidence),
    );
    for (const stale of shown.filter((it) => it.key === key && world.isStale(it))) {
      const there = weigh(stale.conversation.rows);
      if (there !== null) complaints.push(...falselySent(there));
    }
  }
  complaints.push(...world.simulator.ledger.complaints().map((it) => `complaint: ${it.what}`));
  return complaints;
}

/** What is shown of it where it is opened, to be read. */
function asOpened(c: Conversation): readonly Row[] {
  return recoveryEvents(c, c.lastEventAt ?? 0, null).reduce(reduce, c).view.rows;
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

/** What is on the screen is what the next start would show. */
function compareRows(shown: readonly Row[], replayed: readonly Row[]): string[] {
  const text = (rows: readonly Row[]): string[] => rows.map((row) => JSON.stringify(row));
  const [a, b] = [text(shown), text(replayed)];
  const index = a.findIndex((row, place) => row !== b[place]);
  if (index < 0 && a.length === b.length) return [];
  const place = index < 0 ? a.length : index;
  return [`screen and journal differ: ${a[place] ?? 'nothing'} / ${b[place] ?? 'nothing'}`];
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
    world.clock.platformTimes(ended.at).some((at) => at >= overAt);
  return byServer && !isOver ? ['said to be ended by the server, which knows nothing of it'] : [];
}
