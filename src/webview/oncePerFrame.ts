/** Does something at once, but not more than once in a frame: what comes faster waits for the next. */
export class OncePerFrame {
  private frameIsDue = false;
  private waits = false;

  constructor(private readonly work: () => void) {}

  wanted(): void {
    this.waits = true;
    if (!this.frameIsDue) this.run();
  }

  private run(): void {
    if (!this.waits) return;
    this.waits = false;
    this.frameIsDue = true;
    requestAnimationFrame(() => {
      this.frameIsDue = false;
      this.run();
    });
    this.work();
  }
}
