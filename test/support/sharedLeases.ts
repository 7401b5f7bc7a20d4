import type { AcquireOptions, Lease, Leases } from '../../src/extension/session/lease';

/** Leases that several windows share. */
export class SharedLeases {
  private readonly holders = new Map<string, symbol>();
  private readonly losers = new Map<symbol, (isRecent: boolean) => void>();
  private readonly waiting = new Set<() => void>();
  /** False: nobody is told of a loss until he asks. */
  telling = true;

  forWindow(): Leases {
    return {
      acquire: (name, options) => Promise.resolve(this.acquire(name, options)),
      whenFree: (_name, callback) => {
        this.waiting.add(callback);
        return { dispose: () => this.waiting.delete(callback) };
      },
    };
  }

  private acquire(name: string, { force, onLost }: AcquireOptions): Lease | null {
    const before = this.holders.get(name);
    if (before !== undefined && !force) return null;
    const claim = Symbol(name);
    this.holders.set(name, claim);
    this.losers.set(claim, onLost);
    if (before !== undefined && this.telling) this.tell(before, true);
    return {
      isHeld: () => {
        const isHeld = this.holders.get(name) === claim;
        if (!isHeld) this.tell(claim, false);
        return Promise.resolve(isHeld);
      },
      release: () => {
        this.losers.delete(claim);
        if (this.holders.get(name) !== claim) return;
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
