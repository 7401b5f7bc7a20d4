// The live connection of a session: one socket at a time, opened again after every loss.

import { backoffDelay } from '../core/backoff';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { LiveEvent } from '../twin/model';
import type { LiveConnection, LiveListener } from './sessionApi';

export interface LinkListener {
  /** @param lostAt since when nothing was heard, ms since the epoch; `null` at the first connect */
  onOnline(lostAt: number | null): void;
  /** @param error why a connection could not be opened; `null` for one that was lost */
  onOffline(error: TwinError | null): void;
  /** The server will never take us: no further tries. */
  onRefused(error: TwinError): void;
  onEvent(event: LiveEvent): void;
}

export interface LinkParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly connect: (listener: LiveListener) => LiveConnection;
}

type Phase = 'closed' | 'connecting' | 'online' | 'waiting';

export class LiveLink implements Disposable {
  private phase: Phase = 'closed';
  private connection: LiveConnection | null = null;
  /** Which connection's reports are listened to. */
  private generation = 0;
  private timer: Disposable | null = null;
  private attempt = 0;
  private lostAt: number | null = null;
  private outageBegan: number | null = null;
  private lingering = false;
  /** Received, written, and not acknowledged for want of a connection. */
  private readonly unacknowledged = new Set<string>();

  constructor(
    private readonly parts: LinkParts,
    private readonly listener: LinkListener,
  ) {}

  /** @param lostAt when the session was last heard of, for one that is taken up again */
  open(lostAt: number | null = null): void {
    if (this.phase !== 'closed') return;
    this.lostAt = lostAt;
    this.attempt = 0;
    this.connect();
  }

  /** Does not wait for the next try. */
  reconnectNow(): void {
    if (this.phase !== 'waiting') return;
    this.attempt = 0;
    this.connect();
  }

  /** Tells the server that a message was received, now or with the next connection. */
  acknowledge(messageId: string): void {
    if (this.phase === 'online') this.connection?.acknowledge(messageId);
    else this.unacknowledged.add(messageId);
  }

  /**
   * The conversation is over, but what was sent before its end may still come, and the last
   * acknowledgement must get out: the connection stays for a while, and is not opened again.
   *
   * @param duration ms
   */
  linger(duration: number): void {
    if (this.phase !== 'online') {
      this.close();
      return;
    }
    this.lingering = true;
    this.setTimer(() => {
      this.close();
    }, duration);
  }

  close(): void {
    this.phase = 'closed';
    this.generation += 1;
    this.setTimer(null);
    this.lingering = false;
    this.connection?.dispose();
    this.connection = null;
  }

  dispose(): void {
    this.close();
  }

  private connect(): void {
    this.close();
    this.phase = 'connecting';
    const { generation } = this;
    const current = (report: () => void): void => {
      if (generation === this.generation) report();
    };
    const connection = this.parts.connect({
      onConnect: () => {
        current(() => {
          this.connected();
        });
      },
      onDisconnect: () => {
        current(() => {
          this.lost(null);
        });
      },
      onFailure: (error) => {
        current(() => {
          this.lost(error);
        });
      },
      onEvent: (event) => {
        current(() => {
          this.listener.onEvent(event);
        });
      },
    });
    // It may have failed, or we may have been closed, before it was even returned.
    if (generation === this.generation) this.connection = connection;
    else connection.dispose();
    if (this.isOnline) this.acknowledgeAll();
  }

  private get isOnline(): boolean {
    return this.phase === 'online';
  }

  private connected(): void {
    const { lostAt } = this;
    this.phase = 'online';
    this.attempt = 0;
    this.lostAt = null;
    this.outageBegan = null;
    this.acknowledgeAll();
    this.listener.onOnline(lostAt);
  }

  private acknowledgeAll(): void {
    if (this.connection === null) return;
    for (const id of this.unacknowledged) this.connection.acknowledge(id);
    this.unacknowledged.clear();
  }

  private lost(error: TwinError | null): void {
    const { clock, random } = this.parts;
    const wasOnline = this.phase === 'online';
    const wasLingering = this.lingering;
    this.close();
    if (wasLingering) return;
    if (error !== null && TwinError.is(error, 'protocol')) {
      this.listener.onRefused(error);
      return;
    }
    if (wasOnline) this.lostAt = clock.now();
    this.outageBegan ??= clock.monotonic();
    this.phase = 'waiting';
    const outage = clock.monotonic() - this.outageBegan;
    const delay = backoffDelay(this.attempt, outage, random());
    this.attempt += 1;
    this.setTimer(() => {
      this.connect();
    }, delay);
    this.listener.onOffline(error);
  }

  private setTimer(callback: (() => void) | null, delay = 0): void {
    this.timer?.dispose();
    this.timer = callback === null ? null : this.parts.clock.schedule(callback, delay);
  }
}
