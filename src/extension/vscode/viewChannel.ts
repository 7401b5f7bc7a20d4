import type { ConversationView } from '../../shared/conversation';
import type { FileState } from '../../shared/fileState';
import type { HostMessage, Picture, ViewSettings } from '../../shared/hostMessage';
import { diffConversation, type ConversationPatch } from '../../shared/patch';
import { snapshotOf } from '../../shared/snapshot';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';

/**
 * How long what the person has typed may take to another view, ms. The view he types in knows it, and
 * that his message has left the composer: there it would only come before the message, and delay it.
 */
const TYPED_AFTER = 50;

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
  private waiting: Disposable | null = null;

  /** @param post must never be awaited: VS Code may never resolve it for a hidden view */
  constructor(
    private readonly source: ViewSource,
    private readonly post: (message: HostMessage) => void,
    private readonly clock: Clock,
  ) {}

  /** Sends everything: the view is new, or has lost track. */
  snapshot(): void {
    this.stopWaiting();
    this.ready = true;
    this.revision += 1;
    this.shown = this.source.conversation();
    this.post(snapshotOf(this.shown, this.source.settings(), this.revision));
    for (const [fileKey, state] of this.source.files()) this.post({ type: 'file', fileKey, state });
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
      if (this.ready) this.flush({ mayWait: true });
    });
  }

  /** The document is gone; the next one will say `ready`. */
  hidden(): void {
    this.stopWaiting();
    this.ready = false;
    this.shown = null;
  }

  /** Says nothing when the view shows another conversation by now: its files may have the same keys. */
  picture(conversationKey: string, fileKey: string, picture: Picture): void {
    if (this.shown?.key === conversationKey) this.post({ type: 'picture', fileKey, picture });
  }

  /** As `picture`. */
  file(conversationKey: string, fileKey: string, state: FileState): void {
    if (this.shown?.key === conversationKey) this.post({ type: 'file', fileKey, state });
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

  /** @param mayWait whether what the person has typed may go with what comes next */
  private flush({ mayWait }: { readonly mayWait: boolean }): void {
    const next = this.source.conversation();
    const { shown } = this;
    if (next === shown) return;
    if (next === null || shown?.key !== next.key) {
      this.snapshot();
      return;
    }
    const patch = diffConversation(shown, next);
    if (mayWait && patch !== null && isTyping(patch, shown)) {
      this.waiting ??= this.clock.schedule(() => {
        this.stopWaiting();
        this.flush({ mayWait: false });
      }, TYPED_AFTER);
      return;
    }
    this.stopWaiting();
    this.shown = next;
    if (patch === null) return;
    this.revision += 1;
    this.post({ type: 'patch', revision: this.revision, patch });
  }

  private stopWaiting(): void {
    this.waiting?.dispose();
    this.waiting = null;
  }
}

/** Whether nothing has changed but the draft, by the person's hand. */
function isTyping({ fields, rows }: ConversationPatch, before: ConversationView): boolean {
  const { composer, ...others } = fields;
  return (
    rows === null &&
    Object.keys(others).length === 0 &&
    composer?.pending === before.composer.pending &&
    composer.draft.version === before.composer.draft.version
  );
}
