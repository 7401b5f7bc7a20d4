// After an outage: asks the server, where it offers that, for what was said meanwhile.

import type { Clock } from '../core/clock';
import { TwinError } from '../core/errors';
import type { Logger } from '../core/logger';
import type { History, IncomingMessage } from '../twin/model';
import type { Conversation } from './conversation';
import type { ConversationKeeper } from './conversationKeeper';
import { withoutGreeting } from './greeting';
import type { Inbox } from './inbox';
import { toServerTime } from './serverTime';

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
  constructor(private readonly parts: GapFillerParts) {}

  /** Shows that messages between the two times may be missing, and tries once to get them. */
  async fill(from: number, to: number): Promise<void> {
    const { keeper, clock, logger } = this.parts;
    await keeper.commit({ type: 'gap', at: clock.now(), from, to });
    if (!keeper.state.historyOffered || keeper.isElsewhere) return;
    try {
      const history = await this.parts.history();
      if (history === null) await keeper.commit({ type: 'historyRefused', at: clock.now() });
      else await this.take(history, from, to);
    } catch (error) {
      if (!(error instanceof TwinError)) throw error;
      logger.info('The history could not be had: the gap stays', { error });
    }
  }

  private async take(history: History, from: number, to: number): Promise<void> {
    const { keeper, inbox, clock } = this.parts;
    const told = withoutGreeting(keeper.state, history.messages);
    const missed = told.filter((message) => wasMissed(keeper.state, message, from, to));
    for (const message of missed) await inbox.receiveMissed(message);
    if (covers(keeper.state, history, from))
      await keeper.commit({ type: 'gapFilled', at: clock.now(), from, to });
  }
}

/** Only what can be told from what is here already, by its id, and belongs to the outage. */
function wasMissed(c: Conversation, message: IncomingMessage, from: number, to: number): boolean {
  const { id, createdAt } = message;
  if (id === null || c.keyByServerId.has(id)) return false;
  return (
    createdAt === null ||
    (createdAt >= toServerTime(c, from) - MARGIN && createdAt <= toServerTime(c, to) + MARGIN)
  );
}

/** Whether the answer reaches back to the beginning of the outage: it may be one page of many. */
function covers(c: Conversation, { count, messages }: History, from: number): boolean {
  if (messages.some(({ id }) => id === null)) return false;
  if (count !== null && count <= messages.length) return true;
  return messages.some(({ createdAt }) => createdAt !== null && createdAt <= toServerTime(c, from));
}
