import type { AcquireOptions, Lease, Leases } from '../../src/extension/session/lease';

/** Leases that several windows share. */
export class SharedLeases {
  private readonly holders = new Map<string, { readonly window: Leases; readonly claim: symbol }>();
  private readonly losers = new Map<symbol, (isRecent: boolean) => void>();
  private readonly waiting = new Set<() => void>();
  /** False: nobody is told of a loss until he asks. */
  telling = true;

  /** The sessions that some window has. */
  get held(): readonly string[] {
    return [...this.holders.keys()];
  }

  forWindow(): Leases {
    const window: Leases = {
      acquire: (name, options) => Promise.resolve(this.acquire(window, name, options)),
      whenFree: (_name, callback) => {
        this.waiting.add(callback);
        return { dispose: () => this.waiting.delete(callback) };
      },
    };
    return window;
  }

  /** Whether nobody else holds it. */
  isFreeFor(window: Leases, name: string): boolean {
    const holder = this.holders.get(name)?.window ?? window;
    return holder === window;
  }

  private acquire(window: Leases, name: string, { force, onLost }: AcquireOptions): Lease | null {
    const before = this.holders.get(name)?.claim;
    if (before !== undefined && !force) return null;
    const claim = Symbol(name);
    this.holders.set(name, { window, claim });
    this.losers.set(claim, onLost);
    if (before !== undefined && this.telling) this.tell(before, true);
    return {
      isHeld: () => {
        const isHeld = this.holders.get(name)?.claim === claim;
        if (!isHeld) this.tell(claim, false);
        return Promise.resolve(isHeld);
      },
      release: () => {
        this.losers.delete(claim);
        if (this.holders.get(name)?.claim !== claim) return;
        this.holders.delete(name);
        for (const callback of [...this.waiting]) callback();
      },
    };
  }

  /** Tells who has lost his lease, once. */
  private tell(claim: symbol, isRecent: boolean): void {
    const onLost = this.losers.get(claim);
    this.losers.delete(claim);
    onLost?.(isRecent);
  }
}
