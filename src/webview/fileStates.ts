import type { FileState } from '../shared/fileState';

type Watcher = (state: FileState | null) => void;

/** How the fetching of each file stands, as the host says. */
export class FileStates {
  private readonly states = new Map<string, FileState>();
  private readonly watchers = new Set<readonly [fileKey: string, watcher: Watcher]>();

  /** Calls `watcher` now and on every change. @returns what ends it */
  watch(fileKey: string, watcher: Watcher): () => void {
    const entry = [fileKey, watcher] as const;
    this.watchers.add(entry);
    watcher(this.states.get(fileKey) ?? null);
    return () => this.watchers.delete(entry);
  }

  receive(fileKey: string, state: FileState): void {
    this.states.set(fileKey, state);
    for (const [key, watcher] of this.watchers) if (key === fileKey) watcher(state);
  }

  clear(): void {
    this.states.clear();
  }
}
