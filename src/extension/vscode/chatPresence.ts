import * as vscode from 'vscode';
import { DisposableStore } from '../core/disposable';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type { ChatPlaces } from './chatPlaces';
import type { ChatViewProvider } from './chatViewProvider';
import { SESSION_CONTEXT } from './ids';
import { localization } from './localization';
import { Notifier } from './notifier';
import { affectsUs } from './settings';
import { StatusBar } from './statusBar';
import type { UnreadCounts } from './unreadCounts';

/**
 * Keeps what tells of the chat in step with it: the view's badge, the status bar, the context of
 * `when` clauses; and tells of what came out of sight, in whichever session.
 */
export class ChatPresence implements vscode.Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly statusBar = this.lifetime.add(new StatusBar());
  private session = this.lifetime.add(new DisposableStore());
  private readonly notifier = new Notifier();
  private context = '';

  constructor(
    private readonly sessions: SessionManager,
    private readonly view: ChatViewProvider,
    private readonly places: ChatPlaces,
    private readonly unread: UnreadCounts,
  ) {
    this.lifetime.add(
      sessions.onDidChangeCurrent((session) => {
        this.follow(session);
      }),
    );
    this.lifetime.add(
      unread.onDidChange(() => {
        this.update();
      }),
    );
    this.lifetime.add(
      unread.onDidMiss(({ session, message }) => {
        void this.notifier.notify(message, {
          reply: () => this.goTo(session, () => this.places.reveal()),
          show: () => this.goTo(session, () => this.view.show()),
        });
      }),
    );
    this.lifetime.add(
      places.onDidShow((session) => {
        this.markRead(session);
      }),
    );
    this.lifetime.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) for (const session of sessions.sessions) session.personReturned();
      }),
    );
    this.lifetime.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!affectsUs(change)) return;
        places.settingsChanged();
        this.update();
      }),
    );
    this.lifetime.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        places.settingsChanged();
      }),
    );
    this.follow(sessions.current);
  }

  /** The person has seen the newest message. */
  markRead(session: ChatSession | null): void {
    this.unread.seen(session);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private follow(session: ChatSession | null): void {
    this.lifetime.delete(this.session);
    this.session = this.lifetime.add(new DisposableStore());
    if (session) {
      this.session.add(
        session.onDidChange(() => {
          this.update();
        }),
      );
    }
    if (session !== null && this.places.isInSight(session)) this.markRead(session);
    this.update();
  }

  private async goTo({ key }: ChatSession, reveal: () => Promise<void>): Promise<void> {
    await this.sessions.open(key);
    await reveal();
  }

  private update(): void {
    const { current } = this.sessions;
    const { t } = localization();
    const { total } = this.unread;
    this.statusBar.show(current?.conversation.connection ?? null, this.unread, t);
    this.view.setUnread(total);
    this.setContext(current === null ? 'none' : current.isLive ? 'live' : 'ended');
  }

  private setContext(context: 'none' | 'live' | 'ended'): void {
    if (context === this.context) return;
    this.context = context;
    void vscode.commands.executeCommand('setContext', SESSION_CONTEXT, context);
  }
}
