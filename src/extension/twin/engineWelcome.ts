import { isArrayOf, isRecord, isString } from '../../shared/guards';
import { parseJson } from './reader';

/** A heartbeat faster than this would keep the processor busy with nothing else, ms. */
const FASTEST_HEARTBEAT = 20;
/** One slower than this notices nothing, ms; a timer takes no more than 2^31. */
const SLOWEST_HEARTBEAT = 24 * 3600 * 1000;
const MANY = 100;

const areUpgrades = isArrayOf(isString, MANY);

/**
 * Whether Engine.IO's "open" packet says what engine.io-client takes from it unseen: a session id
 * that is no text ends there in a recursion without end, a heartbeat of zero in a busy loop.
 */
export function isWelcome(data: unknown): boolean {
  const welcome = typeof data === 'string' ? parseJson(data) : undefined;
  if (!isRecord(welcome)) return false;
  const { sid, upgrades, pingInterval, pingTimeout } = welcome;
  return (
    isString(sid) &&
    sid !== '' &&
    areUpgrades(upgrades) &&
    isHeartbeat(pingInterval) &&
    isHeartbeat(pingTimeout)
  );
}

function isHeartbeat(value: unknown): boolean {
  return typeof value === 'number' && value >= FASTEST_HEARTBEAT && value <= SLOWEST_HEARTBEAT;
}
