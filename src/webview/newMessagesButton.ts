import type { Row } from '../shared/conversation';
import { rowChanges } from '../shared/rowChanges';
import { h, setHidden } from './dom';
import { icon } from './icons';
import type { ViewContext } from './viewContext';

/** The button that says how many messages have come below what one reads. */
export class NewMessagesButton {
  readonly element: HTMLButtonElement;
  private readonly words = h('span');
  /** Rows that were there when the end was last in sight. */
  private known: readonly Row[] = [];

  constructor(
    private readonly context: ViewContext,
    onClick: () => void,
  ) {
    this.element = h('button', { class: 'new-messages', onClick }, icon('down'), this.words);
    this.element.hidden = true;
  }

  /** Nothing of these is news. */
  reset(rows: readonly Row[]): void {
    this.known = rows;
  }

  update(rows: readonly Row[], atEnd: boolean): void {
    if (atEnd) this.known = rows;
    const count = rowChanges(this.known, rows).filter(
      ({ row, before }) => before === null && row.kind === 'message',
    ).length;
    setHidden(this.element, count === 0);
    if (count > 0) this.words.textContent = this.context.t('view.newMessages', { count });
  }
}
