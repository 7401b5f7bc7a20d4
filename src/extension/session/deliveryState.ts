import type { Delivery } from '../../shared/conversation';
import { step, type StateTable } from './stateTable';

/** `removed` is no state to be shown: the row is gone. */
export type DeliveryState = Delivery | 'removed';

export const DELIVERY_TABLE: StateTable<DeliveryState> = {
  queued: ['sending', 'removed'],
  // Back to the queue: provably not taken.
  sending: ['sent', 'read', 'queued', 'unknown', 'failed'],
  sent: ['read'],
  read: [],
  unknown: ['sent', 'read', 'queued'],
  failed: ['queued', 'removed'],
  removed: [],
};

/** @throws IllegalTransitionError */
export function deliveryTransition<T extends DeliveryState>(from: Delivery, to: T): T {
  step(DELIVERY_TABLE, 'delivery', from, to);
  return to;
}

/** Whether the step is in the table: for wishes of the person, which may come too late. */
export function canBecome(from: Delivery | null, to: DeliveryState): boolean {
  return from !== null && DELIVERY_TABLE[from].includes(to);
}
