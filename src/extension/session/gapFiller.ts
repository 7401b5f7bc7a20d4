// After an outage: asks the server, where it offers that, for what was said meanwhile.

import type { Clock } from '../core/clock';
import { TwinError } from '../core/errors';
import type { Logger } from '../core/logger';
import type { History, IncomingMessage } from '../twin/model';
import type { Conversation } from './conversation';
import type { ConversationKeeper } from './conversationKeeper';
import { withoutGreeting } from './greeting';
import type { Inbox } from './inbox';
import { newestOrder } from './serverTime';

/** What was sent around the outage may have been lost with it, ms. */
const MARGIN = 5_000;

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

  constructor(private readonly parts: GapFillerParts) {}

  /** The connection is gone: what the history tells beyond what is here now was missed. */
  lost(): void {
    this.before ??= this.parts.keeper.state;
  }

  /** The connection is there for the first time: nothing was missed. */
  begin(): void {
    this.before = null;
  }

  /** Shows that messages between the two times may be missing, and tries once to get them. */
  async fill(from: number, to: number): Promise<void> {
    const { keeper, clock, logger } = this.parts;
    const before = this.before ?? keeper.state;
    this.before = null;
    await keeper.commit({ type: 'gap', at: clock.now(), from, to });
    if (!keeper.state.historyOffered || keeper.isElsewhere) return;
    try {
      const history = await this.parts.history();
      if (history === null) await keeper.commit({ type: 'historyRefused', at: clock.now() });
      else if (await this.take(history, before))
        await keeper.commit({ type: 'gapFilled', at: clock.now(), from, to });
    } catch (error) {
      if (!(error instanceof TwinError)) throw error;
      logger.info('The history could not be had: the gap stays', { error });
    }
  }

  /** @returns whether that is all that was missed: it may be one page of many */
  private async take({ count, messages }: History, before: Conversation): Promise<boolean> {
    const { keeper, inbox } = this.parts;
    const told = withoutGreeting(keeper.state, messages);
    const since = newestOrder(before);
    for (const message of told)
      if (wasMissed(keeper.state, message, since)) await inbox.receiveMissed(message);
    if (messages.some(({ id }) => id === null)) return false;
    // It is all there is, or reaches back to what was here before.
    const isAll = count !== null && count <= messages.length;
    const isKnown = told.some(({ id }) => id !== null && before.keyByServerId.has(id));
    return isAll || isKnown || told.length < messages.length;
  }
}

/**
 * Only what can be told from what is here already, by its id. Where others came without one, its time
 * tells, by the server's own clock: the one here may have been set.
 *
 * @param since the time of the newest that was here before the outage
 */
function wasMissed(
  c: Conversation,
  { id, createdAt }: IncomingMessage,
  since: number | null,
): boolean {
  if (id === null || c.keyByServerId.has(id)) return false;
  return createdAt === null || since === null || createdAt >= since - MARGIN;
}
