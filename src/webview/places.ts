import { MAX_PLACES } from '../shared/intent';

/**
 * Which files the workspace has, as far as messages in sight name them. The host knows; it is asked
 * for those of one turn of the event loop together. What it does not have is asked for again by the
 * next that names it, for it may have come to be.
 */
export class Places {
  private readonly found = new Set<string>();
  private readonly waiting = new Map<string, (() => void)[]>();
  private unasked: string[] = [];

  /** @param want asks the host for some */
  constructor(private readonly want: (paths: readonly string[]) => void) {}

  /** Calls `then` when the workspace has such a file: at once, later, or never. */
  whenFound(path: string, then: () => void): void {
    if (this.found.has(path)) {
      then();
      return;
    }
    const waiting = this.waiting.get(path);
    this.waiting.set(path, [...(waiting ?? []), then]);
    if (waiting !== undefined) return;
    if (this.unasked.length === 0)
      queueMicrotask(() => {
        this.ask();
      });
    this.unasked.push(path);
  }

  /** Takes what the host answered. */
  receive(asked: readonly string[], found: readonly string[]): void {
    for (const path of found) this.found.add(path);
    for (const path of asked) {
      const waiting = this.waiting.get(path) ?? [];
      this.waiting.delete(path);
      if (this.found.has(path)) for (const then of waiting) then();
    }
  }

  private ask(): void {
    const paths = this.unasked;
    this.unasked = [];
    for (let from = 0; from < paths.length; from += MAX_PLACES)
      this.want(paths.slice(from, from + MAX_PLACES));
  }
}
