import { h, type Props } from './dom';

/** Called when what was drawn is drawn anew or taken away: the place to let resources go. */
export type OnGone = (release: () => void) => void;

/**
 * A place in the page that is drawn anew only when what it shows has changed. Values come out of
 * `postMessage` as fresh copies, so they are compared by content.
 */
export class Slot<T> {
  readonly element: HTMLElement;
  private shown: string | null = null;
  private releases: (() => void)[] = [];

  /** @param draw makes the children; an empty list hides the place */
  constructor(
    props: Props,
    private readonly draw: (value: T, onGone: OnGone) => readonly Node[],
  ) {
    this.element = h('div', props);
    this.element.hidden = true;
  }

  get isEmpty(): boolean {
    return !this.element.hasChildNodes();
  }

  update(value: T): void {
    const content = JSON.stringify(value);
    if (content === this.shown) return;
    this.dispose();
    this.shown = content;
    const children = this.draw(value, (release) => this.releases.push(release));
    this.element.replaceChildren(...children);
    this.element.hidden = children.length === 0;
  }

  dispose(): void {
    for (const release of this.releases) release();
    this.releases = [];
    this.shown = null;
  }
}
