import type { MessageRow } from '../../shared/conversation';
import type { Clock } from '../core/clock';

export const NOTIFICATION_POLICIES = ['operatorOnly', 'all', 'never'] as const;
export type NotificationPolicy = (typeof NOTIFICATION_POLICIES)[number];

/** The least time between two notifications, ms: a talkative bot must not cover the screen. */
const QUIET_TIME = 30_000;

/** Decides which messages may interrupt a person who does not see the chat. */
export class NotificationGate {
  private lastAt = -Infinity;

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /** Whether to notify of `message` now; a yes counts as done. */
  admits(message: Pick<MessageRow, 'author'>, policy: NotificationPolicy): boolean {
    const wanted = policy === 'all' || (policy === 'operatorOnly' && message.author === 'operator');
    const now = this.clock.monotonic();
    if (!wanted || now - this.lastAt < QUIET_TIME) return false;
    this.lastAt = now;
    return true;
  }
}
