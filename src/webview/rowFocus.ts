import { setAttribute } from './dom';
import { isTextEntry } from './keys';
import type { RowActions } from './rowElement';

/**
 * The keyboard's way through the rows: one tab stop for all, arrows from row to row, R to reply.
 * The buttons of a row are reached by Tab from the row itself.
 */
export class RowFocus {
  private current: HTMLElement | null = null;

  constructor(
    private readonly log: HTMLElement,
    private readonly actions: Pick<RowActions, 'reply'>,
  ) {
    log.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    log.addEventListener('focusin', (event) => {
      const row = rowOf(event.target);
      if (row !== null) this.mark(row);
    });
  }

  /** After the rows have changed: the newest is the stop until one has gone to another. */
  update(): void {
    const focused = rowOf(document.activeElement);
    const keep = focused !== null && this.log.contains(focused);
    const row = keep ? focused : this.rows().at(-1);
    if (row !== undefined) this.mark(row);
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

  private rows(): readonly HTMLElement[] {
    return [...this.log.querySelectorAll<HTMLElement>(':scope > article')];
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
    this.actions.reply(key);
    return true;
  }

  private moves(event: KeyboardEvent, row: HTMLElement): boolean {
    const rows = this.rows();
    const at = rows.indexOf(row);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    const target = to === undefined ? undefined : rows[to];
    if (target === undefined) return false;
    this.mark(target);
    target.focus();
    return true;
  }
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('article') : null;
}
