// From an HTTP answer that is not a success to a TwinError. What the table decides where TWIN's
// documents say nothing is argued in docs/protocol.md.

import { TwinError, type TwinErrorReason } from '../core/errors';
import type { HttpResponse } from './httpTransport';
import { parseRetryAfter } from './retryAfter';

/** What was called: `session` is a call into a session, `other` an upload or the live channel. */
export type CallTarget = 'start' | 'session' | 'other';

/** A refusal of the message's own parts, not of the session. */
const NAMES_A_PART = /attachment|\bfiles?\b|reply|validat|"body"|invalid input/i;
const MAX_BODY_LOGGED = 500;

/**
 * Makes the error of an answer whose status is not 2xx.
 *
 * @param now the wall clock, ms since the epoch, for a `Retry-After` date without a `Date` header
 */
export function errorFromResponse(
  response: HttpResponse,
  target: CallTarget,
  now: number,
): TwinError {
  const { status } = response;
  const reason = reasonOf(response, target);
  const retryAfter = reason === 'rateLimited' ? parseRetryAfter(response.headers, now) : null;
  return new TwinError(reason, `TWIN answered ${status}: ${excerpt(response.body)}`, {
    status,
    ...(retryAfter === null ? {} : { retryAfter }),
  });
}

function reasonOf({ status, body }: HttpResponse, target: CallTarget): TwinErrorReason {
  if (status < 400) return 'protocol'; // 1xx and 3xx: no answer of an API
  switch (status) {
    case 429:
    case 503:
      return 'rateLimited';
    case 413:
      return 'tooLarge';
    case 404:
      if (target !== 'session') return target === 'start' ? 'notFound' : 'refused';
      return NAMES_A_PART.test(body) ? 'refused' : 'sessionEnded';
    case 409:
    case 422:
      return target === 'session' && !NAMES_A_PART.test(body) ? 'sessionEnded' : 'refused';
    case 410:
      return target === 'session' ? 'sessionEnded' : target === 'start' ? 'notFound' : 'refused';
    default:
      return 'refused';
  }
}

/** The beginning of an error's body on one line: for the log, never for the screen. */
export function excerpt(body: string): string {
  const line = body
    .slice(0, MAX_BODY_LOGGED * 2)
    .replace(/\s+/g, ' ')
    .trim();
  if (line === '') return '(empty)';
  return line.length > MAX_BODY_LOGGED ? `${line.slice(0, MAX_BODY_LOGGED)}…` : line;
}
