import type { Happening, HappeningRow, Row } from '../shared/conversation';
import type { TextKey } from '../shared/texts';
import { displayName } from './displayName';
import { h, setAttribute, setText } from './dom';
import type { RowElement } from './rowElement';
import type { ViewContext } from './viewContext';

type Words = Pick<ViewContext, 't' | 'formats'>;

const ENDED: Readonly<Record<Extract<Happening, { type: 'ended' }>['by'], TextKey>> = {
  bot: 'view.happening.endedByBot',
  person: 'view.happening.endedByPerson',
  server: 'view.happening.endedByServer',
};

/** What happened, as a sentence. */
export function happeningText(happening: Happening, { t, formats }: Words): string {
  switch (happening.type) {
    case 'operatorRequested':
      return t('view.happening.operatorRequested');
    case 'operatorAssigned':
      return happening.name === null
        ? t('view.happening.operatorAssignedUnnamed')
        : t('view.happening.operatorAssigned', { name: displayName(happening.name) });
    case 'operatorReplaced':
      return happening.name === null || happening.previousName === null
        ? t('view.happening.operatorReplacedUnnamed')
        : t('view.happening.operatorReplaced', {
            name: displayName(happening.name),
            previousName: displayName(happening.previousName),
          });
    case 'operatorStatus':
      return t('view.happening.operatorStatus', {
        name: happening.name === null ? t('view.author.operator') : displayName(happening.name),
        status: displayName(happening.status),
      });
    case 'operatorLeft':
      return happening.name === null
        ? t('view.happening.operatorLeftUnnamed')
        : t('view.happening.operatorLeft', { name: displayName(happening.name) });
    case 'ended':
      return t(ENDED[happening.by]);
    case 'gap':
      return t('view.happening.gap', {
        from: formats.time(happening.from),
        to: formats.time(happening.to),
      });
  }
}

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
    const text = happeningText(row.happening, this.context);
    const time = this.context.formats.dateTime(row.at);
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
