import type { Picture } from '../shared/hostMessage';
import type { Problem } from '../shared/problem';
import { whenNear } from './whenNear';

/** A picture as the page can show it. */
export type PictureState =
  /** With its size, where it was seen before. */
  | { readonly state: 'loading'; readonly size: PictureSize | null }
  | { readonly state: 'ready'; readonly url: string; readonly size: PictureSize }
  | { readonly state: 'failed'; readonly problem: Problem };

/** Pixels of the picture itself. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

interface Entry {
  state: PictureState;
  asked: boolean;
  readonly watchers: Set<(state: PictureState) => void>;
}

/**
 * The pictures on the page: asked for when they come near the window, let go (with their memory)
 * when nothing shows them any more.
 */
export class Pictures {
  private readonly entries = new Map<string, Entry>();
  /** Kept when the pictures are let go, so that a row drawn again is as tall as it was. */
  private readonly sizes = new Map<string, PictureSize>();

  /** @param want asks the host for a picture, also from a host that the person has agreed to */
  constructor(private readonly want: (fileKey: string, agreedHost: string | null) => void) {}

  /**
   * Calls `onState` now and on every change.
   *
   * @param place the element whose nearness to the window makes the picture wanted
   * @returns what ends it
   */
  show(place: Element, fileKey: string, onState: (state: PictureState) => void): () => void {
    const entry = this.entries.get(fileKey) ?? {
      state: this.loading(fileKey),
      asked: false,
      watchers: new Set(),
    };
    this.entries.set(fileKey, entry);
    const watcher = (state: PictureState): void => {
      onState(state);
    };
    entry.watchers.add(watcher);
    watcher(entry.state);
    whenNear(place, () => {
      if (entry.asked || !entry.watchers.has(watcher)) return;
      entry.asked = true;
      this.want(fileKey, null);
    });
    return () => {
      entry.watchers.delete(watcher);
      if (entry.watchers.size === 0) this.forget(fileKey, entry);
    };
  }

  /** Asks once more for one that failed. @param agreedHost whose name the person has pressed */
  again(fileKey: string, agreedHost: string | null): void {
    const entry = this.entries.get(fileKey);
    if (entry?.state.state !== 'failed') return;
    this.change(entry, this.loading(fileKey));
    this.want(fileKey, agreedHost);
  }

  /** Takes what the host answered. */
  receive(fileKey: string, picture: Picture): void {
    const entry = this.entries.get(fileKey);
    if (entry === undefined) return; // nobody shows it any more
    if (picture.state === 'ready')
      this.sizes.set(fileKey, { width: picture.width, height: picture.height });
    this.change(entry, picture.state === 'failed' ? picture : readyPicture(picture));
  }

  /** The keys are to mean others. What shows pictures lets them go itself. */
  forgetSizes(): void {
    this.sizes.clear();
  }

  private loading(fileKey: string): PictureState {
    return { state: 'loading', size: this.sizes.get(fileKey) ?? null };
  }

  private change(entry: Entry, state: PictureState): void {
    revoke(entry);
    entry.state = state;
    for (const watcher of entry.watchers) watcher(state);
  }

  private forget(fileKey: string, entry: Entry): void {
    revoke(entry);
    if (this.entries.get(fileKey) === entry) this.entries.delete(fileKey);
  }
}

function readyPicture(picture: Extract<Picture, { state: 'ready' }>): PictureState {
  const { width, height } = picture;
  const bytes = new Uint8Array(picture.data); // a copy that is surely not shared memory
  const blob = new Blob([bytes], { type: picture.contentType });
  return { state: 'ready', url: URL.createObjectURL(blob), size: { width, height } };
}

function revoke(entry: Entry): void {
  if (entry.state.state === 'ready') URL.revokeObjectURL(entry.state.url);
}
