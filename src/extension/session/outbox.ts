// Sends what is queued: one message at a time, in order, and never twice without knowing.

import { backoffDelay } from '../core/backoff';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { RemoteFile, SentMessage } from '../twin/model';
import type { Conversation, OwnMessage } from './conversation';
import { problemOf } from './problemOf';
import type { DurableEvent } from './sessionEvent';
import { UploadError } from './uploads';

/** No server may silence the chat for longer, ms. */
const MAX_RETRY_AFTER = 600_000;

export interface OutboxParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly state: () => Conversation;
  /** Whether messages may leave now. */
  readonly isOpen: () => boolean;
  /** Resolves when the event is written and the conversation has changed. */
  readonly commit: (event: DurableEvent) => Promise<void>;
  /** The files of a message, once all have arrived. @throws UploadError */
  readonly files: (own: OwnMessage) => Promise<readonly RemoteFile[]>;
  readonly post: (own: OwnMessage) => Promise<SentMessage>;
  /** The server says that there is no such session any more. */
  readonly onSessionEnded: () => Promise<void>;
  /** The host that messages go to. */
  readonly host: () => string | null;
  /** Told of what should never be thrown. */
  readonly onError: (error: unknown) => void;
}

export class Outbox implements Disposable {
  private running = false;
  private disposed = false;
  private timer: Disposable | null = null;
  private attempt = 0;
  private troubleBegan: number | null = null;
  /** Not before this (monotonic), by the server's own word. */
  private notBefore = 0;

  constructor(private readonly parts: OutboxParts) {}

  /** Something was queued. */
  pump(): void {
    if (!this.running && this.timer === null) void this.run();
  }

  /** The way is free again: does not wait for the next try, unless the server asked for that. */
  wake(): void {
    if (this.parts.clock.monotonic() < this.notBefore) return;
    this.setTimer(null);
    this.pump();
  }

  dispose(): void {
    this.disposed = true;
    this.setTimer(null);
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      let own = this.next();
      while (own !== null && (await this.deliver(own))) own = this.next();
    } catch (error) {
      this.parts.onError(error);
    } finally {
      this.running = false;
    }
  }

  private next(): OwnMessage | null {
    if (this.disposed || !this.parts.isOpen()) return null;
    for (const own of this.parts.state().outgoing.values())
      if (own.delivery === 'queued') return own;
    return null;
  }

  /** @returns whether the next one may go at once */
  private async deliver(own: OwnMessage): Promise<boolean> {
    const { commit } = this.parts;
    const { key } = own;
    await commit({ type: 'sending', at: this.now(), key });
    const ready = await this.withFiles(own);
    if (ready === null) return true;
    if (this.disposed) return false;
    if (!this.parts.isOpen()) {
      // Nothing has left but its files.
      await commit({ type: 'requeued', at: this.now(), key, problem: null });
      return false;
    }
    try {
      const sent = await this.parts.post(ready);
      this.attempt = 0;
      this.troubleBegan = null;
      await commit({ type: 'sent', at: this.now(), key, sent });
      return true;
    } catch (error) {
      return this.afterFailure(key, error);
    }
  }

  /** The message with all its files; `null` when one of them could not be sent. */
  private async withFiles(own: OwnMessage): Promise<OwnMessage | null> {
    if (own.attachments.every((file) => file.id !== null)) return own;
    try {
      const attachments = await this.parts.files(own);
      await this.parts.commit({ type: 'uploaded', at: this.now(), key: own.key, attachments });
      return { ...own, attachments };
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      if (this.disposed) return null;
      const { problem } = error;
      await this.parts.commit({ type: 'failed', at: this.now(), key: own.key, problem });
      return null;
    }
  }

  private async afterFailure(key: string, error: unknown): Promise<boolean> {
    if (!(error instanceof TwinError)) throw error;
    // Given up with the session: what has become of it is asked when that is taken up again.
    if (this.disposed) return false;
    const { commit, host, onSessionEnded } = this.parts;
    const problem = problemOf(error, 'send', host());
    const at = this.now();
    if (error.isProvablyNotTaken) {
      await commit({ type: 'requeued', at, key, problem });
      this.tryLater(error.retryAfter);
      return false;
    }
    if (error.reason === 'sessionEnded') {
      // Not taken either: it stays with what is offered to the next session.
      await commit({ type: 'requeued', at, key, problem });
      await onSessionEnded();
      return false;
    }
    await commit(
      error.isOutcomeUnknown
        ? { type: 'becameUnknown', at, key }
        : { type: 'failed', at, key, problem },
    );
    return true;
  }

  private tryLater(retryAfter: number | null): void {
    const { clock, random } = this.parts;
    const now = clock.monotonic();
    this.troubleBegan ??= now;
    const asked = Math.min(retryAfter ?? 0, MAX_RETRY_AFTER);
    const delay = Math.max(asked, backoffDelay(this.attempt, now - this.troubleBegan, random()));
    this.attempt += 1;
    this.notBefore = now + asked;
    this.setTimer(() => {
      this.timer = null;
      this.pump();
    }, delay);
  }

  private setTimer(callback: (() => void) | null, delay = 0): void {
    this.timer?.dispose();
    this.timer =
      callback === null || this.disposed ? null : this.parts.clock.schedule(callback, delay);
  }

  private now(): number {
    return this.parts.clock.now();
  }
}
