import type { PartPlace } from './finder';
import { partsOn, rangesOn } from './findText';
import { unfold } from './unfold';

const ALL = 'twin-find';
const CURRENT = 'twin-find-current';

/** Colours matches in the rows that are drawn (see find.css), without a change of the page. */
export class FindHighlight {
  private marked: HTMLElement | null = null;
  private readonly redrawn: MutationObserver;

  /** @param onRedrawn called when rows are drawn anew: they have to be painted again */
  constructor(
    private readonly list: HTMLElement,
    onRedrawn: () => void,
  ) {
    this.redrawn = new MutationObserver(onRedrawn);
  }

  /**
   * @param unfolds whether the current match is to come out of what is folded
   * @returns where the current match is, if it is drawn
   */
  paint(pattern: RegExp, current: PartPlace | null, unfolds: boolean): AbstractRange | null {
    const all = new Highlight();
    const now = new Highlight();
    let found: AbstractRange | null = null;
    this.mark(null);
    for (const row of this.list.querySelectorAll('article')) {
      const place = row.dataset['messageId'] === current?.key ? current : null;
      if (place && unfolds) unfold(row, place, pattern);
      for (const [kind, parts] of Object.entries(partsOn(row)))
        for (const [part, element] of parts.entries()) {
          const ranges = rangesOn(element, pattern);
          for (const range of ranges) all.add(range);
          if (kind === place?.kind && part === place.part) found = ranges[place.index] ?? null;
        }
      // It is in what the row has folded away, or read otherwise.
      if (place && found === null) this.mark(row);
    }
    if (found !== null) now.add(found);
    CSS.highlights.set(ALL, all);
    CSS.highlights.set(CURRENT, now);
    this.redrawn.observe(this.list, { childList: true, characterData: true, subtree: true });
    return found;
  }

  clear(): void {
    this.redrawn.disconnect();
    this.mark(null);
    CSS.highlights.delete(ALL);
    CSS.highlights.delete(CURRENT);
  }

  private mark(row: HTMLElement | null): void {
    this.marked?.classList.remove('revealed');
    row?.classList.add('revealed');
    this.marked = row;
  }
}
