// What went wrong, as data: where, why, and the figures a sentence needs. `problemText` has the words.

/** What the person was trying to do. */
export type ProblemStep = 'start' | 'connect' | 'send' | 'upload' | 'download';

export type ProblemReason =
  // of the network and the server (see TwinError)
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'notFound'
  | 'rateLimited'
  | 'sessionEnded'
  | 'tooLarge'
  | 'protocol'
  | 'stopped'
  // of a file that somebody sent
  | 'otherHost'
  | 'insecure'
  | 'noAddress'
  | 'notPicture'
  | 'animated'
  | 'tooManyPixels'
  // of a file on this side
  | 'emptyFile'
  | 'unreadable'
  | 'fileChanged'
  | 'fileMissing'
  // of an upload: the host takes none of this size, by its answer now or by an earlier one
  | 'tooLargeForHost'
  | 'tooLargeBefore'
  // the disk does not take the note that a message leaves
  | 'disk'
  // the person gave it up
  | 'cancelled';

export interface Problem {
  readonly step: ProblemStep;
  readonly reason: ProblemReason;
  /** HTTP status, where there was an answer. */
  readonly status: number | null;
  /** The host name that was called, for network problems. */
  readonly host: string | null;
  /** The limit that was passed, bytes. */
  readonly limit: number | null;
}
