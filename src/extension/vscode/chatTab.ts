import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/disposable';
import { Emitter } from '../core/event';
import type { ChatSession } from '../session/chatSession';
import type { ChatPlace, PlaceEvents } from './chatPlace';
import { ChatSurface, type SurfaceParts } from './chatSurface';
import { titleOrPeer } from './sessionTree';
import type { NextStep } from './viewChannel';

/** One conversation in a tab of the editor. Should another take its place, the tab goes on with that. */
export class ChatTab implements ChatPlace, PlaceEvents, Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly visibility = this.lifetime.add(new Emitter<ChatPlace>());
  private readonly activity = this.lifetime.add(new Emitter<ChatTab>());
  private readonly closing = this.lifetime.add(new Emitter<ChatTab>());
  /** Keeps the session here for as long as the tab shows it. */
  private pin: Disposable;
  readonly surface: ChatSurface;

  readonly onIntent;
  readonly onDidChangeVisibility = this.visibility.event;
  /** Fires when it has become the tab that the person works in. */
  readonly onDidBecomeActive = this.activity.event;
  readonly onDidClose = this.closing.event;

  /** @param key of a session that is here */
  constructor(
    private readonly panel: vscode.WebviewPanel,
    private key: string,
    private readonly parts: SurfaceParts,
  ) {
    const { extensionUri, sessions } = parts;
    this.pin = sessions.pin(key);
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'tab-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'tab-dark.svg'),
    };
    this.surface = this.lifetime.add(new ChatSurface(panel.webview, () => this.session, parts));
    this.onIntent = this.surface.onIntent;
    this.lifetime.add(
      sessions.onDidReplace(({ before, after }) => {
        if (before === this.key) this.goOnWith(after);
      }),
    );
    this.lifetime.add(
      sessions.onDidChangeSessions(() => {
        this.update();
      }),
    );
    let { visible, active } = panel;
    this.lifetime.add(
      panel.onDidChangeViewState(() => {
        const before = { visible, active };
        ({ visible, active } = panel);
        if (!visible) this.surface.hidden();
        if (visible !== before.visible) this.visibility.fire(this);
        if (active && !before.active) this.activity.fire(this);
      }),
    );
    panel.onDidDispose(() => {
      this.closing.fire(this);
      this.dispose();
    });
    this.update();
  }

  get session(): ChatSession | null {
    return this.parts.sessions.byKey(this.key);
  }

  get isVisible(): boolean {
    return this.panel.visible;
  }

  /** Whether it is the editor that VS Code's title bar and menus are about. */
  get isActive(): boolean {
    return this.panel.active;
  }

  reveal(step: NextStep): Promise<void> {
    this.surface.goTo(step);
    this.panel.reveal();
    return Promise.resolve();
  }

  /** Lets go of it, and leaves the tab to VS Code: after a reload of the window it comes back. */
  dispose(): void {
    this.lifetime.dispose();
    this.pin.dispose();
  }

  private update(): void {
    const { session } = this;
    // Its conversation was deleted.
    if (session === null) this.panel.dispose();
    else this.panel.title = titleOf(session);
  }

  private goOnWith(key: string): void {
    this.pin.dispose();
    this.key = key;
    this.pin = this.parts.sessions.pin(key);
  }
}

export function titleOf({ title, conversation }: ChatSession): string {
  return titleOrPeer({ title, peer: conversation.peer?.name ?? null });
}
