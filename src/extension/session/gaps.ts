// Times without a connection: what was said in them may be missing, and the screen says so until the
// server has told it.

import { type Conversation, type Gap } from './conversation';
import { addHappening, removeRow } from './rows';

/** A server that keeps events for those who are away gives them this soon after their return, ms. */
const REPLAY_TIME = 5_000;
/** So many of them are looked at. */
const MOST = 50;
/** TWIN's times may be whole seconds, ms. */
const RESOLUTION = 1_000;

export function gapHappened(c: Conversation, from: number, to: number, at: number): Conversation {
  const next = addHappening(c, { type: 'gap', from, to }, at);
  const key = next.view.rows.at(-1)?.key ?? '';
  return { ...next, openGaps: [...c.openGaps, { from, to, key, ahead: null, written: [] }] };
}

/** Everything that was said between the two times is here. */
export function gapFilled(c: Conversation, from: number, to: number): Conversation {
  const gap = c.openGaps.find((it) => it.from === from && it.to === to);
  return gap === undefined ? c : close(c, gap);
}

/**
 * A new message that was written during an outage and comes right after it proves that the server
 * keeps events for those who are away: nothing is missing then. When it was written tells the server's
 * clock; how that goes beside the one here is measured after the outage, by what comes then, for
 * either may have been set before.
 *
 * @param isNew whether it is a message that was not here before
 */
export function noteAfterGap(
  c: Conversation,
  createdAt: number | null,
  at: number,
  isNew: boolean,
): Conversation {
  const gap = c.openGaps.at(-1);
  if (gap === undefined || createdAt === null) return c;
  const ahead = Math.min(gap.ahead ?? Infinity, at - createdAt);
  const isSoon = isNew && at <= gap.to + REPLAY_TIME && gap.written.length < MOST;
  const written = isSoon ? [...gap.written, createdAt] : gap.written;
  const isInside = (time: number): boolean =>
    time >= gap.from - ahead && time + RESOLUTION <= gap.to - ahead;
  if (written.some(isInside)) return close(c, gap);
  return { ...c, openGaps: [...c.openGaps.slice(0, -1), { ...gap, ahead, written }] };
}

function close(c: Conversation, gap: Gap): Conversation {
  return { ...removeRow(c, gap.key), openGaps: c.openGaps.filter((it) => it !== gap) };
}
