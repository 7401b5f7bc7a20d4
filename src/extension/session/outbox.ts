// Sends what is queued: one message at a time, in order, and never twice without knowing.

import { backoffDelay } from '../core/backoff';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { RemoteFile, SentMessage } from '../twin/model';
import type { Conversation, OwnMessage } from './conversation';
import { problemOf } from './problemOf';
import { HELD_BY_DISK } from './ownMessages';
import type { DurableEvent, Step } from './sessionEvent';
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
  /** Whether the person is about to take a message back: it is passed over. */
  readonly isWithheld: (key: string) => boolean;
  /** Resolves when the event is written and the conversation has changed. */
  readonly commit: (event: DurableEvent) => Promise<unknown>;
  /** The same for a step that the disk has to know of before it is made. @returns whether it was */
  readonly commitStep: (event: Step) => Promise<boolean>;
  /** The files of a message, once all have arrived. @throws UploadError */
  readonly files: (own: OwnMessage) => Promise<readonly RemoteFile[]>;
  readonly post: (own: OwnMessage, signal: AbortSignal) => Promise<SentMessage>;
  /** The server says that there is no such session any more. */
  readonly onSessionEnded: () => Promise<void>;
  /** The host that messages go to. */
  readonly host: string | null;
  /** Told of what should never be thrown. */
  readonly onError: (error: unknown) => void;
}

/** The message that is being sent. */
interface UnderWay {
  readonly key: string;
  readonly stop: AbortController;
  readonly over: Promise<unknown>;
}

export class Outbox implements Disposable {
  private running = false;
  /** Something changed while it was running. */
  private again = false;
  private disposed = false;
  private timer: Disposable | null = null;
  private attempt = 0;
  private troubleBegan: number | null = null;
  /** Not before this (monotonic), by the server's own word. */
  private notBefore = 0;
  private underWay: UnderWay | null = null;
  /** Messages that wait for the disk: those behind them go on. */
  private readonly held = new Set<string>();

  constructor(private readonly parts: OutboxParts) {}

  /** Something was queued. */
  pump(): void {
    this.again = true;
    if (!this.running && this.timer === null) void this.run();
  }

  /** The way is free again: does not wait for the next try, unless the server asked for that. */
  wake(): void {
    if (this.parts.clock.monotonic() < this.notBefore) return;
    this.setTimer(null);
    this.pump();
  }

  /** The disk takes what it is given again. */
  diskRecovered(): void {
    this.held.clear();
    this.pump();
  }

  /** Keeps to what the server asked for before a restart; the clock may have been set since. */
  restore(): void {
    const { quiet } = this.parts.state();
    if (quiet === null) return;
    const left = Math.min(quiet.until - this.now(), quiet.until - quiet.from);
    if (left > 0) this.waitFor(left, left);
  }

  /**
   * Gives up a message that is under way; resolves when its fate is settled as far as it can be. It
   * is queued again if it provably has not left, else it is unknown whether it was taken.
   */
  async stop(key: string): Promise<void> {
    if (this.underWay?.key !== key) return;
    this.underWay.stop.abort();
    await this.underWay.over;
  }

  dispose(): void {
    this.disposed = true;
    this.setTimer(null);
    this.underWay?.stop.abort();
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (this.again && this.timer === null) {
        this.again = false;
        let own = this.next();
        while (own !== null && (await this.send(own))) own = this.next();
      }
    } catch (error) {
      this.parts.onError(error);
    } finally {
      this.running = false;
    }
  }

  private next(): OwnMessage | null {
    if (this.disposed || !this.parts.isOpen()) return null;
    for (const own of this.parts.state().outgoing.values())
      if (own.delivery === 'queued' && !this.isPassedOver(own.key)) return own;
    return null;
  }

  private isPassedOver(key: string): boolean {
    return this.held.has(key) || this.parts.isWithheld(key);
  }

  private async send(own: OwnMessage): Promise<boolean> {
    const stop = new AbortController();
    const done = this.deliver(own, stop.signal);
    this.underWay = { key: own.key, stop, over: done.catch(() => undefined) };
    try {
      return await done;
    } finally {
      this.underWay = null;
    }
  }

  /** @returns whether the next one may go at once */
  private async deliver(own: OwnMessage, signal: AbortSignal): Promise<boolean> {
    const { commit, commitStep } = this.parts;
    const { key } = own;
    if (!(await commitStep({ type: 'sending', at: this.now(), key }))) {
      this.held.add(key);
      return true;
    }
    const ready = await this.withFiles(own, signal);
    if (ready === null) return true;
    if (this.disposed) return false;
    if (signal.aborted || !this.parts.isOpen()) {
      // Nothing has left but its files.
      await commit({ type: 'requeued', at: this.now(), key, problem: null });
      return signal.aborted;
    }
    try {
      const sent = await this.parts.post(ready, signal);
      this.attempt = 0;
      this.troubleBegan = null;
      await commit({ type: 'sent', at: this.now(), key, sent });
      return true;
    } catch (error) {
      return this.afterFailure(key, error);
    }
  }

  /** The message with all its files; `null` when one of them could not be sent, or the disk holds it. */
  private async withFiles(own: OwnMessage, signal: AbortSignal): Promise<OwnMessage | null> {
    if (own.attachments.every((file) => file.id !== null)) return own;
    try {
      const attachments = await Promise.race([this.parts.files(own), aborted(signal)]);
      if (attachments === null) return own;
      const { key } = own;
      if (await this.parts.commitStep({ type: 'uploaded', at: this.now(), key, attachments }))
        return { ...own, attachments };
      this.held.add(key);
      await this.parts.commit({ type: 'requeued', at: this.now(), key, problem: HELD_BY_DISK });
      return null;
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
    const at = this.now();
    if (error.isProvablyNotTaken && error.reason === 'stopped') {
      await commit({ type: 'requeued', at, key, problem: null });
      return true;
    }
    const problem = problemOf(error, 'send', host);
    if (error.isProvablyNotTaken) {
      await this.tryLater(key, problem, error.retryAfter);
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

  private async tryLater(
    key: string,
    problem: ReturnType<typeof problemOf>,
    retryAfter: number | null,
  ): Promise<void> {
    const { clock, random, commit } = this.parts;
    const now = clock.monotonic();
    const at = this.now();
    this.troubleBegan ??= now;
    const asked = Math.min(retryAfter ?? 0, MAX_RETRY_AFTER);
    const delay = Math.max(asked, backoffDelay(this.attempt, now - this.troubleBegan, random()));
    this.attempt += 1;
    const until = asked > 0 ? { until: at + asked } : {};
    await commit({ type: 'requeued', at, key, problem, ...until });
    this.waitFor(delay, asked);
  }

  /** @param asked how long the server wants us to wait at least, ms */
  private waitFor(delay: number, asked: number): void {
    this.notBefore = this.parts.clock.monotonic() + asked;
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

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => {
      resolve(null);
    });
  });
}
