// Keeps one conversation: what lasts is written to the journal first and shown then, in one order.

import type { ConversationView, MessageRow } from '../../shared/conversation';
import type { Disposable } from '../core/disposable';
import { Emitter } from '../core/event';
import type { Logger } from '../core/logger';
import { emptyConversation, toView, type Conversation } from './conversation';
import { Journal } from './journal';
import { LeaseLostError, type JournalWriter } from './lease';
import { reduce } from './reducer';
import { replay } from './replay';
import { isDurable, type DurableEvent, type SessionEvent } from './sessionEvent';
import { IllegalTransitionError } from './stateTable';

export interface KeeperParts {
  readonly key: string;
  readonly demo: boolean;
  /** Whether there is no journal of this name yet. */
  readonly isNew: boolean;
  readonly storage: JournalWriter;
  readonly logger: Logger;
}

export class ConversationKeeper implements Disposable {
  private readonly changes = new Emitter<ConversationView>();
  private readonly messages = new Emitter<MessageRow>();
  private readonly ends = new Emitter<SessionEvent>();
  private readonly moves = new Emitter<undefined>();
  private readonly journal: Journal;
  private current: Conversation;
  private moved = false;
  private disposed = false;

  readonly onDidChange = this.changes.event;
  readonly onDidReceiveMessage = this.messages.event;
  /** Fires once, with what ended the conversation. */
  readonly onDidEnd = this.ends.event;
  /** Fires once, when another window has taken the conversation. */
  readonly onDidMove = this.moves.event;

  constructor(private readonly parts: KeeperParts) {
    const { key, demo, isNew, storage } = parts;
    this.current = emptyConversation(key, demo);
    this.journal = new Journal(storage, key, isNew, (error) => {
      this.storageFailed(error);
    });
  }

  get state(): Conversation {
    return this.current;
  }

  get view(): ConversationView {
    return toView(this.current);
  }

  /** Whether another window has the conversation: here it stands still. */
  get isElsewhere(): boolean {
    return this.moved;
  }

  /** Makes the conversation of what its journal holds. */
  restore(events: readonly DurableEvent[]): void {
    this.current = replay(this.current, events, (error) => {
      this.parts.logger.warn('A line of the journal does not fit', { error });
    });
    this.changes.fire(this.view);
  }

  /** Writes an event that lasts, then shows it. Events are shown in the order of the calls. */
  async commit(event: DurableEvent): Promise<void> {
    await this.write(event);
    this.apply(event);
  }

  /** Writes an event; showing it is the caller's to do, as soon as this resolves. */
  write(event: DurableEvent): Promise<void> {
    return this.moved ? Promise.resolve() : this.journal.write(event);
  }

  /** Resolves when everything said so far has been written (and shown). */
  settled(): Promise<void> {
    return this.journal.settled();
  }

  /** Shows an event that is of the moment only, or written already. */
  apply(event: SessionEvent): void {
    if (this.disposed || this.moved) return;
    const before = this.current;
    this.current = this.reduced(event);
    if (this.current.view === before.view) return;
    if (before.view.connection !== 'ended' && this.current.view.connection === 'ended')
      this.ends.fire(event);
    this.changes.fire(this.view);
    const isNews = isDurable(event) && event.type === 'received';
    const message = isNews ? newMessage(before, this.current) : null;
    if (message !== null) this.messages.fire(message);
  }

  /** Another window carries the conversation on: from now on it is only read here. */
  moveElsewhere(): void {
    if (this.moved || this.disposed) return;
    this.apply({ type: 'movedElsewhere' });
    this.moved = true;
    this.moves.fire(undefined);
  }

  /** Keeps the draft beside the journal. */
  async writeDraft(record: string): Promise<void> {
    if (this.moved) return;
    try {
      await this.journal.create();
      await this.parts.storage.writeDraft(this.parts.key, record);
    } catch (error) {
      this.storageFailed(error);
    }
  }

  dispose(): void {
    this.disposed = true;
    this.changes.dispose();
    this.messages.dispose();
    this.ends.dispose();
    this.moves.dispose();
  }

  private reduced(event: SessionEvent): Conversation {
    try {
      return reduce(this.current, event);
    } catch (error) {
      if (!(error instanceof IllegalTransitionError)) throw error;
      this.parts.logger.error('An illegal transition', { event: event.type, error });
      return this.current;
    }
  }

  private storageFailed(error: unknown): void {
    if (error instanceof LeaseLostError) {
      this.moveElsewhere();
      return;
    }
    this.parts.logger.warn('The disk does not take the conversation', { error });
    this.apply({ type: 'storageFailed' });
  }
}

/** The message of the other side that an event added. */
function newMessage(before: Conversation, after: Conversation): MessageRow | null {
  if (before.traces === after.traces) return null;
  const row = after.view.rows.findLast((it) => it.kind === 'message' && !before.traces.has(it.key));
  return row?.kind === 'message' && row.author !== 'client' ? row : null;
}
