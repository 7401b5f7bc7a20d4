import { setDisposableTracker, type Disposable } from '../../src/extension/core/disposable';

/**
 * Makes a test fail that leaves something undisposed, and names where each was made. Call it at the
 * top level of a test file, so that it looks after the suites' own `afterEach` have run.
 */
export function useLeakCheck(): void {
  const living = new Map<Disposable, string>();
  beforeEach(() => {
    living.clear();
    setDisposableTracker({
      created: (disposable) => living.set(disposable, placeOfBirth()),
      disposed: (disposable) => living.delete(disposable),
    });
  });
  afterEach(() => {
    setDisposableTracker(null);
    if (living.size === 0) return;
    const places = [...living.values()].slice(0, 10).join('\n---\n');
    throw new Error(`${living.size} disposables were leaked, made at:\n${places}`);
  });
}

function placeOfBirth(): string {
  const lines = new Error().stack?.split('\n') ?? [];
  return lines.slice(4, 9).join('\n');
}
