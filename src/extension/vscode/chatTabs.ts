import * as vscode from 'vscode';
import { isShape, isString } from '../../shared/guards';
import { DisposableStore } from '../core/disposable';
import { Emitter } from '../core/event';
import type { ChatSession } from '../session/chatSession';
import type { ChatPlace, PlaceEvents } from './chatPlace';
import type { SurfaceIntent, SurfaceParts } from './chatSurface';
import { ChatTab, titleOf } from './chatTab';
import { VIEW_ID } from './ids';

/** What the view keeps for itself, and VS Code across a reload of the window. */
const isOfConversation = isShape<{ conversationKey: string }>({ conversationKey: isString });

/** The conversations that are open in the editor, each in one tab; they come back with the window. */
export class ChatTabs implements PlaceEvents, vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly intents = this.lifetime.add(new Emitter<SurfaceIntent>());
  private readonly visibility = this.lifetime.add(new Emitter<ChatPlace>());
  private readonly activity = this.lifetime.add(new Emitter<ChatTab>());
  private readonly tabs = new Set<ChatTab>();

  readonly onIntent = this.intents.event;
  readonly onDidChangeVisibility = this.visibility.event;
  readonly onDidBecomeActive = this.activity.event;

  constructor(private readonly parts: SurfaceParts) {
    this.lifetime.add(vscode.window.registerWebviewPanelSerializer(VIEW_ID, this));
  }

  get all(): readonly ChatTab[] {
    return [...this.tabs];
  }

  /** Brings a conversation in front in its tab. @returns false when it cannot be read */
  async open(key: string): Promise<boolean> {
    const session = await this.parts.sessions.bring(key);
    if (session === null) return false;
    const tab = this.tabOf(key) ?? this.create(key, titleOf(session));
    await tab.reveal({ type: 'focusComposer' });
    this.activity.fire(tab);
    return true;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { sessions } = this.parts;
    if (!isOfConversation(state)) await sessions.resumeLast();
    const session = isOfConversation(state)
      ? await sessions.bring(state.conversationKey)
      : this.untabbed();
    if (session === null || this.tabOf(session.key) !== null) panel.dispose();
    else this.add(new ChatTab(panel, session.key, this.parts));
  }

  dispose(): void {
    for (const tab of this.tabs) tab.dispose();
    this.lifetime.dispose();
  }

  private tabOf(key: string): ChatTab | null {
    return this.all.find(({ session }) => session?.key === key) ?? null;
  }

  /**
   * What a tab goes on with of which VS Code has written down nothing but that it was open: it writes
   * what a view keeps later than that. The chat in hand first, then the others of this window.
   */
  private untabbed(): ChatSession | null {
    const { current, sessions } = this.parts.sessions;
    const all = current === null ? sessions : [current, ...sessions];
    return all.find(({ key }) => this.tabOf(key) === null) ?? null;
  }

  private create(key: string, title: string): ChatTab {
    const panel = vscode.window.createWebviewPanel(VIEW_ID, title, vscode.ViewColumn.Active);
    return this.add(new ChatTab(panel, key, this.parts));
  }

  private add(tab: ChatTab): ChatTab {
    this.tabs.add(tab);
    const forward = this.lifetime.add(new DisposableStore());
    forward.add(
      tab.onIntent((intent) => {
        this.intents.fire(intent);
      }),
    );
    forward.add(
      tab.onDidChangeVisibility((place) => {
        this.visibility.fire(place);
      }),
    );
    forward.add(
      tab.onDidBecomeActive(() => {
        this.activity.fire(tab);
      }),
    );
    forward.add(
      tab.onDidClose(() => {
        this.tabs.delete(tab);
        this.lifetime.delete(forward);
      }),
    );
    return tab;
  }
}
