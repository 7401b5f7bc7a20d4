import type { Translate } from '../../shared/texts';

export type FileRefusalReason =
  | 'noEditor'
  | 'noFile'
  | 'notText'
  | 'noSelection'
  | 'noProblems'
  | 'noRepository'
  | 'notCommitted'
  | 'noChanges'
  | 'tooDifferent'
  | 'emptyFile'
  | 'tooLarge'
  | 'unreadable';

/** Something of this side that cannot be sent, with what a sentence about it needs. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal';

  /** @param limit bytes, for `tooLarge` */
  constructor(
    readonly reason: FileRefusalReason,
    readonly file: string,
    readonly limit = 0,
    cause?: unknown,
  ) {
    super(`${reason}: ${file}`, { cause });
  }

  /** One sentence on what is wrong and what to do next. */
  describe(t: Translate): string {
    const megabytes = Math.round(this.limit / (1024 * 1024));
    return t(`file.${this.reason}`, { name: this.file, megabytes });
  }
}
