import { toDisposable, type Disposable } from './disposable';

/** Subscribes a listener; the disposable takes it off. The same shape as VS Code's own events. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The firing end of an {@link Event}. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();
  private disposed = false;

  readonly event: Event<T> = (listener) => {
    // A wrapper of its own, so that one function subscribed twice is called twice.
    const entry = (value: T): void => {
      listener(value);
    };
    if (!this.disposed) this.listeners.add(entry);
    return toDisposable(() => this.listeners.delete(entry));
  };

  /** Calls every listener. One that throws is reported as uncaught and does not stop the rest. */
  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.disposed = true;
    this.listeners.clear();
  }
}
