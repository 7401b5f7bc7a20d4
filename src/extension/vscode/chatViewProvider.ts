import * as vscode from 'vscode';
import type { Picture } from '../../shared/hostMessage';
import { isRecord, isString } from '../../shared/guards';
import { parseIntent, type Intent } from '../../shared/intent';
import { DisposableStore } from '../core/disposable';
import { Emitter } from '../core/event';
import type { Logger } from '../core/logger';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import { bundlesFolder, chatDocument } from './chatDocument';
import { VIEW_ID } from './ids';
import { localization } from './localization';
import type { Profiles } from './profiles';
import type { ReceivedFiles } from './received/receivedFiles';
import { ViewChannel, type NextStep, type ViewSource } from './viewChannel';
import { viewSettings } from './viewSettings';

/** What the person wants of the session that the view showed. */
export interface ViewIntent {
  readonly intent: Intent;
  /** `null` where there was none, or it is gone. */
  readonly session: ChatSession | null;
}

/**
 * The chat in the side bar. VS Code makes the view when it is first seen, throws its document away
 * when it is hidden, and makes it anew when it is moved: one path serves them all, for the view
 * says `ready` each time.
 */
export class ChatViewProvider implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly intents = new Emitter<ViewIntent>();
  private readonly visibility = new Emitter<boolean>();
  private view: vscode.WebviewView | null = null;
  private channel: ViewChannel | null = null;
  /** Where a command leads to, while there is no view yet. */
  private wanted: NextStep | null = null;
  private readonly lifetime = new DisposableStore();
  private badge: vscode.ViewBadge | undefined;

  private readonly source: ViewSource = {
    conversation: () => this.sessions.current?.conversation ?? null,
    settings: () => viewSettings(this.profiles),
    files: () => (this.sessions.current ? this.files.statesOf(this.sessions.current) : new Map()),
  };

  /** What the person wants; `ready` and `ping` are answered here. */
  readonly onIntent = this.intents.event;
  readonly onDidChangeVisibility = this.visibility.event;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly sessions: SessionManager,
    private readonly files: ReceivedFiles,
    private readonly profiles: Profiles,
    private readonly logger: Logger,
  ) {
    this.lifetime.add(vscode.window.registerWebviewViewProvider(VIEW_ID, this));
    this.lifetime.add(this.intents);
    this.lifetime.add(this.visibility);
    this.lifetime.add(
      files.onDidChange(({ session, fileKey, state }) => {
        if (session === sessions.current) this.channel?.file(fileKey, state);
      }),
    );
  }

  get isVisible(): boolean {
    return this.view?.visible ?? false;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    webview.options = {
      enableScripts: true,
      localResourceRoots: [bundlesFolder(this.extensionUri)],
    };
    const channel = new ViewChannel(this.source, (message) => void webview.postMessage(message));
    const viewLifetime = this.lifetime.add(new DisposableStore());
    viewLifetime.add(
      webview.onDidReceiveMessage((message) => {
        this.receive(message, channel);
      }),
    );
    viewLifetime.add(
      view.onDidChangeVisibility(() => {
        if (!view.visible) channel.hidden();
        this.visibility.fire(view.visible);
      }),
    );
    view.onDidDispose(() => {
      // Moved to another side bar, VS Code resolves the new view before or after it drops this one.
      if (this.view === view) {
        this.view = null;
        this.channel = null;
      }
      this.lifetime.delete(viewLifetime);
    });
    this.view = view;
    this.channel = channel;
    view.badge = this.badge;
    if (this.wanted !== null) this.goTo(this.wanted);
    webview.html = chatDocument(webview, this.extensionUri, this.source.settings());
    this.visibility.fire(view.visible);
  }

  /** The conversation may have changed. */
  update(): void {
    this.channel?.update();
  }

  /** Settings or words have changed. */
  settingsChanged(): void {
    this.channel?.settingsChanged();
  }

  showPicture(fileKey: string, picture: Picture): void {
    this.channel?.picture(fileKey, picture);
  }

  showPlaces(asked: readonly string[], found: readonly string[]): void {
    this.channel?.places(asked, found);
  }

  /** Makes the next message an answer to this one. */
  replyTo(messageKey: string): void {
    this.channel?.replyTo(messageKey);
  }

  setUnread(count: number): void {
    const tooltip = localization().t('status.badge', { count });
    this.badge = count > 0 ? { value: count, tooltip } : undefined;
    if (this.view) this.view.badge = this.badge;
  }

  /** Brings the chat in front, the cursor in its composer. */
  async reveal(): Promise<void> {
    await this.revealAt('focusComposer');
  }

  /** Brings the chat in sight; the cursor stays where the person works. */
  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`, { preserveFocus: true });
  }

  /** Brings the chat in front, the cursor in the bar that finds in it. */
  async find(): Promise<void> {
    await this.revealAt('find');
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private async revealAt(step: NextStep): Promise<void> {
    this.goTo(step);
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  }

  private goTo(step: NextStep): void {
    this.wanted = this.channel === null ? step : null;
    this.channel?.goTo(step);
  }

  private receive(message: unknown, channel: ViewChannel): void {
    const intent = parseIntent(message);
    if (intent === null) this.logger.warn('The view sent something that is not an intent');
    else if (intent.type === 'ready') void this.answerReady(channel);
    else if (intent.type === 'ping') channel.alive();
    else this.intents.fire({ intent, session: this.sessionOf(message) });
  }

  /** The session that the view showed when it spoke. */
  private sessionOf(message: unknown): ChatSession | null {
    const key = isRecord(message) ? message['session'] : null;
    return isString(key) ? this.sessions.byKey(key) : null;
  }

  /** A view that is first seen takes the last conversation up again; it shows nothing else before. */
  private async answerReady(channel: ViewChannel): Promise<void> {
    await this.sessions.resumeLast();
    channel.snapshot();
  }
}
