import type { ConversationView } from '../../shared/conversation';
import type { FileState } from '../../shared/fileState';
import type { HostMessage, Picture, ViewSettings } from '../../shared/hostMessage';
import { diffConversation } from '../../shared/patch';
import { snapshotOf } from '../../shared/snapshot';

/** What the channel shows: asked for anew whenever something may have changed. */
export interface ViewSource {
  conversation(): ConversationView | null;
  settings(): ViewSettings;
  /** How the fetching of its files stands, of those that there is something to say of. */
  files(): ReadonlyMap<string, FileState>;
}

/** Where a command leads to in the view. */
export type NextStep = Extract<HostMessage, { type: 'focusComposer' | 'find' | 'showMessage' }>;

/**
 * Host's end of one webview: a whole snapshot when the view says `ready`, patches from then on.
 * While the view is hidden its document is gone, so nothing is sent until the next `ready`.
 */
export class ViewChannel {
  private revision = 0;
  private shown: ConversationView | null = null;
  private ready = false;
  /** What the person is to do next, as soon as there is a view. */
  private wanted: NextStep | null = null;
  private flushing = false;

  /** @param post must never be awaited: VS Code may never resolve it for a hidden view */
  constructor(
    private readonly source: ViewSource,
    private readonly post: (message: HostMessage) => void,
  ) {}

  /** Sends everything: the view is new, or has lost track. */
  snapshot(): void {
    this.ready = true;
    this.revision += 1;
    this.shown = this.source.conversation();
    this.post(snapshotOf(this.shown, this.source.settings(), this.revision));
    for (const [fileKey, state] of this.source.files()) this.file(fileKey, state);
    if (this.wanted !== null) this.goTo(this.wanted);
  }

  /** Settings or words have changed: only a snapshot carries them. */
  settingsChanged(): void {
    if (this.ready) this.snapshot();
  }

  /** The conversation may have changed. Changes of one turn of the event loop go out together. */
  update(): void {
    if (!this.ready || this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => {
      this.flushing = false;
      if (this.ready) this.flush();
    });
  }

  /** The document is gone; the next one will say `ready`. */
  hidden(): void {
    this.ready = false;
    this.shown = null;
  }

  picture(fileKey: string, picture: Picture): void {
    if (this.ready) this.post({ type: 'picture', fileKey, picture });
  }

  file(fileKey: string, state: FileState): void {
    if (this.ready) this.post({ type: 'file', fileKey, state });
  }

  places(asked: readonly string[], found: readonly string[]): void {
    if (this.ready) this.post({ type: 'places', asked, found });
  }

  replyTo(messageKey: string): void {
    if (this.ready) this.post({ type: 'replyTo', messageKey });
  }

  /** The view wants to know whether there is anybody. */
  alive(): void {
    this.post({ type: 'alive' });
  }

  /** Puts the cursor where the person goes on, as soon as there is a view. */
  goTo(step: NextStep): void {
    this.wanted = this.ready ? null : step;
    if (this.ready) this.post(step);
  }

  private flush(): void {
    const next = this.source.conversation();
    const { shown } = this;
    if (next === shown) return;
    if (next === null || shown?.key !== next.key) {
      this.snapshot();
      return;
    }
    const patch = diffConversation(shown, next);
    this.shown = next;
    if (patch === null) return;
    this.revision += 1;
    this.post({ type: 'patch', revision: this.revision, patch });
  }
}
