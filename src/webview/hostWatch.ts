/** How long the host is given to say something by itself, ms. */
const ASK_AFTER = 500;
/** How long it may take to answer then, ms: with the drawing it is two seconds in all at most. */
const PATIENCE = 1_000;

/**
 * Notices that nobody is on the other side: the extension's process may have died, and the view with
 * its text outlives it. When the view has said something and nothing comes of it, it asks whether it
 * is heard; while nobody answers it goes on asking. At rest it keeps no timer.
 */
export class HostWatch {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private met = false;
  private lost = false;

  constructor(
    private readonly ping: () => void,
    private readonly onChange: (lost: boolean) => void,
  ) {}

  get isLost(): boolean {
    return this.lost;
  }

  /** The view has told the host something. */
  spoke(): void {
    // At first the extension has to be loaded, which takes as long as it takes.
    if (!this.met || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = setTimeout(() => {
        this.timer = null;
        this.set(true);
        this.spoke();
      }, PATIENCE);
      this.ping();
    }, ASK_AFTER);
  }

  /** The host has said something. */
  heard(): void {
    this.met = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.set(false);
  }

  private set(lost: boolean): void {
    if (lost === this.lost) return;
    this.lost = lost;
    this.onChange(lost);
  }
}
