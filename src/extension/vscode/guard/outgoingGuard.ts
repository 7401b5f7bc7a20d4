import { clear, type Cleared } from '../../session/cleared';
import type { LocalFile, LocalText } from './outgoing';

/**
 * Stands before every way out: whatever a session sends for the person has passed here, because a
 * session takes nothing that is not {@link Cleared}.
 */
export class OutgoingGuard {
  /** @returns those that may leave, in their order */
  files(files: readonly LocalFile[]): Promise<readonly Cleared<LocalFile>[]> {
    return Promise.resolve(files.map(clear));
  }

  /** @returns `null` when it may not leave */
  text({ text }: LocalText): Promise<Cleared<string> | null> {
    return Promise.resolve(clear(text));
  }
}
