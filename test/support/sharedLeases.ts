import type { AcquireOptions, Lease, Leases } from '../../src/extension/session/lease';

/** Leases that several windows share. */
export class SharedLeases {
  private readonly holders = new Map<string, symbol>();
  private readonly losers = new Map<symbol, () => void>();
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
    if (before !== undefined && this.telling) this.losers.get(before)?.();
    return {
      isHeld: () => Promise.resolve(this.holders.get(name) === claim),
      release: () => {
        if (this.holders.get(name) !== claim) return;
        this.holders.delete(name);
        for (const callback of [...this.waiting]) callback();
      },
    };
  }
}
