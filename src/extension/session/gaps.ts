// Times without a connection: what was said in them may be missing, and the screen says so until the
// server has told it.

import { type Conversation } from './conversation';
import { addHappening, removeRow } from './rows';

export function gapHappened(c: Conversation, from: number, to: number, at: number): Conversation {
  const next = addHappening(c, { type: 'gap', from, to }, at);
  const key = next.view.rows.at(-1)?.key ?? '';
  return { ...next, openGaps: [...c.openGaps, { from, to, key }] };
}

/** Everything that was said between the two times is here. */
export function gapFilled(c: Conversation, from: number, to: number): Conversation {
  const gap = c.openGaps.find((it) => it.from === from && it.to === to);
  if (gap === undefined) return c;
  return { ...removeRow(c, gap.key), openGaps: c.openGaps.filter((it) => it !== gap) };
}
