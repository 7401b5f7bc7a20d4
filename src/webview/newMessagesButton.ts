import type { Row } from '../shared/conversation';
import { h } from './dom';
import { icon } from './icons';
import type { ViewContext } from './viewContext';

/** The button that says how many messages have come below what one reads. */
export class NewMessagesButton {
  readonly element: HTMLButtonElement;
  private readonly words = h('span');
  /** Rows that were there when the end was last in sight. */
  private known: ReadonlySet<string> = new Set();

  constructor(
    private readonly context: ViewContext,
    onClick: () => void,
  ) {
    this.element = h('button', { class: 'new-messages', onClick }, icon('down'), this.words);
    this.element.hidden = true;
  }

  update(rows: readonly Row[], atEnd: boolean): void {
    if (atEnd || this.known.size === 0) this.known = new Set(rows.map(({ key }) => key));
    const count = rows.filter(
      (row) => row.kind === 'message' && row.author !== 'client' && !this.known.has(row.key),
    ).length;
    this.element.hidden = count === 0;
    if (count > 0) this.words.textContent = this.context.t('view.newMessages', { count });
  }
}
