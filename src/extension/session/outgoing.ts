// What the person wants with own messages: to send one, once more, to take it back. Each wish is
// written before it is done, and only one about a message is listened to at a time.

import type { DraftStep } from '../../shared/conversation';
import type { Disposable } from '../core/disposable';
import type { SentMessage } from '../twin/model';
import type { Cleared } from './cleared';
import type { Conversation, OwnMessage } from './conversation';
import type { ConversationKeeper } from './conversationKeeper';
import { deliveryOf } from './delivery';
import { canBecome } from './deliveryState';
import { Outbox } from './outbox';
import type { SessionApi } from './sessionApi';
import type { SessionParts } from './sessionParts';
import { unsentOf, type Unsent } from './unsent';
import { UPLOAD_STOPPED, UploadError, type Uploads } from './uploads';

export interface SendRequest {
  /** Made by the caller; the message's key for ever. Asking twice with one key sends once. */
  readonly key: string;
  readonly text: Cleared<string> | '';
  readonly attachmentIds: readonly string[];
  /** Key of the row quoted. */
  readonly replyTo: string | null;
  /** True for what was not written in the composer: the draft there stays. */
  readonly keepDraft?: boolean;
  /** The change of the draft with which the text left it, where the view counts them. */
  readonly step?: DraftStep;
}

/** A message with what it left the composer with. */
export interface TakenBack {
  readonly own: OwnMessage;
  /** The ids under which its files were attached; `undefined` for one of an earlier process. */
  readonly attached: readonly string[] | undefined;
}

export interface OutgoingParts extends Pick<SessionParts, 'clock' | 'random' | 'logger'> {
  readonly keeper: ConversationKeeper;
  readonly uploads: Uploads;
  readonly sendMessage: SessionApi['sendMessage'];
  /** Where messages go. */
  readonly host: string | null;
  readonly onSessionEnded: () => Promise<void>;
}

/** The text of an answer is the bot's own: it need not be cleared. */
type QueueRequest = Omit<SendRequest, 'text' | 'keepDraft' | 'step'> &
  Pick<OwnMessage, 'text' | 'answer'> & {
    /** `null` for what was not written in the composer. */
    readonly fromDraft: { readonly edit?: number } | null;
  };

export class Outgoing implements Disposable {
  private readonly outbox: Outbox;
  private readonly subscription: Disposable;
  /** The ids of the attachments that a message left the composer with. */
  private readonly attached = new Map<string, readonly string[]>();
  /** Messages (or rows whose answer was pressed) about which a wish is being carried out. */
  private readonly wishes = new Set<string>();

  constructor(private readonly parts: OutgoingParts) {
    const { keeper, uploads, clock, random, logger, host, onSessionEnded } = parts;
    this.outbox = new Outbox({
      clock,
      random,
      host,
      onSessionEnded,
      state: () => keeper.state,
      isOpen: () => keeper.view.connection === 'online',
      isWithheld: (key) => this.wishes.has(key),
      commit: (event) => keeper.commit(event),
      commitStep: (event) => keeper.commitStep(event),
      files: ({ key }) => {
        const ids = this.attached.get(key);
        // Those of an earlier process are gone with it.
        if (ids === undefined) throw new UploadError(UPLOAD_STOPPED);
        return uploads.arrived(ids);
      },
      post: (own, signal) => this.post(own, signal),
      onError: (error) => {
        logger.error('Sending has stopped', { error });
      },
    });
    this.subscription = keeper.onDidRecover(() => {
      this.outbox.diskRecovered();
    });
  }

  /** The connection is there: what waits for it may go. */
  wake(): void {
    this.outbox.wake();
  }

  /** After a restart: what the server asked for still holds. */
  restore(): void {
    this.outbox.restore();
  }

  isKnown(key: string): boolean {
    return this.attached.has(key) || this.state.traces.has(key);
  }

  /**
   * Resolves when the message is written down.
   *
   * @returns false when it is not, for another window has the conversation
   */
  async queue(request: QueueRequest): Promise<boolean> {
    const { key, text, attachmentIds, replyTo, answer, fromDraft } = request;
    const { uploads, keeper } = this.parts;
    const attachments = attachmentIds.flatMap((id) => uploads.remoteFile(id) ?? []);
    this.attached.set(key, attachmentIds);
    for (const id of attachmentIds) uploads.detach(id);
    const message = { key, text, attachments, replyTo, answer };
    const origin = fromDraft === null ? {} : ({ fromDraft: true, ...fromDraft } as const);
    const queued = { type: 'queued', at: this.now(), ...message, ...origin } as const;
    const isKept = await keeper.commit(queued);
    this.outbox.pump();
    return isKept;
  }

  /** Sends the text of an answer as an ordinary message. */
  async pressAnswer(key: string, messageKey: string, index: number): Promise<void> {
    const row = this.parts.keeper.view.rows.findLast((it) => it.key === messageKey);
    const text = row?.kind === 'message' && row.answersOpen ? row.answers[index] : undefined;
    if (text === undefined || this.isKnown(key)) return;
    const answer = { messageKey, index };
    const request = { key, text, attachmentIds: [], replyTo: null, answer, fromDraft: null };
    await this.wish(messageKey, () => this.queue(request));
  }

  /** Sends a failed message, or one of unknown fate, once more. */
  async sendAgain(key: string): Promise<void> {
    const delivery = deliveryOf(this.state, key);
    if (delivery !== 'failed' && delivery !== 'unknown') return;
    await this.wish(key, async () => {
      for (const id of this.attached.get(key) ?? []) this.parts.uploads.retry(id);
      await this.parts.keeper.commit({ type: 'requeued', at: this.now(), key, problem: null });
    });
  }

  /** A message of unknown fate; `null` for any other. */
  unknown(key: string): TakenBack | null {
    const own = this.state.outgoing.get(key);
    return own?.delivery === 'unknown' ? { own, attached: this.attached.get(key) } : null;
  }

  /** The person knows that a message of unknown fate has arrived. */
  async confirmArrived(key: string): Promise<void> {
    if (deliveryOf(this.state, key) !== 'unknown') return;
    await this.wish(key, () =>
      this.parts.keeper.commit({ type: 'confirmedArrived', at: this.now(), key }),
    );
  }

  /**
   * Takes back a message. One that is on its way is given up: it can be taken back only if it has
   * provably not left, else its fate is unknown.
   *
   * @param toDraft whether its text goes back into the composer
   * @returns `null` when it cannot be taken back; the disk must know of it, too
   */
  async takeBack(key: string, toDraft: boolean): Promise<TakenBack | null> {
    const taken = await this.wish(key, async () => {
      await this.outbox.stop(key);
      const own = this.state.outgoing.get(key);
      if (own === undefined || !this.isRemovable(key)) return null;
      const fate = toDraft ? { toDraft } : {};
      const removed = { type: 'removed', at: this.now(), key, ...fate } as const;
      if (!(await this.parts.keeper.commitStep(removed))) return null;
      return { own, attached: this.attached.get(key) };
    });
    return taken ?? null;
  }

  /** What could not be sent. @param host where it is to go now */
  unsent(host?: string | null): Unsent {
    return unsentOf(this.state, {
      attachedTo: (key) => this.attached.get(key),
      content: (id) => this.parts.uploads.content(id, host),
    });
  }

  /** Another session has these messages now. */
  async forget(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.takeBack(key, false)));
  }

  dispose(): void {
    this.subscription.dispose();
    this.outbox.dispose();
  }

  private async wish<T>(key: string, work: () => Promise<T>): Promise<T | undefined> {
    if (this.wishes.has(key)) return undefined;
    this.wishes.add(key);
    try {
      return await work();
    } finally {
      this.wishes.delete(key);
      this.outbox.pump();
    }
  }

  private async post(own: OwnMessage, signal: AbortSignal): Promise<SentMessage> {
    const { session } = this.state;
    if (session === null) throw new Error('The session has not started');
    const quoted = own.replyTo === null ? undefined : this.state.traces.get(own.replyTo);
    const message = {
      text: own.text,
      attachmentIds: own.attachments.flatMap((file) => file.id ?? []),
      replyToMessageId: quoted?.serverId ?? null,
    };
    const sent = await this.parts.sendMessage(session.id, message, signal);
    this.parts.uploads.forget(this.attached.get(own.key) ?? []);
    return sent;
  }

  private isRemovable(key: string): boolean {
    return canBecome(deliveryOf(this.state, key), 'removed');
  }

  private get state(): Conversation {
    return this.parts.keeper.state;
  }

  private now(): number {
    return this.parts.clock.now();
  }
}
