// The disk as the session needs it: one append-only file of lines for each session, and a small
// text beside it (the draft). Injected; the one on files is `extension/vscode/fileJournalStorage.ts`.

export interface JournalStorage {
  /** Names of all journals, newest first. */
  list(): Promise<readonly string[]>;
  /** Whole lines, oldest first; a torn last line comes as it is. Empty when there is none. */
  read(name: string): Promise<readonly string[]>;
  /** When a journal was last changed (ms since the epoch), and its size. Zeros when there is none. */
  stat(name: string): Promise<{ readonly changedAt: number; readonly size: number }>;
  /**
   * Adds lines at the end. Resolves when the operating system has them, so that they outlive this
   * process. Calls for one journal are carried out in order.
   */
  append(name: string, lines: readonly string[]): Promise<void>;
  readDraft(name: string): Promise<string>;
  /** Replaces the draft as a whole (written aside, then renamed). */
  writeDraft(name: string, text: string): Promise<void>;
  /** Deletes a journal and its draft. */
  delete(name: string): Promise<void>;
  /** Deletes all there is, also what has no name of ours. */
  deleteAll(): Promise<void>;
}
