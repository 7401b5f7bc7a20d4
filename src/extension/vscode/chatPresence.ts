import * as vscode from 'vscode';
import { DisposableStore } from '../core/disposable';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type { ChatViewProvider } from './chatViewProvider';
import { SESSION_CONTEXT } from './ids';
import { localization } from './localization';
import { Notifier } from './notifier';
import { affectsUs } from './settings';
import { StatusBar } from './statusBar';

/**
 * Keeps everything that shows the current session in step with it: the view, its badge, the status
 * bar, the context of `when` clauses. Counts what came while the chat was out of sight.
 */
export class ChatPresence implements vscode.Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly statusBar = this.lifetime.add(new StatusBar());
  private session = this.lifetime.add(new DisposableStore());
  private readonly notifier = new Notifier();
  private unread = 0;
  private context = '';

  constructor(
    private readonly sessions: SessionManager,
    private readonly view: ChatViewProvider,
  ) {
    this.lifetime.add(
      sessions.onDidChangeCurrent((session) => {
        this.follow(session);
      }),
    );
    this.lifetime.add(
      view.onDidChangeVisibility((visible) => {
        if (visible) this.markRead();
      }),
    );
    this.lifetime.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.sessions.current?.personReturned();
      }),
    );
    this.lifetime.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!affectsUs(change)) return;
        view.settingsChanged();
        this.update();
      }),
    );
    this.lifetime.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        view.settingsChanged();
      }),
    );
    this.follow(sessions.current);
  }

  /** The person has seen the newest message. */
  markRead(): void {
    this.unread = 0;
    this.update();
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private follow(session: ChatSession | null): void {
    this.lifetime.delete(this.session);
    this.session = this.lifetime.add(new DisposableStore());
    this.unread = 0;
    if (session) {
      this.session.add(
        session.onDidChange(() => {
          this.view.update();
          this.update();
        }),
      );
      this.session.add(
        session.onDidReceiveMessage((message) => {
          if (this.view.isVisible) return;
          this.unread += 1;
          this.update();
          void this.notifier.notify(message, {
            reply: () => this.view.reveal(),
            show: () => this.view.show(),
          });
        }),
      );
    }
    this.view.update();
    this.update();
  }

  private update(): void {
    const { current } = this.sessions;
    const { t } = localization();
    this.statusBar.show(current?.conversation.connection ?? null, this.unread, t);
    this.view.setUnread(this.unread);
    this.setContext(current === null ? 'none' : current.isLive ? 'live' : 'ended');
  }

  private setContext(context: 'none' | 'live' | 'ended'): void {
    if (context === this.context) return;
    this.context = context;
    void vscode.commands.executeCommand('setContext', SESSION_CONTEXT, context);
  }
}
