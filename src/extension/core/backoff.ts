/** How the wait before the next try to connect grows. All figures are milliseconds. */
export interface BackoffPolicy {
  /** The first ceiling; it doubles with each try. */
  readonly base: number;
  /** The ceiling while the outage is younger than `patience`. */
  readonly cap: number;
  /** The ceiling afterwards. */
  readonly patientCap: number;
  readonly patience: number;
}

export const RECONNECT_BACKOFF: BackoffPolicy = {
  base: 500,
  cap: 3_000,
  patientCap: 30_000,
  patience: 90_000,
};

/**
 * The wait before try number `attempt` (0 is the first retry): "full jitter", anywhere between
 * nothing and the ceiling, so that many clients do not come back at the same instant.
 *
 * @param outage how long the connection has been gone, ms
 * @param random a number in [0, 1)
 */
export function backoffDelay(
  attempt: number,
  outage: number,
  random: number,
  policy: BackoffPolicy = RECONNECT_BACKOFF,
): number {
  const cap = outage < policy.patience ? policy.cap : policy.patientCap;
  return Math.floor(random * Math.min(cap, policy.base * 2 ** attempt));
}
