/**
 * Why a call to TWIN failed, as far as the caller needs to know to decide what comes next.
 *
 * - `unreachable`: the request provably did not arrive (DNS, refused connection, TLS).
 * - `timeout`: no answer in time, or the connection broke on the way; it may have arrived.
 * - `refused`: the server answered no (4xx, or 5xx: see `status`).
 * - `notFound`: 404 "Entity not found": no such chat, session or file.
 * - `rateLimited`: 429 or 503, to be tried again after `retryAfter`. Not taken by the server.
 * - `sessionEnded`: the session is closed (409, 410, 422 or 404 on a call into a session).
 * - `tooLarge`: 413, the file is over the server's limit.
 * - `protocol`: an answer that cannot be understood, or a Socket.IO generation that is refused.
 * - `stopped`: we gave it up ourselves (abort, dispose).
 */
export type TwinErrorReason =
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'notFound'
  | 'rateLimited'
  | 'sessionEnded'
  | 'tooLarge'
  | 'protocol'
  | 'stopped';

export interface TwinErrorDetails {
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Milliseconds to wait before another try, where the server said. */
  readonly retryAfter?: number;
  /** True when we gave it up before any of it could leave. */
  readonly neverLeft?: boolean;
  readonly cause?: unknown;
}

/**
 * A file of this side is no longer what it was when it was attached: `fileMissing`, or `fileChanged`
 * (also by growing or shrinking while it was read). It is not sent, for nobody has looked at it.
 */
export class FileError extends Error {
  override readonly name = 'FileError';

  constructor(
    readonly reason: 'fileChanged' | 'fileMissing',
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

/** The one error of the TWIN client. It carries no words for the screen: those are made of `reason`. */
export class TwinError extends Error {
  override readonly name = 'TwinError';
  readonly status: number | null;
  readonly retryAfter: number | null;
  readonly neverLeft: boolean;

  constructor(
    readonly reason: TwinErrorReason,
    message: string,
    details: TwinErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.status = details.status ?? null;
    this.retryAfter = details.retryAfter ?? null;
    this.neverLeft = details.neverLeft ?? false;
  }

  /**
   * By name, for there are several of this class: each bundle (the live transport is one of its own)
   * brings a copy, and their errors cross.
   */
  static override [Symbol.hasInstance](value: unknown): value is TwinError {
    return Error[Symbol.hasInstance](value) && (value as Error).name === 'TwinError';
  }

  /** Whether `error` is a TwinError, of the given reason if one is given. */
  static is(error: unknown, reason?: TwinErrorReason): error is TwinError {
    return error instanceof TwinError && (reason === undefined || error.reason === reason);
  }

  /**
   * Whether the request provably did not reach the server's logic, so that sending it again cannot
   * make the bot take a turn twice (the protocol has no idempotency key).
   */
  get isProvablyNotTaken(): boolean {
    return (
      this.reason === 'unreachable' ||
      this.reason === 'rateLimited' ||
      (this.reason === 'stopped' && this.neverLeft)
    );
  }

  /** Whether the server may have taken the request although no good answer came back. */
  get isOutcomeUnknown(): boolean {
    const serverFailed = this.status !== null && (this.status >= 500 || this.status < 400);
    switch (this.reason) {
      case 'timeout':
        return true;
      case 'stopped':
        return !this.neverLeft;
      case 'protocol':
        return this.status === null || serverFailed;
      case 'refused':
        return serverFailed;
      default:
        return false;
    }
  }
}
