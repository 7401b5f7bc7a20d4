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
  private conversationKey: string | null = null;

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
    const isNew = this.conversationKey !== conversation.key;
    this.conversationKey = conversation.key;
    const key = isNew ? this.memory.of(conversation.key).replyTo : this.messageKey;
    const row =
      key === null ? null : conversation.rows.findLast((candidate) => candidate.key === key);
    this.set(row?.kind === 'message' ? row : null);
  }

  show(row: MessageRow): void {
    this.set(row);
  }

  clear(): void {
    this.set(null);
  }

  private set(row: MessageRow | null): void {
    const changed = row?.key !== this.row?.key;
    this.row = row;
    this.slot.update(row);
    if (changed && this.conversationKey !== null)
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
            this.clear();
          },
        },
        icon('close'),
      ),
    ];
  }
}
