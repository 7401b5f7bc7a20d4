import type { ListItem } from './listItems';

/** What is drawn, as indices of items: from `first` up to but not including `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** The heights of all items, CSS pixels: as they were last measured, guessed till then. */
export class Heights {
  private items: readonly ListItem[] = [];
  private known: number[] = [];

  /** Takes over other items. Those that were there before keep their heights. */
  update(items: readonly ListItem[]): void {
    const { items: before, known } = this;
    let from = 0;
    while (from < items.length && from < before.length && before[from] === items[from]) from += 1;
    const old = new Map(before.slice(from).map(({ key }, index) => [key, known[from + index]]));
    known.length = from;
    for (const item of items.slice(from)) known.push(old.get(item.key) ?? guess(item));
    this.items = items;
  }

  set(index: number, height: number): void {
    this.known[index] = height;
  }

  /** The sum of the items in a range. */
  sum({ first, end }: Range): number {
    let sum = 0;
    for (let index = first; index < end; index += 1) sum += this.known[index] ?? 0;
    return sum;
  }

  get total(): number {
    return this.sum({ first: 0, end: this.known.length });
  }

  /** The items that lie between two heights, counted from the start of the list. */
  between(top: number, bottom: number): Range {
    const { known } = this;
    let first = 0;
    let height = 0;
    while (first < known.length - 1 && height + (known[first] ?? 0) <= top) {
      height += known[first] ?? 0;
      first += 1;
    }
    let end = first;
    while (end < known.length && height < bottom) {
      height += known[end] ?? 0;
      end += 1;
    }
    return { first, end };
  }
}

const LINE = 20;
const LETTERS_A_LINE = 48;
/** So many letters of a text are shown at first. */
const LONGEST = 3_000;

function guess(item: ListItem): number {
  if (item.kind === 'day' || item.row.kind === 'happening') return 1.5 * LINE;
  const { text, answers, attachments, delivery } = item.row;
  const lines = Math.ceil(Math.min(text.length, LONGEST) / LETTERS_A_LINE);
  const around = (item.startsRun ? 2 : 0) + (delivery === null ? 0 : 1) + attachments.length * 2;
  return 6 + LINE * (lines + around + (answers.length > 0 ? 2 : 0));
}
