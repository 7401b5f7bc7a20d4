import { centre } from './centre';
import type { PartPlace } from './finder';
import { partsOn, rangesOn, UNDRAWN } from './findText';

/** "Show more", where there is more. */
const MORE = '.fold-buttons > button:first-child:not([hidden])';
const END_IS_FOLDED = ':has(> .plain, > .code-block:only-child)';

/** Shows as much of a row as it takes for a match of `pattern` in it to be drawn, some of it later. */
export function unfold(
  row: Element,
  { kind, part, index, count }: PartPlace,
  pattern: RegExp,
): void {
  if (kind !== 'pieces') return;
  const piece = (): Element | undefined => partsOn(row).pieces[part];
  while (piece() === undefined && press(row, `[data-part="body"] > ${MORE}`));
  const it = piece();
  if (it === undefined) return;
  if (it.matches(UNDRAWN)) {
    const box = row.closest('.scroll-box');
    if (box !== null) centre(it, box); // it is drawn there
    return;
  }
  // Of a line or code alone it is the end that is folded; else it may be anything, and all has to be
  // there to know which match is which.
  const needed = it.matches(END_IS_FOLDED) ? index + 1 : count;
  while (rangesOn(it, pattern).length < needed && press(it, MORE));
}

function press(within: Element, selector: string): boolean {
  const more = within.querySelector<HTMLElement>(selector);
  more?.click();
  return more !== null;
}
