import { rangesOn } from './findText';

/** One match: which of its row's it is, from 0. */
export interface MatchPlace {
  readonly key: string;
  readonly index: number;
}

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

  /** @returns where the current match is, if it is drawn */
  paint(pattern: RegExp, current: MatchPlace | null): AbstractRange | null {
    const all = new Highlight();
    const now = new Highlight();
    let found: AbstractRange | null = null;
    this.mark(null);
    for (const row of this.list.querySelectorAll('article')) {
      const ranges = rangesOn(row, pattern);
      const isCurrent = row.dataset['messageId'] === current?.key;
      for (const range of ranges) all.add(range);
      if (!isCurrent) continue;
      found = ranges[current?.index ?? 0] ?? null;
      if (found !== null) now.add(found);
      // It is in what the row has folded away.
      else this.mark(row);
    }
    now.priority = 1;
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
