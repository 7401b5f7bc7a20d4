// After an outage: asks the server, where it offers that, for what was said meanwhile.

import type { Clock } from '../core/clock';
import { TwinError } from '../core/errors';
import type { Logger } from '../core/logger';
import type { History, IncomingMessage } from '../twin/model';
import type { Conversation } from './conversation';
import type { ConversationKeeper } from './conversationKeeper';
import { withoutGreeting } from './greeting';
import type { Inbox } from './inbox';
import { ON_THE_WAY, outageSince, ReplayWatch, type Outage } from './replayWatch';
import { trace } from './rows';

export interface GapFillerParts {
  readonly keeper: ConversationKeeper;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly logger: Logger;
  /** `null` where the server does not offer its history. */
  readonly history: () => Promise<History | null>;
}

export class GapFiller {
  /** What was here when the connection was lost. */
  private before: Conversation | null = null;
  private watch: ReplayWatch | null = null;

  constructor(private readonly parts: GapFillerParts) {}

  /** The connection is gone: what the history tells beyond what is here now was missed. */
  lost(): void {
    this.before ??= this.parts.keeper.state;
    this.watch = null;
  }

  /**
   * The connection is there. To be called before anything that it brings.
   *
   * @param lostAt since when nothing was heard; `null` if the first try to connect succeeds
   */
  returned(lostAt: number | null): void {
    const { keeper, clock } = this.parts;
    const before = this.before ?? keeper.state;
    this.watch = lostAt === null ? null : new ReplayWatch(lostAt, clock.now(), before);
    this.before = null;
  }

  /**
   * The conversation ends in an outage: what was said in it will not come any more.
   *
   * @param lostAt since when nothing was heard
   */
  async end(lostAt: number): Promise<void> {
    const { keeper, clock } = this.parts;
    const at = clock.now();
    await keeper.commit({ type: 'gap', at, ...outageSince(lostAt, at, keeper.state) });
  }

  /** The live channel has brought a message. */
  async note(message: IncomingMessage): Promise<void> {
    const { watch } = this;
    if (watch?.note(message, this.parts.clock.now()) !== true) return;
    this.watch = null;
    await this.filled(watch.outage);
  }

  /** Shows that messages of the outage may be missing, and tries once to get them. */
  async fill(): Promise<void> {
    const { keeper, clock, logger } = this.parts;
    const { watch } = this;
    if (watch === null) return;
    await keeper.commit({ type: 'gap', at: clock.now(), ...watch.outage });
    if (!keeper.state.historyOffered || keeper.isElsewhere) return;
    try {
      const history = await this.parts.history();
      if (history === null) await keeper.commit({ type: 'historyRefused', at: clock.now() });
      else if (await this.take(history, watch.before)) await this.filled(watch.outage);
    } catch (error) {
      if (!(error instanceof TwinError)) throw error;
      logger.info('The history could not be had: the gap stays', { error });
    }
  }

  private async filled(outage: Outage): Promise<void> {
    const { keeper, clock } = this.parts;
    await keeper.commit({ type: 'gapFilled', at: clock.now(), ...outage });
  }

  /** @returns whether that is all that was missed: it may be one page of many */
  private async take({ count, messages }: History, before: Conversation): Promise<boolean> {
    const { keeper, inbox } = this.parts;
    const told = withoutGreeting(keeper.state, messages);
    const since = lastHeardOrder(before);
    for (const message of told)
      if (wasMissed(keeper.state, message, since)) await inbox.receiveMissed(message);
    if (messages.some(({ id }) => id === null)) return false;
    // It is all there is, or reaches back to what was here before. Not to an own message: that may
    // have gone while the connection was dead already and nobody knew.
    const isAll = count !== null && count <= messages.length;
    const isKnown = told.some(
      ({ id, author }) => author !== 'client' && id !== null && before.keyByServerId.has(id),
    );
    return isAll || isKnown || told.length < messages.length;
  }
}

/** The time of the last word of the other side, by the server's clock. */
function lastHeardOrder(c: Conversation): number | null {
  const heard = c.view.rows.findLast(
    (row) => row.kind === 'message' && row.author !== 'client' && trace(c, row.key).order !== null,
  );
  return (heard && trace(c, heard.key).order) ?? c.session?.startedAt ?? null;
}

/**
 * Only what can be told from what is here already, by its id. Where others came without one, its time
 * tells, by the server's own clock: the one here may have been set.
 *
 * @param since the time of the last that was heard before the outage
 */
function wasMissed(
  c: Conversation,
  { id, author, createdAt }: IncomingMessage,
  since: number | null,
): boolean {
  if (id === null || c.keyByServerId.has(id)) return false;
  if (author !== 'client' && isEachNamed(c)) return true;
  return createdAt === null || since === null || createdAt >= since - ON_THE_WAY;
}

/** Whether each word of the other side has its id, but for the greeting, which is known by its words. */
function isEachNamed(c: Conversation): boolean {
  const greeting = new Set(c.greeting.map(({ key }) => key));
  return c.view.rows.every(
    (row) =>
      row.kind !== 'message' ||
      row.author === 'client' ||
      trace(c, row.key).serverId !== null ||
      greeting.has(row.key),
  );
}
