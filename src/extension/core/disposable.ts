/** Something that holds a resource until it is told to let go. Disposing twice does nothing. */
export interface Disposable {
  dispose(): void;
}

/** Told of every store's birth and death, so that a test can name what was never disposed. */
export interface DisposableTracker {
  created(disposable: Disposable): void;
  disposed(disposable: Disposable): void;
}

let tracker: DisposableTracker | null = null;

/** Sets the tracker of leaks for tests; `null` takes it away. */
export function setDisposableTracker(next: DisposableTracker | null): void {
  tracker = next;
}

/** Makes a disposable of a function, which is called at most once. */
export function toDisposable(dispose: () => void): Disposable {
  let done = false;
  const disposable: Disposable = {
    dispose() {
      if (done) return;
      done = true;
      tracker?.disposed(disposable);
      dispose();
    },
  };
  tracker?.created(disposable);
  return disposable;
}

/**
 * One lifetime: what is added lives as long as the store. Disposal runs in reverse order; what is
 * added later is disposed at once; one that throws does not stop the rest.
 */
export class DisposableStore implements Disposable {
  private readonly members = new Set<Disposable>();
  private disposed = false;

  constructor() {
    tracker?.created(this);
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Adds a member and returns it. */
  add<T extends Disposable>(member: T): T {
    if (this.disposed) member.dispose();
    else this.members.add(member);
    return member;
  }

  /** Disposes of one member before the store's own end. */
  delete(member: Disposable): void {
    if (this.members.delete(member)) member.dispose();
  }

  /**
   * Disposes of every member.
   *
   * @throws AggregateError after all were tried, when one or more threw.
   */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    tracker?.disposed(this);
    const errors: unknown[] = [];
    for (const member of [...this.members].reverse()) {
      try {
        member.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    this.members.clear();
    if (errors.length > 0) throw new AggregateError(errors, 'Some members failed to dispose');
  }
}
