/** How long the host may take to say anything, ms: with the drawing it is two seconds at most. */
const PATIENCE = 1_500;

/**
 * Notices that nobody is on the other side: the extension's process may have died, and the view with
 * its text outlives it. Whenever the view has said something, it asks whether it is heard; while
 * nobody answers it goes on asking. At rest it keeps no timer.
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
    this.ping();
    this.timer = setTimeout(() => {
      this.timer = null;
      this.set(true);
      this.spoke();
    }, PATIENCE);
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
