import type { Intent } from '../shared/intent';

/** Tells the host when the newest message of the other side is in sight, once for each. */
export class SeenTracker {
  private key: string | null = null;
  private target: Element | null = null;
  private inSight = false;
  private told: string | null = null;
  private readonly observer: IntersectionObserver;
  private readonly onVisibility = (): void => {
    this.tell();
  };

  constructor(
    box: HTMLElement,
    private readonly post: (intent: Intent) => void,
  ) {
    this.observer = new IntersectionObserver(
      (changes) => {
        const change = changes.findLast(({ target }) => target === this.target);
        if (change === undefined) return;
        this.inSight = change.isIntersecting;
        this.tell();
      },
      { root: box },
    );
    document.addEventListener('visibilitychange', this.onVisibility);
  }

  /**
   * @param key the newest message of the other side
   * @param target the message itself, when it is drawn
   */
  update(key: string | null, target: Element | null): void {
    if (key === this.key && target === this.target) return;
    this.observer.disconnect();
    this.key = key;
    this.inSight = false;
    this.target = target;
    if (this.target !== null) this.observer.observe(this.target);
  }

  dispose(): void {
    this.observer.disconnect();
    document.removeEventListener('visibilitychange', this.onVisibility);
  }

  private tell(): void {
    const { key } = this;
    if (!this.inSight || key === null || key === this.told) return;
    if (document.visibilityState !== 'visible') return;
    this.told = key;
    this.post({ type: 'seen', messageKey: key });
  }
}
