import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';

/** How long a draft may be newer than the disk, ms. */
const DELAY = 500;

/** Writes a text that changes with every key, but not with every key. */
export class DraftKeeper implements Disposable {
  private timer: Disposable | null = null;
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
    this.timer ??= this.clock.schedule(() => {
      this.timer = null;
      void this.flush();
    }, DELAY);
  }

  /** Resolves when the newest draft is on disk. */
  flush(): Promise<void> {
    this.timer?.dispose();
    this.timer = null;
    const text = this.unwritten;
    this.unwritten = null;
    if (text !== null) this.writing = this.writing.then(() => this.writeNow(text));
    return this.writing;
  }

  private async writeNow(text: string): Promise<void> {
    if (await this.write(text)) this.last = text;
  }

  dispose(): void {
    void this.flush();
  }
}
