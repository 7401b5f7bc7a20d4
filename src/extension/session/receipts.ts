// When the other side is told that a message has been received: as soon as it is on disk, which is
// what TWIN's article asks for, or once the person has seen it.

import type { Clock } from '../core/clock';
import type { ConversationKeeper } from './conversationKeeper';
import type { DurableEvent } from './sessionEvent';

export const RECEIPT_POLICIES = ['onReceive', 'onVisible'] as const;
export type ReceiptPolicy = (typeof RECEIPT_POLICIES)[number];

export interface ReceiptParts {
  readonly keeper: ConversationKeeper;
  readonly clock: Clock;
  readonly policy: () => ReceiptPolicy;
  readonly acknowledge: (messageId: string) => void;
}

/** Each message is acknowledged once, whatever happens between its coming and its being seen. */
export class Receipts {
  /** Ids of what is written and not seen, oldest first. */
  private readonly unseen = new Set<string>();
  /** Keys of messages that were seen while there was no connection. */
  private readonly looked = new Set<string>();

  constructor(private readonly parts: ReceiptParts) {}

  /** What a message that is written down now has to say of its receipt. */
  mark(): { readonly awaitsSight?: true } {
    return this.parts.policy() === 'onVisible' ? { awaitsSight: true } : {};
  }

  /** The message is on disk. @param marked what {@link mark} said when it was written */
  received(id: string, marked: { readonly awaitsSight?: true }): void {
    if (marked.awaitsSight === true) this.unseen.add(id);
    else this.parts.acknowledge(id);
  }

  /**
   * The person has seen a message of the other side, and all before it. Without a connection that is
   * not noted yet: should the process go away, nobody would tell the other side.
   */
  async seen(messageKey: string): Promise<void> {
    const { connection } = this.parts.keeper.view;
    if (connection !== 'online' && connection !== 'ended') {
      this.looked.add(messageKey);
      return;
    }
    const ids = this.upTo(messageKey);
    if (ids.length === 0) return;
    for (const id of ids) this.unseen.delete(id);
    const { keeper, clock, acknowledge } = this.parts;
    await keeper.commit({ type: 'seen', at: clock.now(), ids });
    for (const id of ids) acknowledge(id);
  }

  /** The connection is there. */
  online(): void {
    const keys = [...this.looked];
    this.looked.clear();
    for (const key of keys) void this.seen(key);
  }

  restore(events: readonly DurableEvent[]): void {
    for (const event of events) {
      if (event.type === 'seen') for (const id of event.ids) this.unseen.delete(id);
      else if ('awaitsSight' in event)
        for (const id of idsIn(event)) if (id !== null) this.unseen.add(id);
    }
  }

  /** One without a row (it may come without words) goes with the next that has one. */
  private upTo(messageKey: string): readonly string[] {
    if (this.unseen.size === 0) return [];
    const { keyByServerId, view } = this.parts.keeper.state;
    const place = view.rows.findLastIndex(({ key }) => key === messageKey);
    const after = new Set(view.rows.slice(place + 1).map(({ key }) => key));
    return place < 0
      ? []
      : [...this.unseen].filter((id) => !after.has(keyByServerId.get(id) ?? ''));
  }
}

function idsIn(event: DurableEvent): readonly (string | null)[] {
  if (event.type === 'started') return event.messages.map(({ id }) => id);
  return event.type === 'received' && event.event.type === 'message'
    ? [event.event.message.id]
    : [];
}
