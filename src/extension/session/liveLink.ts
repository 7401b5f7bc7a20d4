// The live connection of a session: one socket at a time, opened again after every loss.

import type { Clock } from '../core/clock';
import { ClockWatch } from '../core/clockWatch';
import type { Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { LiveEvent } from '../twin/model';
import { RetryTimer } from './retryTimer';
import type { LiveConnection, LiveListener } from './sessionApi';
import { Silence } from './silence';
import { WayWatch } from './wayWatch';

export interface LinkListener {
  /** @param lostAt since when nothing was heard, ms since the epoch; `null` if the first try succeeds */
  onOnline(lostAt: number | null): void;
  /** @param error why a connection could not be opened; `null` for one that was lost */
  onOffline(error: TwinError | null): void;
  /** The server will never take us: no further tries. */
  onRefused(error: TwinError): void;
  /** The server knows no such session any more. */
  onEnded(): void;
  onEvent(event: LiveEvent): void;
  /** @param by so many ms the clock of the machine was set back */
  onClockSetBack(by: number): void;
}

export interface LinkParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly connect: (listener: LiveListener) => LiveConnection;
  /** Resolves when the server answers at all; opens nothing. */
  readonly reach: (signal: AbortSignal) => Promise<void>;
  /** What is known of this machine's networks, in a text: a change of it is worth a try at once. */
  readonly network: () => string;
}

type Phase = 'closed' | 'connecting' | 'online' | 'waiting';

export class LiveLink implements Disposable {
  private phase: Phase = 'closed';
  private connection: LiveConnection | null = null;
  /** Which connection's reports are listened to. */
  private generation = 0;
  /** Stays for a while, and is not opened again. */
  private lingering: Disposable | null = null;
  private readonly silence: Silence;
  private readonly retries: RetryTimer;
  private readonly clockWatch: ClockWatch;
  private readonly way: WayWatch;
  /** How often the way was open, and the connection begun anew, since there was one. */
  private overtaken = 0;
  /** Received, written, and not acknowledged for want of a connection. */
  private readonly unacknowledged = new Set<string>();

  constructor(
    private readonly parts: LinkParts,
    private readonly listener: LinkListener,
  ) {
    this.silence = new Silence(parts.clock);
    this.clockWatch = new ClockWatch(parts.clock);
    this.retries = new RetryTimer({ ...parts, hasSlept: () => this.hasSlept() });
    this.way = new WayWatch(parts);
  }

  /** Till when all that was said has come, as far as anybody can know, ms since the epoch; `null` while closed. */
  get heardUntil(): number | null {
    return this.phase === 'closed' ? null : this.silence.since;
  }

  /** @param lostAt when the session was last heard of, for one that is taken up again */
  open(lostAt: number | null = null): void {
    if (this.phase !== 'closed') return;
    this.silence.reset(lostAt);
    this.retries.reset();
    this.connect();
  }

  /** Does not wait for the next try; one under way goes on, unless the way proves open beside it. */
  reconnectNow(): void {
    if (this.phase === 'connecting') {
      this.watchWay(true);
      this.way.askNow();
    }
    if (this.phase !== 'waiting') return;
    this.retries.reset();
    this.connect();
  }

  /**
   * Looks whether the machine has slept, which no connection survives, or its clock was set back. To
   * be called by whatever happens anyway (a heartbeat, the person's return), for no timer is kept for
   * it.
   */
  look(): void {
    if (!this.hasSlept() || this.lingering !== null) return;
    if (this.phase === 'waiting') this.reconnectNow();
    else if (this.phase === 'online' || this.phase === 'connecting') this.connectAnew();
  }

  /**
   * The conversation is about to end: if there is no connection, none is waited for.
   *
   * @returns since when nothing was heard, ms since the epoch; `null` while there is a connection
   */
  endOutage(): number | null {
    return this.silence.end();
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
    this.lingering ??= this.parts.clock.schedule(() => {
      this.close();
    }, duration);
  }

  close(): void {
    this.phase = 'closed';
    this.generation += 1;
    this.retries.dispose();
    this.way.dispose();
    this.lingering?.dispose();
    this.lingering = null;
    this.connection?.dispose();
    this.connection = null;
  }

  dispose(): void {
    this.close();
  }

  private connect(): void {
    this.close();
    this.phase = 'connecting';
    this.hasSlept();
    const { generation } = this;
    const connection = this.parts.connect(this.connectionListener(generation));
    // It may have failed, or we may have been closed, before it was even returned.
    if (generation === this.generation) this.connection = connection;
    else connection.dispose();
    if (this.isOnline) this.acknowledgeAll();
    if (this.isConnecting) this.watchWay();
  }

  /**
   * Sees to it that a try which the network has swallowed gives way to one that it lets pass.
   *
   * @param isWanted whether the person waits for it, as long as the outage may be
   */
  private watchWay(isWanted = false): void {
    if (!isWanted && !this.retries.isEarly) return;
    this.way.watch(this.overtaken, () => {
      this.overtaken += 1;
      this.noteLoss();
      this.connect();
    });
  }

  private connectionListener(generation: number): LiveListener {
    const current = (report: () => void): void => {
      if (generation === this.generation) report();
    };
    return {
      onWelcome: () => {
        current(() => {
          this.watchWay(); // from the beginning: what comes next has not been asked for until now
        });
      },
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
      onHeartbeat: (answered) => {
        current(() => {
          if (answered) this.silence.heard();
          else this.look();
        });
      },
      onEvent: (event) => {
        current(() => {
          this.silence.heard();
          this.listener.onEvent(event);
        });
      },
    };
  }

  private hasSlept(): boolean {
    const { slept, setBack } = this.clockWatch.look();
    if (setBack > 0) this.listener.onClockSetBack(setBack);
    return slept;
  }

  private get isOnline(): boolean {
    return this.phase === 'online';
  }

  private get isConnecting(): boolean {
    return this.phase === 'connecting';
  }

  private connected(): void {
    this.phase = 'online';
    this.way.dispose();
    this.overtaken = 0;
    this.retries.connected();
    this.acknowledgeAll();
    this.listener.onOnline(this.silence.end());
  }

  private acknowledgeAll(): void {
    if (this.connection === null) return;
    for (const id of this.unacknowledged) this.connection.acknowledge(id);
    this.unacknowledged.clear();
  }

  private lost(error: TwinError | null): void {
    const wasLingering = this.lingering !== null;
    const isRefused = error !== null && this.isRefusal(error);
    this.noteLoss();
    this.close();
    if (wasLingering) return;
    if (error?.reason === 'sessionEnded') {
      this.listener.onEnded();
      return;
    }
    if (isRefused) {
      this.listener.onRefused(error);
      return;
    }
    this.phase = 'waiting';
    this.retries.wait(() => {
      this.connect();
    });
    this.listener.onOffline(error);
  }

  /** The connection can be of no more use, whatever it says: another one in its place, at once. */
  private connectAnew(): void {
    this.noteLoss();
    this.retries.reset();
    this.retries.noteOutage();
    this.listener.onOffline(null);
    this.connect();
  }

  private noteLoss(): void {
    this.silence.begin();
    if (this.phase === 'online') this.retries.disconnected();
  }

  /**
   * A server that refuses our protocol generation (an error's status tells) refuses it for ever. What
   * speaks no Engine.IO at all, or leads elsewhere, is a wrong address at the first try; later it is a
   * proxy, a gateway or a hotel's page in between, which goes away.
   */
  private isRefusal(error: TwinError): boolean {
    const isError = error.status !== null && error.status >= 400;
    return TwinError.is(error, 'protocol') && (isError || !this.silence.hasBegun);
  }
}
