import type { Problem, ProblemStep } from '../../shared/problem';
import { FileError, TwinError } from '../core/errors';

/**
 * What an error means to the person. Anything but a TwinError comes from reading a file on this
 * side: the client itself throws nothing else.
 *
 * @param host the host name that was called
 */
export function problemOf(error: unknown, step: ProblemStep, host: string | null): Problem {
  if (!(error instanceof TwinError)) {
    const reason = error instanceof FileError ? error.reason : 'unreadable';
    return { step, reason, status: null, host: null, limit: null };
  }
  return { step, reason: error.reason, status: error.status, host, limit: null };
}

/** The host name in an address; `null` for what is none. */
export function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
