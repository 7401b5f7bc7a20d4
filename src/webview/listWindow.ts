import type { MessageRow, Row } from '../shared/conversation';
import { setAttribute } from './dom';
import type { DrawnRows } from './drawnRows';
import type { Formats } from './formats';
import type { Heights, Range } from './heights';
import { listItems, newestOpenSet, type ListItem } from './listItems';
import type { Move } from './rowFocus';

/** Up to so many rows are all on the page; of more, those in sight and around it. */
const ALL_DRAWN = 200;
/** How far around what is in sight a long conversation is drawn, CSS pixels. */
const MARGIN = 1_000;
/** What is drawn farther away than this (CSS pixels) goes, all at once: not a row at each message. */
const FAR = 1_500;
/** What is left of it when more is drawn. */
const NEAR = 300;
/** Items drawn at each end of what is drawn already, in a task of their own. */
const STEP = 10;
/** Guessed heights turn out to be others once drawn; then what is in sight is asked for again. */
const MAX_TURNS = 4;
/** So much more than what is in sight is drawn with it, CSS pixels: mostly that saves a turn. */
const RESERVE = 120;

export interface WindowCalls {
  /** Whether one stays at the end, whatever comes. */
  isFollowing(): boolean;
  /** Other rows than before are on the page. */
  drawn(): void;
}

/** Of the list, CSS pixels from its start. */
type Sight = readonly [top: number, bottom: number];

/**
 * The window that a long conversation is drawn in. What is in sight is drawn at once, what is
 * around it in the frames that follow.
 */
export class ListWindow {
  private rows: readonly Row[] = [];
  /** Rows of the conversation before these, which are still to come. */
  private before = 0;
  private items: readonly ListItem[] = [];
  private range: Range = { first: 0, end: 0 };
  private target: Range = this.range;
  private changed = false;
  /** Rows came or went above what is drawn. */
  private shifted = false;
  private growth: symbol | null = null;
  private openSet: MessageRow | null = null;

  /**
   * @param box what scrolls
   */
  constructor(
    private readonly box: HTMLElement,
    private readonly log: HTMLElement,
    private readonly drawn: DrawnRows,
    private readonly heights: Heights,
    private readonly formats: Formats,
    private readonly calls: WindowCalls,
  ) {}

  /** The row whose answers have keys. */
  get openAnswers(): string | null {
    return this.openSet?.key ?? null;
  }

  /**
   * Takes other rows over; they are drawn by `drawEnd`, `fill` or `show`.
   *
   * @param missing how many come before these
   */
  update(rows: readonly Row[], missing: number): void {
    this.before = missing;
    const before = { rows: this.rows, items: this.items };
    this.items = listItems(rows, this.formats, before);
    this.openSet = newestOpenSet(rows, { rows: this.rows, openSet: this.openSet });
    this.rows = rows;
    this.heights.update(this.items);
    const { first } = this.range;
    this.range = this.moved(before.items);
    this.shifted ||= this.range.first !== first;
    this.changed = true;
  }

  /** Draws what one sees who is at the end. */
  drawEnd(): void {
    this.cover(() => {
      const { total } = this.heights;
      // At least as high as the box, and known without a layout.
      return [total - window.innerHeight, total];
    });
  }

  /** Draws what is in sight, if it is not. */
  fill(): void {
    if (this.shifted) {
      // The same rows first, which keep their place: what is in sight is counted from there.
      this.draw(this.range);
      this.changed = true;
    }
    if (this.growth === null && !this.changed) {
      const [top, bottom] = this.sight();
      if (holds(this.range, this.heights.between(top - NEAR, bottom + NEAR))) return;
    }
    this.cover(() => this.sight());
  }

  /** Draws a row, wherever it is. One has to go there then. */
  show(key: string): HTMLElement | null {
    const index = this.items.findIndex((item) => item.key === key);
    if (index < 0) return null;
    if (this.changed || this.drawn.element(key) === null) {
      const top = this.heights.sum({ first: 0, end: index });
      const view = this.box.clientHeight;
      if (this.aim([top - view, top + view])) this.calls.drawn();
    }
    return this.drawn.element(key);
  }

  /** The row that a key of the keyboard leads to from this one. */
  from(key: string, move: Move): string | null {
    const { rows } = this;
    const at = rows.findIndex((row) => row.key === key);
    switch (move) {
      case 'first':
        return rows[0]?.key ?? null;
      case 'last':
        return rows.at(-1)?.key ?? null;
      case 'before':
        return rows[at - 1]?.key ?? null;
      case 'after':
        return rows[at + 1]?.key ?? null;
      case 'pageBefore':
        return this.aPageFrom(key, -1);
      case 'pageAfter':
        return this.aPageFrom(key, 1);
    }
  }

  /** The last row in sight. */
  lastInSight(): HTMLElement | null {
    const { first, end } = this.heights.between(...this.sight());
    const item = this.items.slice(first, end).findLast(({ kind }) => kind === 'row');
    return item === undefined ? null : this.drawn.element(item.key);
  }

  dispose(): void {
    this.stopGrowth();
  }

  private aPageFrom(key: string, step: 1 | -1): string | null {
    const at = this.items.findIndex((item) => item.key === key);
    const top = this.heights.sum({ first: 0, end: at });
    const { first } = this.heights.between(top + step * this.box.clientHeight, Infinity);
    const far = step > 0 ? Math.max(first, at + 1) : Math.min(first, at - 1);
    const isRow = ({ kind }: ListItem): boolean => kind === 'row';
    const target =
      (step > 0
        ? this.items.slice(far).find(isRow)
        : this.items.slice(0, far + 1).findLast(isRow)) ??
      (step > 0 ? this.items.findLast(isRow) : this.items.find(isRow));
    return target === undefined || target.key === key ? null : target.key;
  }

  private sight(): Sight {
    const top = this.box.getBoundingClientRect().top - this.log.getBoundingClientRect().top;
    return [top, top + this.box.clientHeight];
  }

  private cover(sight: () => Sight): void {
    let turn = 0;
    while (turn < MAX_TURNS && this.aim(sight())) turn += 1;
    if (turn > 0) this.calls.drawn();
  }

  /** Draws what is to be in sight. False when it was drawn already. */
  private aim([top, bottom]: Sight): boolean {
    const { heights, range } = this;
    const inSight = heights.between(top, bottom);
    const isDrawn = !this.changed && holds(range, inSight);
    const needed = isDrawn ? inSight : heights.between(top - RESERVE, bottom + RESERVE);
    this.target =
      this.rows.length <= ALL_DRAWN
        ? { first: 0, end: this.items.length }
        : heights.between(top - MARGIN, bottom + MARGIN);
    const far = heights.between(top - FAR, bottom + FAR);
    const kept = holds(far, range) ? range : meet(range, this.target);
    const next = joined(kept, needed) ?? needed;
    if (!this.changed && next.first === range.first && next.end === range.end) return false;
    this.draw(next);
    if (!holds(next, this.target)) this.grow();
    return true;
  }

  private draw(range: Range): void {
    this.range = range;
    this.changed = false;
    this.shifted = false;
    const all = range.first === 0 && range.end === this.items.length;
    const drawing = {
      items: this.items,
      range,
      answerKeys: this.openAnswers,
      before: this.before,
      setSize: this.rows.length <= ALL_DRAWN ? null : this.before + this.rows.length,
    };
    const settle = this.calls.isFollowing() ? null : this.holdPlace();
    this.drawn.draw(drawing);
    this.drawn.measure();
    settle?.();
    if (all) this.stopGrowth();
  }

  /**
   * Keeps the first row in sight where it is. The browser does that too (and for rows that grow by
   * themselves it alone does), but not right after a far jump.
   */
  private holdPlace(): () => void {
    const { box } = this;
    const { top } = box.getBoundingClientRect();
    const held = this.drawn.elements.find(([, row]) => row.getBoundingClientRect().bottom > top);
    if (held === undefined) return () => undefined;
    const [, row] = held;
    const before = row.getBoundingClientRect().top;
    return () => {
      const moved = row.getBoundingClientRect().top - before;
      if (row.isConnected && Math.abs(moved) >= 1) box.scrollTop += moved;
    };
  }

  /** Draws what is around, a little in each frame. */
  private grow(): void {
    if (this.rows.length <= ALL_DRAWN) setAttribute(this.log, 'aria-busy', 'true');
    if (this.growth !== null) return;
    const growth = (this.growth = Symbol('growth'));
    const step = (): void => {
      if (growth !== this.growth) return;
      this.growth = null;
      const { range, target } = this;
      this.draw({
        first: Math.max(Math.min(range.first, target.first), range.first - STEP),
        end: Math.min(Math.max(range.end, target.end), range.end + STEP),
      });
      this.calls.drawn();
      if (holds(this.range, this.target)) this.stopGrowth();
      else this.grow();
    };
    // After the frame, so that it never waits for this.
    requestAnimationFrame(() => setTimeout(step));
  }

  private stopGrowth(): void {
    this.growth = null;
    setAttribute(this.log, 'aria-busy', null);
  }

  /** The range among the new items: it begins with the first item in it that is still there. */
  private moved(before: readonly ListItem[]): Range {
    const { first, end } = this.range;
    for (let index = first; index < end; index += 1) {
      const key = before[index]?.key;
      const at =
        this.items[index]?.key === key ? index : this.items.findIndex((item) => item.key === key);
      if (at >= 0) {
        const start = Math.max(0, at - (index - first));
        return { first: start, end: Math.min(this.items.length, start + end - first) };
      }
    }
    return { first: 0, end: 0 };
  }
}

function holds(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && outer.end >= inner.end;
}

/** What two ranges have in common; an empty one when that is nothing. */
function meet(a: Range, b: Range): Range {
  const first = Math.max(a.first, b.first);
  return { first, end: Math.max(first, Math.min(a.end, b.end)) };
}

/** Both ranges as one, when they touch. */
function joined(a: Range, b: Range): Range | null {
  if (a.first === a.end || a.first > b.end || b.first > a.end) return null;
  return { first: Math.min(a.first, b.first), end: Math.max(a.end, b.end) };
}
