import { setAttribute } from './dom';
import { isTextEntry } from './keys';
import type { RowActions } from './rowElement';

/** Where a key leads to, from one row of the conversation. */
export type Move = 'first' | 'last' | 'before' | 'after' | 'pageBefore' | 'pageAfter';

const MOVES: Readonly<Record<string, Move>> = {
  Home: 'first',
  End: 'last',
  ArrowUp: 'before',
  ArrowDown: 'after',
  PageUp: 'pageBefore',
  PageDown: 'pageAfter',
};

/** What the keyboard asks of the list around it. */
export interface RowPaths extends Pick<RowActions, 'reply'> {
  /** The row that a move from this one leads to, on the page; `null` when there is none. */
  go(key: string, move: Move): HTMLElement | null;
}

/**
 * The keyboard's way through the rows: one tab stop for all, arrows from row to row, R to reply.
 * The buttons of a row are reached by Tab from the row itself.
 */
export class RowFocus {
  private current: HTMLElement | null = null;

  constructor(
    private readonly log: HTMLElement,
    private readonly paths: RowPaths,
  ) {
    log.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    log.addEventListener('focusin', (event) => {
      const row = rowOf(event.target);
      if (row !== null) this.mark(row);
    });
  }

  /**
   * After other rows were drawn: the newest is the stop until one has gone to another.
   *
   * @param preferred the stop instead of the newest one drawn
   */
  update(preferred: () => HTMLElement | null): void {
    const focused = rowOf(document.activeElement);
    const keep = focused !== null && this.log.contains(focused);
    const row = keep ? focused : (preferred() ?? this.lastRow());
    if (row !== null) this.mark(row);
  }

  /** The row that Tab leads to. */
  get stop(): HTMLElement | null {
    return this.current;
  }

  /** Gives a row the focus. */
  moveTo(row: HTMLElement): void {
    this.mark(row);
    row.focus({ preventScroll: true });
  }

  private mark(row: HTMLElement): void {
    if (row === this.current) return;
    if (this.current !== null) setAttribute(this.current, 'tabindex', '-1');
    setAttribute(row, 'tabindex', '0');
    this.current = row;
  }

  private lastRow(): HTMLElement | null {
    let last = this.log.lastElementChild;
    while (last !== null && last.tagName !== 'ARTICLE') last = last.previousElementSibling;
    return last instanceof HTMLElement ? last : null;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const row = rowOf(event.target);
    if (row === null || isTextEntry(event.target)) return;
    if (this.replies(event, row) || (event.target === row && this.moves(event, row))) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** R, wherever the key with that letter is, also in a Russian layout. */
  private replies(event: KeyboardEvent, row: HTMLElement): boolean {
    const key = row.dataset['messageId'];
    if (key === undefined || row.dataset['author'] === 'system') return false;
    if (event.key.toLowerCase() !== 'r' && event.code !== 'KeyR') return false;
    this.paths.reply(key);
    return true;
  }

  private moves(event: KeyboardEvent, row: HTMLElement): boolean {
    const move = MOVES[event.key];
    const key = row.dataset['messageId'];
    const target = move === undefined || key === undefined ? null : this.paths.go(key, move);
    if (target === null) return false;
    this.mark(target);
    target.focus();
    return true;
  }
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('article') : null;
}
