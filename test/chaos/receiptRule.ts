import type { ReceiptPolicy } from '../../src/extension/session/receipts';

/** The person's setting that says when a message is acknowledged, and when it was changed. */
export class ReceiptRule {
  private readonly changes: { readonly at: number; readonly policy: ReceiptPolicy }[];

  /** @param now the platform's clock */
  constructor(
    first: ReceiptPolicy,
    private readonly now: () => number,
  ) {
    this.changes = [{ at: -Infinity, policy: first }];
  }

  get policy(): ReceiptPolicy {
    return this.changes.at(-1)?.policy ?? 'onReceive';
  }

  change(): void {
    const policy = this.policy === 'onReceive' ? 'onVisible' : 'onReceive';
    this.changes.push({ at: this.now(), policy });
  }

  get wereEverOnSight(): boolean {
    return this.changes.some(({ policy }) => policy === 'onVisible');
  }

  /** Whether messages had to be seen first all the time between the two. */
  areOnSight(from: number, to: number): boolean {
    const before = this.changes.findLast(({ at }) => at <= from);
    const between = this.changes.filter(({ at }) => at > from && at <= to);
    return before?.policy === 'onVisible' && between.length === 0;
  }
}
