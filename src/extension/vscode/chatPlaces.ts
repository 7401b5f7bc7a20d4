import { DisposableStore, type Disposable } from '../core/disposable';
import { Emitter } from '../core/event';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type { ChatPlace } from './chatPlace';
import type { SurfaceIntent } from './chatSurface';
import type { ChatTabs } from './chatTabs';
import type { ChatViewProvider } from './chatViewProvider';
import type { NextStep } from './viewChannel';

/**
 * The view and the tabs together. A tab stays with its conversation; the view shows the one that the
 * person last turned to, and commands are about that.
 */
export class ChatPlaces implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly intents = this.lifetime.add(new Emitter<SurfaceIntent>());
  private readonly sights = this.lifetime.add(new Emitter<ChatSession>());
  /** Where the person last worked. */
  private inHand: ChatPlace;

  readonly onIntent = this.intents.event;
  /** Fires when a conversation has come in sight. */
  readonly onDidShow = this.sights.event;

  constructor(
    private readonly sessions: SessionManager,
    private readonly view: ChatViewProvider,
    private readonly tabs: ChatTabs,
  ) {
    this.inHand = view;
    for (const places of [view, tabs]) {
      this.lifetime.add(
        places.onIntent((intent) => {
          this.receive(intent);
        }),
      );
      this.lifetime.add(
        places.onDidChangeVisibility(({ isVisible, session }) => {
          if (isVisible && session !== null) this.sights.fire(session);
        }),
      );
    }
    this.lifetime.add(
      tabs.onDidBecomeActive((tab) => {
        this.turnTo(tab);
      }),
    );
  }

  /** Whether the person sees a conversation. */
  isInSight(session: ChatSession): boolean {
    return this.all.some((place) => place.isVisible && place.session === session);
  }

  /** A button above the tab was pressed: the person may have worked elsewhere since it came in front. */
  turnToActiveTab(): void {
    const tab = this.tabs.all.find(({ isActive }) => isActive);
    if (tab !== undefined) this.turnTo(tab);
  }

  /** Settings or words have changed. */
  settingsChanged(): void {
    for (const { surface } of this.all) surface?.settingsChanged();
  }

  /** Brings the current chat in front, the cursor where the person goes on. */
  async reveal(step: NextStep = { type: 'focusComposer' }): Promise<void> {
    await this.place.reveal(step);
  }

  /** Makes the next message an answer to this one, where the person works. */
  async replyTo(messageKey: string): Promise<void> {
    const { place } = this;
    place.surface?.replyTo(messageKey);
    await place.reveal({ type: 'focusComposer' });
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private get all(): readonly ChatPlace[] {
    return [...this.tabs.all, this.view];
  }

  /** Of the places that show the current chat: one that is seen, if possible where the person works. */
  private get place(): ChatPlace {
    const { current } = this.sessions;
    if (current === null) return this.view;
    const showing = this.all.filter(({ session }) => session === current);
    const seen = showing.filter(({ isVisible }) => isVisible);
    const best = seen.length > 0 ? seen : showing;
    return best.find((place) => place === this.inHand) ?? best[0] ?? this.view;
  }

  private receive(intent: SurfaceIntent): void {
    const { type } = intent.intent;
    const place = this.all.find(({ surface }) => surface === intent.surface);
    // What is dropped goes where it is dropped, whatever has the focus.
    const turns = type === 'workHere' || type === 'attachData' || type === 'attachUris';
    if (turns && place !== undefined) this.turnTo(place);
    this.intents.fire(intent);
  }

  private turnTo(place: ChatPlace): void {
    this.inHand = place;
    if (place.session !== null) this.sessions.show(place.session.key);
  }
}
