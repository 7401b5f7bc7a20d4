import type * as vscode from 'vscode';
import type { FileState } from '../../shared/fileState';
import type { Picture } from '../../shared/hostMessage';
import { isRecord, isString } from '../../shared/guards';
import { parseIntent, type Intent } from '../../shared/intent';
import { systemClock } from '../core/clock';
import { DisposableStore, type Disposable } from '../core/disposable';
import { Emitter } from '../core/event';
import type { Logger } from '../core/logger';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import { bundlesFolder, chatDocument } from './chatDocument';
import type { Profiles } from './profiles';
import type { ReceivedFiles } from './received/receivedFiles';
import { ViewChannel, type NextStep } from './viewChannel';
import { viewSettings } from './viewSettings';

/** What every surface needs. */
export interface SurfaceParts {
  readonly extensionUri: vscode.Uri;
  readonly sessions: SessionManager;
  readonly files: ReceivedFiles;
  readonly profiles: Profiles;
  readonly logger: Logger;
}

/** What the person wants of the session that a surface showed. */
export interface SurfaceIntent {
  readonly intent: Intent;
  /** `null` where there was none, or it is gone. */
  readonly session: ChatSession | null;
  /** Where he said so, and what is asked for there is to be shown. */
  readonly surface: ChatSurface;
}

/**
 * A chat in one webview: that of the side bar, or of a tab. VS Code throws the document away when it
 * is hidden, and makes it anew: one path serves both, for the view says `ready` each time.
 */
export class ChatSurface implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly intents = this.lifetime.add(new Emitter<SurfaceIntent>());
  private readonly channel: ViewChannel;
  private followed: ChatSession | null = null;
  private following: Disposable | null = null;

  /** What the person wants; `ready` and `ping` are answered here. */
  readonly onIntent = this.intents.event;

  /** @param session what is to be shown, as it is at the time of asking */
  constructor(
    webview: vscode.Webview,
    private readonly session: () => ChatSession | null,
    private readonly parts: SurfaceParts,
  ) {
    const { extensionUri, sessions, files, profiles } = parts;
    const source = {
      conversation: () => this.session()?.conversation ?? null,
      settings: () => viewSettings(profiles),
      files: () => this.filesOf(this.session()),
    };
    this.channel = new ViewChannel(
      source,
      (message) => void webview.postMessage(message),
      systemClock,
    );
    this.lifetime.add(
      webview.onDidReceiveMessage((message) => {
        this.receive(message);
      }),
    );
    this.lifetime.add(
      files.onDidChange(({ session, fileKey, state }) => {
        this.channel.file(session.key, fileKey, state);
      }),
    );
    const follow = (): void => {
      this.follow();
    };
    this.lifetime.add(sessions.onDidChangeCurrent(follow));
    this.lifetime.add(sessions.onDidChangeSessions(follow));
    this.follow();
    webview.options = { enableScripts: true, localResourceRoots: [bundlesFolder(extensionUri)] };
    webview.html = chatDocument(webview, extensionUri, source.settings());
  }

  /** Settings or words have changed. */
  settingsChanged(): void {
    this.channel.settingsChanged();
  }

  /** The document is gone; the next one will say `ready`. */
  hidden(): void {
    this.channel.hidden();
  }

  showPicture({ key }: ChatSession, fileKey: string, picture: Picture): void {
    this.channel.picture(key, fileKey, picture);
  }

  showPlaces(asked: readonly string[], found: readonly string[]): void {
    this.channel.places(asked, found);
  }

  /** Makes the next message an answer to this one. */
  replyTo(messageKey: string): void {
    this.channel.replyTo(messageKey);
  }

  /** Puts the cursor where the person goes on, as soon as there is a document. */
  goTo(step: NextStep): void {
    this.channel.goTo(step);
  }

  dispose(): void {
    this.channel.hidden();
    this.following?.dispose();
    this.lifetime.dispose();
  }

  private filesOf(session: ChatSession | null): ReadonlyMap<string, FileState> {
    return session === null ? new Map() : this.parts.files.statesOf(session);
  }

  /** Sees to it that each change of what is shown goes out. */
  private follow(): void {
    const session = this.session();
    if (session === this.followed) return;
    this.followed = session;
    this.following?.dispose();
    this.following =
      session?.onDidChange(() => {
        this.channel.update();
      }) ?? null;
    this.channel.update();
  }

  private receive(message: unknown): void {
    const intent = parseIntent(message);
    if (intent === null) this.parts.logger.warn('The view sent something that is not an intent');
    else if (intent.type === 'ready') void this.answerReady();
    else if (intent.type === 'ping') this.channel.alive();
    else this.intents.fire({ intent, session: this.sessionOf(message), surface: this });
  }

  /** The session that the view showed when it spoke. */
  private sessionOf(message: unknown): ChatSession | null {
    const key = isRecord(message) ? message['session'] : null;
    return isString(key) ? this.parts.sessions.byKey(key) : null;
  }

  /** A view that is first seen takes the last conversation up again; it shows nothing else before. */
  private async answerReady(): Promise<void> {
    await this.parts.sessions.resumeLast();
    this.channel.snapshot();
  }
}
