import { h, setHidden } from './dom';
import { icon } from './icons';
import { changesOf, type ShownConversation } from './shownConversation';
import type { ViewContext } from './viewContext';

/** The button that says how many messages have come below what one reads. */
export class NewMessagesButton {
  readonly element: HTMLButtonElement;
  private readonly words = h('span');
  /** As it was when the end was last in sight. */
  private known: ShownConversation | null = null;

  constructor(
    private readonly context: ViewContext,
    onClick: () => void,
  ) {
    this.element = h('button', { class: 'new-messages', onClick }, icon('down'), this.words);
    this.element.hidden = true;
  }

  update(conversation: ShownConversation, atEnd: boolean): void {
    // Of another conversation nothing is news.
    if (atEnd || this.known?.key !== conversation.key) this.known = conversation;
    const count = changesOf(this.known, conversation).filter(
      ({ row, before }) => before === null && row.kind === 'message',
    ).length;
    setHidden(this.element, count === 0);
    if (count > 0) this.words.textContent = this.context.t('view.newMessages', { count });
  }
}
