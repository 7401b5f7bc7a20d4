// The live connection of a session: one socket at a time, opened again after every loss.

import { backoffDelay, RECONNECT_BACKOFF } from '../core/backoff';
import type { Clock } from '../core/clock';
import { ClockWatch } from '../core/clockWatch';
import type { Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { LiveEvent } from '../twin/model';
import type { LiveConnection, LiveListener } from './sessionApi';
import { WayWatch } from './wayWatch';

/** How often the wait for the next try looks whether the machine woke, or its network changed, ms. */
const LOOK = 1_000;
/** A connection that lasted so long was a good one: the next loss is the first again, ms. */
const STABLE = 10_000;

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

/** A moment, by both clocks. */
interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

type Phase = 'closed' | 'connecting' | 'online' | 'waiting';

export class LiveLink implements Disposable {
  private phase: Phase = 'closed';
  private connection: LiveConnection | null = null;
  /** Which connection's reports are listened to. */
  private generation = 0;
  private timer: Disposable | null = null;
  private attempt = 0;
  /** Since when nothing was heard; `null` while online, and till a first try has failed. */
  private lostAt: Moment | null = null;
  /** When the server was last heard: what came after it may be lost. */
  private heardAt: Moment;
  private connectedAt = 0;
  private outageBegan: number | null = null;
  private lingering = false;
  private network = '';
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
    this.heardAt = this.now();
    this.clockWatch = new ClockWatch(parts.clock);
    this.way = new WayWatch(parts);
  }

  /** @param lostAt when the session was last heard of, for one that is taken up again */
  open(lostAt: number | null = null): void {
    if (this.phase !== 'closed') return;
    this.heardAt = this.now();
    this.lostAt = lostAt === null ? null : { ...this.heardAt, wall: lostAt };
    this.attempt = 0;
    this.connect();
  }

  /** Does not wait for the next try; one under way goes on, unless the way proves open beside it. */
  reconnectNow(): void {
    if (this.phase === 'connecting') {
      this.watchWay(true);
      this.way.askNow();
    }
    if (this.phase !== 'waiting') return;
    this.attempt = 0;
    this.connect();
  }

  /**
   * Looks whether the machine has slept, which no connection survives, or its clock was set back. To
   * be called by whatever happens anyway (a heartbeat, the person's return), for no timer is kept for
   * it.
   */
  look(): void {
    if (!this.hasSlept() || this.lingering) return;
    if (this.phase === 'waiting') this.reconnectNow();
    else if (this.phase === 'online' || this.phase === 'connecting') this.connectAnew();
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
    this.way.dispose();
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
    if (!isWanted && this.outage >= RECONNECT_BACKOFF.patience) return;
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
          if (answered) this.heardAt = this.now();
          else this.look();
        });
      },
      onEvent: (event) => {
        current(() => {
          this.heardAt = this.now();
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

  /** How long the connection has been gone, ms. */
  private get outage(): number {
    return this.outageBegan === null ? 0 : this.parts.clock.monotonic() - this.outageBegan;
  }

  private connected(): void {
    const { clock } = this.parts;
    const { lostAt } = this;
    this.phase = 'online';
    this.way.dispose();
    this.overtaken = 0;
    this.lostAt = null;
    this.outageBegan = null;
    this.heardAt = this.now();
    this.connectedAt = clock.monotonic();
    this.acknowledgeAll();
    this.listener.onOnline(lostAt === null ? null : this.asTheClockShows(lostAt));
  }

  private now(): Moment {
    const { clock } = this.parts;
    return { wall: clock.now(), monotonic: clock.monotonic() };
  }

  /**
   * When that was, by the wall clock as it is now: it may have been set since. Back, it is seen by
   * the time that has passed; forward, it looks like a sleep, and too long an outage is told.
   */
  private asTheClockShows({ wall, monotonic }: Moment): number {
    const now = this.now();
    return Math.min(wall, now.wall - (now.monotonic - monotonic));
  }

  private acknowledgeAll(): void {
    if (this.connection === null) return;
    for (const id of this.unacknowledged) this.connection.acknowledge(id);
    this.unacknowledged.clear();
  }

  private lost(error: TwinError | null): void {
    const { clock, random } = this.parts;
    const wasLingering = this.lingering;
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
    this.outageBegan ??= clock.monotonic();
    const delay = backoffDelay(this.attempt, this.outage, random());
    this.attempt += 1;
    this.phase = 'waiting';
    this.network = this.parts.network();
    this.waitUntil(clock.monotonic() + delay);
    this.listener.onOffline(error);
  }

  /** The connection can be of no more use, whatever it says: another one in its place, at once. */
  private connectAnew(): void {
    this.noteLoss();
    this.attempt = 0;
    this.outageBegan ??= this.parts.clock.monotonic();
    this.listener.onOffline(null);
    this.connect();
  }

  /** A try that fails here may have got through to the server, which has spoken into it. */
  private noteLoss(): void {
    this.lostAt ??= this.heardAt;
    if (this.phase !== 'online') return;
    if (this.parts.clock.monotonic() - this.connectedAt >= STABLE) this.attempt = 0;
  }

  /**
   * A server that refuses our protocol generation (a status tells) refuses it for ever. What speaks
   * no Engine.IO at all is a wrong address at the first try; later it is a proxy or a hotel's page in
   * between, which goes away.
   */
  private isRefusal(error: TwinError): boolean {
    return TwinError.is(error, 'protocol') && (error.status !== null || this.lostAt === null);
  }

  /** @param due by the monotonic clock */
  private waitUntil(due: number): void {
    const left = due - this.parts.clock.monotonic();
    this.setTimer(
      () => {
        const changed = this.parts.network() !== this.network;
        if (left <= LOOK || changed || this.hasSlept()) this.connect();
        else this.waitUntil(due);
      },
      Math.min(left, LOOK),
    );
  }

  private setTimer(callback: (() => void) | null, delay = 0): void {
    this.timer?.dispose();
    this.timer = callback === null ? null : this.parts.clock.schedule(callback, delay);
  }
}
