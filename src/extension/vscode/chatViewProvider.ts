import * as vscode from 'vscode';
import { DisposableStore } from '../core/disposable';
import { Emitter } from '../core/event';
import type { ChatSession } from '../session/chatSession';
import type { ChatPlace, PlaceEvents } from './chatPlace';
import { ChatSurface, type SurfaceIntent, type SurfaceParts } from './chatSurface';
import { VIEW_ID } from './ids';
import { localization } from './localization';
import type { NextStep } from './viewChannel';

/**
 * The chat in the side bar, which shows the current session. VS Code makes the view when it is first
 * seen, and anew when it is moved.
 */
export class ChatViewProvider
  implements ChatPlace, PlaceEvents, vscode.WebviewViewProvider, vscode.Disposable
{
  private readonly lifetime = new DisposableStore();
  private readonly intents = this.lifetime.add(new Emitter<SurfaceIntent>());
  private readonly visibility = this.lifetime.add(new Emitter<ChatPlace>());
  private view: vscode.WebviewView | null = null;
  private shown: ChatSurface | null = null;
  /** Where a command leads to, while there is no view yet. */
  private wanted: NextStep | null = null;
  private badge: vscode.ViewBadge | undefined;

  readonly onIntent = this.intents.event;
  readonly onDidChangeVisibility = this.visibility.event;

  constructor(private readonly parts: SurfaceParts) {
    this.lifetime.add(vscode.window.registerWebviewViewProvider(VIEW_ID, this));
  }

  get session(): ChatSession | null {
    return this.parts.sessions.current;
  }

  get isVisible(): boolean {
    return this.view?.visible ?? false;
  }

  get surface(): ChatSurface | null {
    return this.shown;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const surface = new ChatSurface(view.webview, () => this.session, this.parts);
    const viewLifetime = this.lifetime.add(new DisposableStore());
    viewLifetime.add(surface);
    viewLifetime.add(
      surface.onIntent((intent) => {
        this.intents.fire(intent);
      }),
    );
    viewLifetime.add(
      view.onDidChangeVisibility(() => {
        if (!view.visible) surface.hidden();
        this.visibility.fire(this);
      }),
    );
    view.onDidDispose(() => {
      // Moved to another side bar, VS Code resolves the new view before or after it drops this one.
      if (this.view === view) {
        this.view = null;
        this.shown = null;
      }
      this.lifetime.delete(viewLifetime);
    });
    this.view = view;
    this.shown = surface;
    view.badge = this.badge;
    if (this.wanted !== null) this.goTo(this.wanted);
    this.visibility.fire(this);
  }

  setUnread(count: number): void {
    this.badge =
      count > 0
        ? { value: count, tooltip: localization().t('status.badge', { count }) }
        : undefined;
    if (this.view) this.view.badge = this.badge;
  }

  async reveal(step: NextStep): Promise<void> {
    this.goTo(step);
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  }

  /** Brings the chat in sight; the cursor stays where the person works. */
  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`, { preserveFocus: true });
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private goTo(step: NextStep): void {
    this.wanted = this.shown === null ? step : null;
    this.shown?.goTo(step);
  }
}
