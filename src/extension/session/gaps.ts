// Times without a connection: what was said in them may be missing, and the screen says so until the
// server has told it. Those with nothing between them share one row.

import type { Happening } from '../../shared/conversation';
import type { Conversation, Gap } from './conversation';
import { addHappening, changeHappening, removeRow } from './rows';

export function gapHappened(c: Conversation, from: number, to: number, at: number): Conversation {
  const last = c.view.rows.at(-1)?.key ?? '';
  const before = c.openGaps.filter(({ key }) => key === last);
  const gaps = [...before, { from, to }];
  // A new row, also where another one was: it is spoken.
  const next = addHappening(before.length > 0 ? removeRow(c, last) : c, spanOf(gaps), at);
  const key = next.view.rows.at(-1)?.key ?? '';
  const others = c.openGaps.filter((gap) => !before.includes(gap));
  return { ...next, openGaps: [...others, ...gaps.map((gap) => ({ ...gap, key }))] };
}

/** Everything that was said between the two times is here. */
export function gapFilled(c: Conversation, from: number, to: number): Conversation {
  const gap = c.openGaps.find((it) => it.from === from && it.to === to);
  if (gap === undefined) return c;
  const openGaps = c.openGaps.filter((it) => it !== gap);
  const left = openGaps.filter(({ key }) => key === gap.key);
  const next = left.length > 0 ? changeHappening(c, gap.key, spanOf(left)) : removeRow(c, gap.key);
  return { ...next, openGaps };
}

function spanOf(gaps: readonly Omit<Gap, 'key'>[]): Happening {
  const from = Math.min(...gaps.map((gap) => gap.from));
  const to = Math.max(...gaps.map((gap) => gap.to));
  return { type: 'gap', from, to };
}
