// Times without a connection: what was said in them may be missing, and the screen says so until the
// server has told it.

import type { IncomingMessage } from '../twin/model';
import { type Conversation, type Gap } from './conversation';
import { addHappening, removeRow } from './rows';
import { toServerTime } from './serverTime';

/** A server that keeps events for those who are away gives them this soon after their return, ms. */
const REPLAY_TIME = 5_000;
/** TWIN's times may be whole seconds, ms. */
const RESOLUTION = 1_000;

export function gapHappened(c: Conversation, from: number, to: number, at: number): Conversation {
  const next = addHappening(c, { type: 'gap', from, to }, at);
  const key = next.view.rows.at(-1)?.key ?? '';
  return { ...next, openGaps: [...c.openGaps, { from, to, key }] };
}

/** Everything that was said between the two times is here. */
export function gapFilled(c: Conversation, from: number, to: number): Conversation {
  const gap = c.openGaps.find((it) => it.from === from && it.to === to);
  return gap === undefined ? c : close(c, gap);
}

/**
 * A new message that was written during an outage and comes right after it proves that the server
 * keeps events for those who are away: nothing is missing then.
 */
export function gapFilledByReplay(
  c: Conversation,
  { createdAt }: IncomingMessage,
  at: number,
): Conversation {
  const gap = c.openGaps.at(-1);
  if (gap === undefined || createdAt === null || at > gap.to + REPLAY_TIME) return c;
  const inside =
    createdAt >= toServerTime(c, gap.from) && createdAt + RESOLUTION <= toServerTime(c, gap.to);
  return inside ? close(c, gap) : c;
}

function close(c: Conversation, gap: Gap): Conversation {
  return { ...removeRow(c, gap.key), openGaps: c.openGaps.filter((it) => it !== gap) };
}
