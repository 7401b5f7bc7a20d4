import { setDisposableTracker, type Disposable } from '../../src/extension/core/disposable';
import { checkEach } from './checkEach';

/**
 * Fails the run when a test leaves something undisposed, and names the test and where each was made.
 * Call it at the top level of a test file, so that it looks after the suites' own `afterEach`.
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
  checkEach(() => {
    setDisposableTracker(null);
    return [...living.values()].map((place) => `a disposable was leaked, made at:\n${place}`);
  });
}

function placeOfBirth(): string {
  const lines = new Error().stack?.split('\n') ?? [];
  return lines.slice(4, 9).join('\n');
}
