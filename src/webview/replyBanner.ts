import type { ConversationView, MessageRow } from '../shared/conversation';
import { h } from './dom';
import { icon } from './icons';
import { spokenText } from './messageBody';
import { peerName } from '../shared/peerName';
import { quotedText } from '../shared/quotedText';
import { Slot } from './slot';
import type { ViewContext } from './viewContext';
import type { ViewMemory } from './viewMemory';

/** UTF-16 units of the message answered to that are shown. */
const QUOTE_LENGTH = 120;

/** Above the text: which message the next one answers to. */
export class ReplyBanner {
  readonly element: HTMLElement;
  private readonly slot: Slot<MessageRow | null>;
  private row: MessageRow | null = null;
  private conversationKey = '';

  constructor(
    private readonly context: ViewContext,
    private readonly memory: ViewMemory,
  ) {
    this.slot = new Slot({ class: 'reply', data: { part: 'reply' } }, (row) =>
      row === null ? [] : this.draw(row),
    );
    this.element = this.slot.element;
  }

  get messageKey(): string | null {
    return this.row?.key ?? null;
  }

  update(conversation: ConversationView): void {
    this.conversationKey = conversation.key;
    const key = this.memory.of(conversation.key).replyTo;
    const row =
      key === null ? null : conversation.rows.findLast((candidate) => candidate.key === key);
    this.show(row?.kind === 'message' ? row : null);
  }

  /** @param row `null` for none */
  show(row: MessageRow | null): void {
    this.row = row;
    this.slot.update(row);
    this.memory.update(this.conversationKey, { replyTo: this.messageKey });
  }

  private draw(row: MessageRow): readonly Node[] {
    const { t } = this.context;
    const name = peerName(row.author, row.authorName, t);
    const words = t('view.composer.cancelReply');
    const to = t('view.composer.replyingTo', { name });
    return [
      icon('reply'),
      h(
        'span',
        { class: 'reply-words' },
        h('span', { class: 'quiet', attrs: { title: to } }, to),
        h('bdi', {}, spokenText(quotedText(row), QUOTE_LENGTH)),
      ),
      h(
        'button',
        {
          class: 'icon-button',
          attrs: { 'aria-label': words, title: words },
          onClick: () => {
            this.show(null);
          },
        },
        icon('close'),
      ),
    ];
  }
}
