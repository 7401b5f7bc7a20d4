import type { ConversationView } from '../shared/conversation';
import { h } from './dom';
import { peerName } from '../shared/peerName';
import { Slot } from './slot';
import type { ViewContext } from './viewContext';

/** "Anna is typing", below the newest message. */
export class TypingRow {
  readonly element: HTMLElement;
  private readonly slot: Slot<ConversationView['typing']>;

  constructor({ t }: ViewContext) {
    this.slot = new Slot({ class: 'typing-place' }, (typing) =>
      typing === null
        ? []
        : [
            h(
              'div',
              { class: 'typing', data: { part: 'typing' } },
              h(
                'span',
                { class: 'dots', attrs: { 'aria-hidden': 'true' } },
                h('i'),
                h('i'),
                h('i'),
              ),
              t('view.typing', { name: peerName(typing.by, typing.name, t) }),
            ),
          ],
    );
    this.element = this.slot.element;
  }

  update(typing: ConversationView['typing']): void {
    this.slot.update(typing);
  }
}
