// A session lives in one window at a time. Which one, says its lease; the journal is written by its
// holder alone. Injected; the one on files is `extension/vscode/fileLeases.ts`.

import type { Disposable } from '../core/disposable';
import type { JournalStorage } from './journalStorage';

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
  /** Called once, when another process has taken it from us. */
  readonly onLost: () => void;
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

/** A disk whose journals take nothing from one who has no lease (`null`), or has lost it. */
export function leasedWriter(storage: JournalWriter, lease: Lease | null): JournalWriter {
  const check = async (): Promise<void> => {
    if (lease === null || !(await lease.isHeld()))
      throw new LeaseLostError('Another window carries this session on');
  };
  return {
    append: async (name, lines) => {
      await check();
      await storage.append(name, lines);
    },
    // Its loser writes it once more, so that what is being typed goes along to the other window.
    writeDraft: (name, text) => storage.writeDraft(name, text),
  };
}
