import type { ConnectionState } from '../../shared/conversation';
import { step, type StateTable } from './stateTable';

export const CONNECTION_TABLE: StateTable<ConnectionState> = {
  idle: ['starting'],
  starting: ['online', 'reconnecting', 'failed', 'ended'],
  online: ['reconnecting', 'ended', 'failed'],
  reconnecting: ['online', 'ended', 'failed'],
  ended: ['starting'],
  failed: ['starting'],
};

/** @throws IllegalTransitionError */
export function connectionTransition(from: ConnectionState, to: ConnectionState): ConnectionState {
  return step(CONNECTION_TABLE, 'connection', from, to);
}

/** Whether messages can still go, now or after a reconnection. */
export function isLive(state: ConnectionState): boolean {
  return state === 'starting' || state === 'online' || state === 'reconnecting';
}
