import type { HappeningRow, Row } from '../shared/conversation';
import { happeningText } from '../shared/happeningText';
import { h, setAttribute, setText } from './dom';
import type { RowElement } from './rowElement';
import type { ViewContext } from './viewContext';

/** A row that tells what happened: quiet, in the middle. */
export class HappeningElement implements RowElement {
  readonly element: HTMLElement;
  private readonly body = h('span', { class: 'body', data: { part: 'body' } });

  constructor(
    row: HappeningRow,
    private readonly context: ViewContext,
  ) {
    this.element = h(
      'article',
      {
        class: 'row happening',
        attrs: { role: 'article' },
        data: { messageId: row.key, author: 'system' },
      },
      this.body,
    );
  }

  update(row: Row): void {
    if (row.kind !== 'happening') return;
    const { t, formats } = this.context;
    const text = happeningText(row.happening, t, formats);
    const time = formats.dateTime(row.at);
    this.element.dataset['happening'] = row.happening.type;
    setAttribute(this.element, 'aria-label', text);
    setAttribute(this.element, 'title', time);
    setText(this.body, text);
  }

  pressAnswer(): void {
    // A happening has no answers.
  }

  dispose(): void {
    // It holds nothing.
  }
}
