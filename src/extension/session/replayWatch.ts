// Right after an outage a server may give its last messages once more. If that begins with what was
// here before, then what was written meanwhile is among them, and nothing is missing.

import type { IncomingMessage } from '../twin/model';
import type { Conversation } from './conversation';

/** A server that keeps events for those who are away gives them this soon after their return, ms. */
const REPLAY_TIME = 5_000;
/** TWIN's times may be whole seconds, ms. */
const RESOLUTION = 1_000;
/** So many new messages are looked at. */
const MOST = 50;

/** So long a word may be on its way where the network fails, ms: others, sent later, are lost then. */
export const ON_THE_WAY = 10_000;

/** In which something may have been missed, by the clock here. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/**
 * What was sent just before the last that was heard may be lost, too.
 *
 * @param lostAt when the last word came, by the clock here
 */
export function outageSince(lostAt: number, to: number, c: Conversation): Outage {
  const since = c.session?.arrivedAt ?? -Infinity;
  return { from: Math.min(lostAt, Math.max(lostAt - ON_THE_WAY, since)), to };
}

export class ReplayWatch {
  /** How far the clock here is ahead of the server's, ms; measured anew, for both may have been set. */
  private ahead = Infinity;
  /** When what came soon and is new was written, by the server's clock. */
  private written: number[] = [];
  private reachesBack = false;

  readonly outage: Outage;

  /**
   * @param lostAt when the last word came, by the clock here
   * @param to when the connection was there again
   * @param before what was here when the connection was lost
   */
  constructor(
    private readonly lostAt: number,
    to: number,
    readonly before: Conversation,
  ) {
    this.outage = outageSince(lostAt, to, before);
  }

  /**
   * Looks at a message that the live channel brings. A new one alone proves nothing: it may have
   * been late.
   *
   * @returns whether nothing is missing
   */
  note({ id, author, createdAt }: IncomingMessage, at: number): boolean {
    if (createdAt === null) return false;
    this.ahead = Math.min(this.ahead, at - createdAt);
    const isSoon = at <= this.outage.to + REPLAY_TIME;
    // An own one may have gone while the connection was dead and nobody knew.
    if (id !== null && isSoon && author !== 'client') {
      if (this.before.keyByServerId.has(id)) this.reachesBack = true;
      else this.written = [...this.written, createdAt].slice(-MOST);
    }
    return this.reachesBack && this.written.some((time) => this.isInside(time));
  }

  private isInside(time: number): boolean {
    // Well inside: what was written as the connection broke may only have been late.
    return (
      time - RESOLUTION >= this.lostAt - this.ahead &&
      time + RESOLUTION <= this.outage.to - this.ahead
    );
  }
}
