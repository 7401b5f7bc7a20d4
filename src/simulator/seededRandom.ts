/** Numbers that depend on a seed alone (mulberry32): a run with faults can be played again. */
export class SeededRandom {
  constructor(private state: number) {}

  /** In [0, 1). */
  readonly next = (): number => {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  /** A whole number of a range, its ends included. */
  within([least, most]: readonly [number, number]): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }
}
