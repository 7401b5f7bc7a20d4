// Keeps one conversation: what lasts is written to the journal first and shown then, in one order.

import type { ConversationView, MessageRow } from '../../shared/conversation';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import { Emitter } from '../core/event';
import type { Logger } from '../core/logger';
import { emptyConversation, toView, type Conversation } from './conversation';
import { DiskQueue } from './diskQueue';
import { Journal } from './journal';
import { LeaseLostError, type LeasedWriter } from './lease';
import { reduce } from './reducer';
import { replay } from './replay';
import { isDurable, type DurableEvent, type SessionEvent, type Step } from './sessionEvent';
import { IllegalTransitionError } from './stateTable';

/** How soon a disk that failed is asked again, ms. */
const ASK_AGAIN = 5_000;

export interface KeeperParts {
  readonly key: string;
  readonly demo: boolean;
  readonly profile?: string | null;
  /** Whether there is no journal of this name yet. */
  readonly isNew: boolean;
  readonly storage: LeasedWriter;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class ConversationKeeper implements Disposable {
  private readonly changes = new Emitter<ConversationView>();
  private readonly messages = new Emitter<MessageRow>();
  private readonly ends = new Emitter<SessionEvent>();
  private readonly moves = new Emitter<undefined>();
  private readonly recoveries = new Emitter<undefined>();
  private readonly journal: Journal;
  private readonly diskQueue = new DiskQueue();
  private current: Conversation;
  /** What the disk did not take of the draft. */
  private unwrittenDraft: string | null = null;
  private timer: Disposable | null = null;
  private moved = false;
  private handingOver = false;
  private disposed = false;
  private isWriting = true;

  readonly onDidChange = this.changes.event;
  readonly onDidReceiveMessage = this.messages.event;
  /** Fires once, with what ended the conversation. */
  readonly onDidEnd = this.ends.event;
  /** Fires once, when another window has taken the conversation. */
  readonly onDidMove = this.moves.event;
  /** Fires when the disk takes the conversation again. */
  readonly onDidRecover = this.recoveries.event;

  constructor(private readonly parts: KeeperParts) {
    const { key, demo, profile = null, isNew, storage } = parts;
    this.current = emptyConversation(key, demo, profile);
    this.journal = new Journal(storage, key, isNew, {
      onFailure: (error) => {
        this.storageFailed(error);
      },
      onWritten: (events) => {
        this.diskQueue.written(events);
        this.storageTakes();
      },
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
    this.diskQueue.written(events);
    this.current = replay(this.current, events, (error) => {
      this.parts.logger.warn('A line of the journal does not fit', { error });
    });
    this.changes.fire(this.view);
  }

  /**
   * Writes an event that lasts, then shows it. Events are shown in the order of the calls.
   *
   * @returns false when another window has the conversation: then it is neither written nor shown
   */
  async commit(event: DurableEvent): Promise<boolean> {
    const isKept = await this.write(event);
    if (isKept) this.apply(event);
    return isKept;
  }

  /**
   * Writes and shows a step with which a message leaves the queue. As long as the disk knows it as
   * queued and does not take the step, it is not made: after a restart it would be made again.
   *
   * @returns whether it was made
   */
  async commitStep(event: Step): Promise<boolean> {
    const mayWait = (): boolean => !this.diskQueue.has(event.key);
    const isMade = !this.moved && (!this.isWriting || (await this.journal.write(event, mayWait)));
    this.apply(isMade ? event : { type: 'heldByDisk', key: event.key });
    return isMade;
  }

  /** Writes an event; showing it is the caller's to do, as soon as this resolves. */
  write(event: DurableEvent): Promise<boolean> {
    if (this.moved || !this.isWriting) return Promise.resolve(!this.moved);
    return this.journal.write(event);
  }

  /** From now on the conversation is in memory only. */
  stopWriting(): void {
    this.isWriting = false;
  }

  /** Resolves when everything said so far has been written (and shown). */
  settled(): Promise<void> {
    return this.journal.settled();
  }

  /** Shows an event that is of the moment only, or written already. */
  apply(event: SessionEvent): void {
    // What could not go is put back into the composer, whoever has the conversation.
    if (this.disposed || (this.moved && event.type !== 'draftChanged')) return;
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

  /** Another window waits for the draft: it is written without a lease. */
  handOver(): void {
    this.handingOver = true;
  }

  /** Keeps the draft beside the journal. @returns whether the disk has it */
  async writeDraft(record: string): Promise<boolean> {
    const { storage, key } = this.parts;
    if (this.moved || !this.isWriting) return false;
    this.unwrittenDraft = record;
    try {
      await this.journal.create();
      await (this.handingOver ? storage.handOver(key, record) : storage.writeDraft(key, record));
    } catch (error) {
      this.storageFailed(error);
      return false;
    }
    if (this.unwrittenDraft === record) this.unwrittenDraft = null;
    this.storageTakes();
    return true;
  }

  dispose(): void {
    this.disposed = true;
    this.timer?.dispose();
    this.changes.dispose();
    this.messages.dispose();
    this.ends.dispose();
    this.moves.dispose();
    this.recoveries.dispose();
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
    if (!this.current.view.storageFailed)
      this.parts.logger.warn('The disk does not take the conversation', { error });
    this.apply({ type: 'storageFailed' });
    if (this.disposed || this.moved) return;
    this.timer ??= this.parts.clock.schedule(() => {
      this.timer = null;
      void this.askAgain();
    }, ASK_AGAIN);
  }

  private async askAgain(): Promise<void> {
    if (this.journal.isFailing) await this.journal.retry();
    if (this.unwrittenDraft !== null) await this.writeDraft(this.unwrittenDraft);
  }

  /** The disk has taken something: if that was all, it is well again. */
  private storageTakes(): void {
    const { storageFailed } = this.current.view;
    if (!storageFailed || this.journal.isFailing || this.unwrittenDraft !== null) return;
    this.timer?.dispose();
    this.timer = null;
    this.parts.logger.info('The disk takes the conversation again');
    this.apply({ type: 'storageRecovered' });
    this.recoveries.fire(undefined);
  }
}

/** The message of the other side that an event added. */
function newMessage(before: Conversation, after: Conversation): MessageRow | null {
  if (before.traces === after.traces) return null;
  const row = after.view.rows.findLast((it) => it.kind === 'message' && !before.traces.has(it.key));
  return row?.kind === 'message' && row.author !== 'client' ? row : null;
}
