import type { AcquireOptions, Lease, Leases } from '../../src/extension/session/lease';

/** A lease that was given and neither released nor known to be lost. */
interface Given {
  readonly window: Leases;
  readonly name: string;
  readonly onLost: AcquireOptions['onLost'];
}

interface Waiting {
  readonly window: Leases;
  readonly name: string;
  readonly callback: () => void;
}

/**
 * Leases that several windows share. As with those on files, all of one window for one session are
 * the same claim, which goes with the last of them.
 */
export class SharedLeases {
  private readonly holders = new Map<string, Leases>();
  private readonly given = new Set<Given>();
  private readonly waiting = new Set<Waiting>();
  /** False: nobody is told of a loss until he asks. */
  telling = true;

  /** The sessions that some window has, each as often as it has leases. */
  get held(): readonly string[] {
    return [...this.given].filter((it) => this.isHolder(it)).map(({ name }) => name);
  }

  forWindow(): Leases {
    const window: Leases = {
      acquire: (name, options) => Promise.resolve(this.acquire(window, name, options)),
      whenFree: (name, callback) => {
        const waiting = { window, name, callback };
        this.waiting.add(waiting);
        return { dispose: () => this.waiting.delete(waiting) };
      },
    };
    return window;
  }

  /** Whether nobody else holds it. */
  isFreeFor(window: Leases, name: string): boolean {
    const holder = this.holders.get(name) ?? window;
    return holder === window;
  }

  private acquire(window: Leases, name: string, { force, onLost }: AcquireOptions): Lease | null {
    if (!force && !this.isFreeFor(window, name)) return null;
    const isNew = this.holders.get(name) !== window;
    this.holders.set(name, window);
    const lease = { window, name, onLost };
    this.given.add(lease);
    if (isNew && this.telling) this.tellLosers(name);
    if (isNew) this.tellWaiting(name); // he sees that it has changed, as on files
    return {
      isHeld: () => {
        if (!this.isHolder(lease)) this.lose(lease, false);
        return Promise.resolve(this.given.has(lease));
      },
      release: () => {
        this.release(lease);
      },
    };
  }

  private release(lease: Given): void {
    const { window, name } = lease;
    if (!this.given.delete(lease) || !this.isHolder(lease)) return;
    if ([...this.given].some((it) => it.window === window && it.name === name)) return;
    this.holders.delete(name);
    this.tellWaiting(name);
  }

  private isHolder({ window, name }: Given): boolean {
    return this.holders.get(name) === window;
  }

  private tellLosers(name: string): void {
    for (const lease of [...this.given])
      if (lease.name === name && !this.isHolder(lease)) this.lose(lease, true);
  }

  private tellWaiting(name: string): void {
    for (const waiting of this.waiting)
      if (waiting.name === name)
        queueMicrotask(() => {
          this.look(waiting);
        });
  }

  private look(waiting: Waiting): void {
    if (!this.isFreeFor(waiting.window, waiting.name)) return;
    if (this.waiting.delete(waiting)) waiting.callback();
  }

  /** Tells who has lost his lease, once. */
  private lose(lease: Given, isRecent: boolean): void {
    if (this.given.delete(lease)) lease.onLost(isRecent);
  }
}
