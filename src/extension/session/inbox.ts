// What comes over the live connection: written first, then acknowledged, then shown.

import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import type { Logger } from '../core/logger';
import type { IncomingMessage, LiveEvent } from '../twin/model';
import type { ConversationKeeper } from './conversationKeeper';
import type { Receipts } from './receipts';
import type { DurableEvent } from './sessionEvent';

/** There is no "stopped typing" event, so it stops by itself after this, ms. */
const TYPING_LASTS = 8_000;

export interface InboxParts {
  readonly keeper: ConversationKeeper;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly receipts: Receipts;
  readonly acknowledge: (messageId: string) => void;
}

export class Inbox implements Disposable {
  /** Ids of messages, from the moment they come: each is written and acknowledged once. */
  private readonly seen = new Set<string>();
  /** Own messages that the history told of: their echo may still come, and is acknowledged then. */
  private readonly echoes = new Set<string>();
  private typing: Disposable | null = null;
  /** How many messages of the other side have come. */
  private heard = 0;

  constructor(private readonly parts: InboxParts) {}

  async receive(event: LiveEvent): Promise<void> {
    const { keeper, clock, logger, receipts, acknowledge } = this.parts;
    if (event.type === 'unknown') {
      logger.info('An event that is not known', { name: event.name });
      return;
    }
    if (event.type === 'typing') {
      const { heard } = this;
      await keeper.settled();
      // Meanwhile the message may have come, and waits for the disk no longer than this did.
      if (heard === this.heard) this.showTyping(event.author);
      return;
    }
    if (isForeign(event)) this.heard += 1;
    const id = event.type === 'message' ? event.message.id : null;
    const mark = isForeign(event) ? receipts.mark() : {};
    const received = { type: 'received', at: clock.now(), event, ...mark } as const;
    if (id !== null && !this.isFirst(id)) {
      if (!this.echoes.delete(id)) return;
      await keeper.write(received);
      acknowledge(id);
      return;
    }
    await keeper.write(received);
    // If another window has the conversation, the link is closed by now: that one acknowledges it.
    if (id !== null) receipts.received(id, mark);
    keeper.apply(received);
    if (keeper.view.typing === null) this.dispose();
  }

  /** Takes a message that the server's history tells of. Own ones are not acknowledged. */
  async receiveMissed(message: IncomingMessage): Promise<void> {
    const { keeper, clock, receipts } = this.parts;
    const { id } = message;
    if (id === null || !this.isFirst(id)) return;
    const event = { type: 'message', message } as const;
    const mark = isForeign(event) ? receipts.mark() : {};
    const at = clock.now();
    const received = { type: 'received', at, event, fromHistory: true, ...mark } as const;
    await keeper.write(received);
    if (message.author === 'client') this.echoes.add(id);
    else receipts.received(id, mark);
    keeper.apply(received);
  }

  /** Takes what came with the start answer, where it has ids. @param mark as it was written */
  receiveGreeting(ids: readonly (string | null)[], mark: ReturnType<Receipts['mark']>): void {
    for (const id of ids)
      if (id !== null && this.isFirst(id)) this.parts.receipts.received(id, mark);
  }

  /** What a journal holds was acknowledged when it was written, or waits to be seen. */
  restore(events: readonly DurableEvent[]): void {
    this.parts.receipts.restore(events);
    for (const event of events) {
      const messages = event.type === 'started' ? event.messages : [];
      for (const { id } of messages) if (id !== null) this.seen.add(id);
      if (event.type !== 'received' || event.event.type !== 'message') continue;
      const { id, author } = event.event.message;
      if (id === null) continue;
      this.seen.add(id);
      if (event.fromHistory === true && author === 'client') this.echoes.add(id);
      else this.echoes.delete(id);
    }
  }

  dispose(): void {
    this.typing?.dispose();
    this.typing = null;
  }

  private showTyping(by: 'bot' | 'operator'): void {
    const { keeper, clock } = this.parts;
    this.dispose();
    keeper.apply({ type: 'typing', by });
    if (keeper.view.typing === null) return;
    this.typing = clock.schedule(() => {
      this.typing = null;
      keeper.apply({ type: 'typing', by: null });
    }, TYPING_LASTS);
  }

  private isFirst(id: string): boolean {
    if (this.seen.has(id)) return false;
    this.seen.add(id);
    return true;
  }
}

/** Own messages come back as echoes: nobody has to see them. */
function isForeign(event: LiveEvent): boolean {
  return event.type === 'message' && event.message.author !== 'client';
}
