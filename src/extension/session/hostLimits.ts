/**
 * The sizes that hosts have refused (413). No host tells its limit beforehand, so a refusal is all
 * that is known of it: a file that is not smaller need not travel again.
 */
export class HostLimits {
  private readonly refused = new Map<string, number>();

  /** Whether a file of so many bytes was refused before; the smallest one's size, else `null`. */
  refusedBefore(host: string | null, size: number): number | null {
    const least = this.refused.get(host ?? '');
    return least !== undefined && size >= least ? least : null;
  }

  noteRefused(host: string | null, size: number): void {
    const least = this.refused.get(host ?? '') ?? Infinity;
    this.refused.set(host ?? '', Math.min(least, size));
  }

  /** What it takes now it does not refuse: the limit was raised. */
  noteTaken(host: string | null, size: number): void {
    if (this.refusedBefore(host, size) !== null) this.refused.delete(host ?? '');
  }
}
