import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';

/** The time between two writings, ms: for so long a draft may be newer than the disk. */
const REST = 500;

/** Writes a text that changes with every key: the first change at once, then not every one. */
export class DraftKeeper implements Disposable {
  private resting: Disposable | null = null;
  private unwritten: string | null = null;
  private writing: Promise<void> = Promise.resolve();
  private last: string | null = null;

  /** @param write must not reject; resolves to whether the disk has it */
  constructor(
    private readonly clock: Clock,
    private readonly write: (text: string) => Promise<boolean>,
  ) {}

  /** What was written last; `null` before. */
  get written(): string | null {
    return this.last;
  }

  /** That is on disk. */
  restored(text: string): void {
    this.last = text;
  }

  changed(text: string): void {
    this.unwritten = text;
    if (this.resting === null) this.writeAndRest();
  }

  /** Resolves when the newest draft is on disk. */
  flush(): Promise<void> {
    const text = this.unwritten;
    this.unwritten = null;
    if (text !== null) this.writing = this.writing.then(() => this.writeNow(text));
    return this.writing;
  }

  private writeAndRest(): void {
    void this.flush();
    this.resting = this.clock.schedule(() => {
      this.resting = null;
      if (this.unwritten !== null) this.writeAndRest();
    }, REST);
  }

  private async writeNow(text: string): Promise<void> {
    if (await this.write(text)) this.last = text;
  }

  dispose(): void {
    this.resting?.dispose();
    void this.flush();
  }
}
