/** How near to the end (CSS pixels) counts as being there. */
const NEAR = 24;

export interface ScrollCalls {
  /** Something has grown, and one wants to stay at the end. */
  toEnd(): void;
  /** Another part of the content may be in sight. */
  moved(): void;
  /** One has stopped scrolling. */
  settled(): void;
}

/**
 * Keeps the newest in sight for who is at the end, and the place for who is not: whatever grows
 * (a message, a picture, the composer), it goes along only with the former.
 */
export class ScrollKeeper {
  private following = true;
  /** The sizes at which the end was last reached. */
  private heights: readonly number[] = [];
  private readonly resizes = new ResizeObserver(() => {
    if (this.following) this.calls.toEnd();
    else this.calls.moved();
  });

  /**
   * @param box what scrolls
   * @param content what grows in it
   */
  constructor(
    private readonly box: HTMLElement,
    content: HTMLElement,
    private readonly calls: ScrollCalls,
  ) {
    this.resizes.observe(box);
    this.resizes.observe(content);
    box.addEventListener('scroll', () => {
      // A scroll that a change of size brings along is not the person's.
      if (this.following && this.hasResized()) this.calls.toEnd();
      else this.following = this.isAtEnd();
      this.calls.moved();
    });
    box.addEventListener('scrollend', () => {
      this.calls.settled();
    });
  }

  /** True when new messages come into sight by themselves. */
  get isFollowing(): boolean {
    return this.following;
  }

  /** Goes to the newest message and stays with what comes. */
  toEnd(): void {
    this.following = true;
    this.box.scrollTop = this.box.scrollHeight;
    this.heights = this.currentHeights();
  }

  /** Stays where one goes next, also when that is far from the end and other rows are drawn. */
  release(): void {
    this.following = false;
  }

  /** The place to come back to: a row and how far its top is from the window's, in CSS pixels. */
  anchor(rows: () => Iterable<readonly [key: string, element: HTMLElement]>): Anchor | null {
    if (this.following) return null;
    const top = this.box.getBoundingClientRect().top;
    for (const [key, element] of rows()) {
      const box = element.getBoundingClientRect();
      if (box.bottom > top) return { key, offset: box.top - top };
    }
    return null;
  }

  /** Puts a row back to where `anchor` found it. */
  restore(element: HTMLElement, offset: number): void {
    this.following = false;
    this.box.scrollTop += this.distance(element, offset);
  }

  /** How far below that place the row is, in CSS pixels. */
  distance(element: HTMLElement, offset: number): number {
    const top = this.box.getBoundingClientRect().top;
    return element.getBoundingClientRect().top - top - offset;
  }

  dispose(): void {
    this.resizes.disconnect();
  }

  private hasResized(): boolean {
    return this.currentHeights().some((height, index) => height !== this.heights[index]);
  }

  private currentHeights(): readonly number[] {
    return [this.box.scrollHeight, this.box.clientHeight];
  }

  private isAtEnd(): boolean {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight <= NEAR;
  }
}

export interface Anchor {
  readonly key: string;
  readonly offset: number;
}
