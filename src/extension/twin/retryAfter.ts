/** A server may ask for a week; we look again after this, and say so to the person. */
const LONGEST_WAIT = 10 * 60 * 1000;

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date. A date is measured against the
 * server's own `Date`, since the person's clock may be hours off.
 *
 * @param headers by lower-case name
 * @param now the wall clock, ms since the epoch
 * @returns milliseconds, at most ten minutes; `null` when absent or not understood
 */
export function parseRetryAfter(
  headers: Readonly<Record<string, string>>,
  now: number,
): number | null {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^[-+]?\d+(\.\d+)?$/.test(value)) return bounded(Number(value) * 1000);
  // `Date.parse` takes nearly anything for a date: an HTTP date has a day and a year in it.
  if (!/[a-z]{3}.*\d{2}:\d{2}/i.test(value)) return null;
  const date = Date.parse(value);
  if (Number.isNaN(date)) return null;
  const serverNow = Date.parse(headers['date'] ?? '');
  return bounded(date - (Number.isNaN(serverNow) ? now : serverNow));
}

function bounded(wait: number): number {
  return Math.min(Math.max(0, Math.round(wait)), LONGEST_WAIT);
}
