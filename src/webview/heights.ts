import type { ListItem } from './listItems';

/** What is drawn, as indices of items: from `first` up to but not including `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** The heights of all items, CSS pixels: as they were last measured, guessed till then. */
export class Heights {
  private items: readonly ListItem[] = [];
  private readonly known: number[] = [];
  /** Where each item begins, and the last one ends, as far as that has been asked for. */
  private readonly tops = [0];

  /** Takes over other items. Those that were there before keep their heights. */
  update(items: readonly ListItem[]): void {
    const { items: before, known } = this;
    let from = 0;
    while (from < items.length && from < before.length && before[from] === items[from]) from += 1;
    const old = new Map(before.slice(from).map(({ key }, index) => [key, known[from + index]]));
    const height =
      old.size === 0 ? guess : (item: ListItem): number => old.get(item.key) ?? guess(item);
    known.length = from;
    for (const item of items.slice(from)) known.push(height(item));
    this.items = items;
    this.forgetFrom(from);
  }

  set(index: number, height: number): void {
    if (this.known[index] === height) return;
    this.known[index] = height;
    this.forgetFrom(index);
  }

  /** The sum of the items in a range. */
  sum({ first, end }: Range): number {
    return this.top(end) - this.top(first);
  }

  get total(): number {
    return this.top(this.known.length);
  }

  /** The items that lie between two heights, counted from the start of the list. */
  between(top: number, bottom: number): Range {
    const { length } = this.known;
    const first = this.search(0, length - 1, (index) => this.top(index + 1) > top);
    return { first, end: this.search(first, length, (index) => this.top(index) >= bottom) };
  }

  private top(index: number): number {
    const { tops, known } = this;
    for (let at = tops.length; at <= index; at += 1)
      tops.push((tops[at - 1] ?? 0) + (known[at - 1] ?? 0));
    return tops[index] ?? 0;
  }

  private forgetFrom(index: number): void {
    this.tops.length = Math.min(this.tops.length, index + 1);
  }

  /** The first index from `low` on that a test holds for, as for all after it; else `high`. */
  private search(low: number, high: number, holds: (index: number) => boolean): number {
    let [from, to] = [low, Math.max(low, high)];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (holds(middle)) to = middle;
      else from = middle + 1;
    }
    return from;
  }
}

const LINE = 20;
/** A day or a happening. A whole number, as all are: an array of those takes half the memory. */
const SMALL = 30;
const LETTERS_A_LINE = 48;
/** So many letters of a text are shown at first. */
const LONGEST = 3_000;

function guess(item: ListItem): number {
  if (item.kind === 'day' || item.row.kind === 'happening') return SMALL;
  const { text, answers, attachments, delivery } = item.row;
  const lines = Math.ceil(Math.min(text.length, LONGEST) / LETTERS_A_LINE);
  const around = (item.startsRun ? 2 : 0) + (delivery === null ? 0 : 1) + attachments.length * 2;
  return 6 + LINE * (lines + around + (answers.length > 0 ? 2 : 0));
}
