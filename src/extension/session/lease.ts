// A session lives in one window at a time. Which one, says its lease; the journal is written by its
// holder alone. Injected; the one on files is `extension/vscode/fileLeases.ts`.

import type { Disposable } from '../core/disposable';
import type { JournalStorage } from './journalStorage';

/** How long a window that loses its session has to write down what is being typed, ms. */
export const HAND_OVER = 300;

/** The right to carry on one session. */
export interface Lease {
  /** Whether it is still ours: asked before each write. */
  isHeld(): Promise<boolean>;
  /** Lets others have it. */
  release(): void;
}

export interface AcquireOptions {
  /** Takes it from whoever has it, for the person wants it so. */
  readonly force: boolean;
  /**
   * Called once, when another process has taken it from us.
   *
   * @param isRecent whether that process waits for what is being typed here; see {@link HAND_OVER}
   */
  readonly onLost: (isRecent: boolean) => void;
}

export interface Leases {
  /** The lease of a session; `null` when another process, which is alive, has it. */
  acquire(name: string, options: AcquireOptions): Promise<Lease | null>;
  /** Calls once, when the process that has the lease lets it go. */
  whenFree(name: string, callback: () => void): Disposable;
}

/** The session is carried on in another window: nothing more is written here. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** For where there is one process only. */
export const NO_LEASES: Leases = {
  acquire: () =>
    Promise.resolve({
      isHeld: () => Promise.resolve(true),
      release: () => undefined,
    }),
  whenFree: () => ({ dispose: () => undefined }),
};

/** The part of a disk that writes. */
export type JournalWriter = Pick<JournalStorage, 'append' | 'writeDraft'>;

export interface LeasedWriter extends JournalWriter {
  /** Writes the draft without a lease: for the one who has just lost it. */
  readonly handOver: JournalWriter['writeDraft'];
}

/** A disk that takes nothing from one who has no lease (`null`), or has lost it. */
export function leasedWriter(storage: JournalWriter, lease: Lease | null): LeasedWriter {
  const check = async (): Promise<void> => {
    if (lease === null || !(await lease.isHeld()))
      throw new LeaseLostError('Another window carries this session on');
  };
  return {
    append: async (name, lines) => {
      await check();
      await storage.append(name, lines);
    },
    writeDraft: async (name, text) => {
      await check();
      await storage.writeDraft(name, text);
    },
    handOver: (name, text) => storage.writeDraft(name, text),
  };
}
