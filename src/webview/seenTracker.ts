import type { Intent } from '../shared/intent';

/** Tells the host when the newest message of the other side is in sight, once for each. */
export class SeenTracker {
  private key: string | null = null;
  private target: Element | null = null;
  private inSight: Element | null = null;
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
        this.inSight = change.isIntersecting ? change.target : null;
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
    this.observer.disconnect();
    this.key = key;
    this.target = target;
    if (this.target !== null) this.observer.observe(this.target);
  }

  /** Another conversation: its messages may have the keys of those before. */
  clear(): void {
    this.told = null;
  }

  dispose(): void {
    this.observer.disconnect();
    document.removeEventListener('visibilitychange', this.onVisibility);
  }

  private tell(): void {
    const { key, target } = this;
    if (target === null || this.inSight !== target || key === null || key === this.told) return;
    if (document.visibilityState !== 'visible') return;
    this.told = key;
    this.post({ type: 'seen', messageKey: key });
  }
}
