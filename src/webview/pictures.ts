import type { Picture } from '../shared/hostMessage';
import type { Problem } from '../shared/problem';

/** A picture as the page can show it. */
export type PictureState =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly url: string }
  | { readonly state: 'failed'; readonly problem: Problem };

interface Entry {
  state: PictureState;
  asked: boolean;
  readonly watchers: Set<(state: PictureState) => void>;
}

/** How far outside the window a picture is asked for. */
const MARGIN = '300px';

/**
 * The pictures on the page: asked for when they come near the window, let go (with their memory)
 * when nothing shows them any more.
 */
export class Pictures {
  private readonly entries = new Map<string, Entry>();
  private readonly near = new Map<Element, string>();
  private readonly observer = new IntersectionObserver(
    (changes) => {
      for (const change of changes) if (change.isIntersecting) this.ask(change.target);
    },
    { rootMargin: MARGIN },
  );

  /** @param want asks the host for a picture */
  constructor(private readonly want: (fileKey: string) => void) {}

  /**
   * Calls `onState` now and on every change.
   *
   * @param place the element whose nearness to the window makes the picture wanted
   * @returns what ends it
   */
  show(place: Element, fileKey: string, onState: (state: PictureState) => void): () => void {
    const entry = this.entries.get(fileKey) ?? {
      state: { state: 'loading' },
      asked: false,
      watchers: new Set(),
    };
    this.entries.set(fileKey, entry);
    const watcher = (state: PictureState): void => {
      onState(state);
    };
    entry.watchers.add(watcher);
    watcher(entry.state);
    this.near.set(place, fileKey);
    this.observer.observe(place);
    return () => {
      this.observer.unobserve(place);
      this.near.delete(place);
      entry.watchers.delete(watcher);
      if (entry.watchers.size === 0) this.forget(fileKey, entry);
    };
  }

  /** Takes what the host answered. */
  receive(fileKey: string, picture: Picture): void {
    const entry = this.entries.get(fileKey);
    if (entry === undefined) return; // nobody shows it any more
    revoke(entry);
    entry.state = picture.state === 'failed' ? picture : readyPicture(picture);
    for (const watcher of entry.watchers) watcher(entry.state);
  }

  dispose(): void {
    this.observer.disconnect();
    for (const entry of this.entries.values()) revoke(entry);
    this.entries.clear();
  }

  private ask(place: Element): void {
    this.observer.unobserve(place);
    const fileKey = this.near.get(place);
    const entry = fileKey === undefined ? undefined : this.entries.get(fileKey);
    if (fileKey === undefined || entry === undefined || entry.asked) return;
    entry.asked = true;
    this.want(fileKey);
  }

  private forget(fileKey: string, entry: Entry): void {
    revoke(entry);
    if (this.entries.get(fileKey) === entry) this.entries.delete(fileKey);
  }
}

function readyPicture(picture: Extract<Picture, { state: 'ready' }>): PictureState {
  const bytes = new Uint8Array(picture.data); // a copy that is surely not shared memory
  const blob = new Blob([bytes], { type: picture.contentType });
  return { state: 'ready', url: URL.createObjectURL(blob) };
}

function revoke(entry: Entry): void {
  if (entry.state.state === 'ready') URL.revokeObjectURL(entry.state.url);
}
