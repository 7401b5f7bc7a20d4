import * as vscode from 'vscode';
import { isShape, isString } from '../../shared/guards';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type { ChatStarter } from './chatStarter';
import type { ChatTabs } from './chatTabs';
import type { ChatViewProvider } from './chatViewProvider';
import { localization } from './localization';
import { titleOrPeer } from './sessionTree';
import type { TranscriptExport } from './transcriptExport';

/** What VS Code gives a command of the list: the conversation that it was called on. */
const isOnSession = isShape<{ key: string }>({ key: isString });

/** What one does with a conversation of the list. Without one it is the one that is shown. */
export class SessionCommands {
  constructor(
    private readonly sessions: SessionManager,
    private readonly starter: ChatStarter,
    private readonly view: ChatViewProvider,
    private readonly tabs: ChatTabs,
    private readonly transcriptExport: TranscriptExport,
  ) {}

  async open(target: unknown): Promise<void> {
    const key = this.keyOf(target);
    if (key === null) return;
    if ((await this.sessions.open(key)) === null) {
      void vscode.window.showWarningMessage(localization().t('host.journal.unreadable'));
      return;
    }
    await this.view.show();
  }

  /** Turns to a conversation of this window, over or not. @returns false where none was named */
  turnTo(target: unknown): boolean {
    if (!isOnSession(target) || this.sessions.byKey(target.key) === null) return false;
    this.sessions.show(target.key);
    return true;
  }

  /** Shows it in a tab; where there is nothing to show, a chat is begun. */
  async openInEditor(target: unknown): Promise<void> {
    await this.sessions.resumeLast();
    const key = this.keyOf(target) ?? (await this.starter.start())?.key;
    if (key !== undefined && !(await this.tabs.open(key)))
      void vscode.window.showWarningMessage(localization().t('host.journal.unreadable'));
  }

  async rename(target: unknown): Promise<void> {
    const key = this.keyOf(target);
    if (key === null) return;
    await this.reading(key, async (session) => {
      const { t } = localization();
      const name = await vscode.window.showInputBox({
        title: t('sessions.rename'),
        prompt: t('sessions.renamePrompt'),
        value: session.title ?? '',
      });
      if (name === undefined) return;
      if (!(await this.sessions.rename(key, name.trim()))) sayElsewhere();
    });
  }

  async delete(target: unknown): Promise<void> {
    const key = this.keyOf(target);
    if (key === null) return;
    await this.reading(key, async (session) => {
      const { t } = localization();
      const peer = session.conversation.peer?.name ?? null;
      const title = titleOrPeer({ title: session.title, peer });
      const yes = t('sessions.delete');
      const detail = t(session.isLive ? 'sessions.deleteLive' : 'sessions.deletePast');
      const question = t('sessions.deleteQuestion', { title });
      const options = { modal: true, detail };
      if ((await vscode.window.showWarningMessage(question, options, yes)) !== yes) return;
      if (!(await this.sessions.delete(key))) sayElsewhere();
    });
  }

  async end(target: unknown): Promise<void> {
    const key = this.keyOf(target);
    if (key !== null) await this.sessions.end(key);
  }

  async export(target: unknown): Promise<void> {
    const key = this.keyOf(target) ?? (await this.sessions.resumeLast())?.key;
    if (key === undefined) {
      void vscode.window.showInformationMessage(localization().t('transcript.none'));
      return;
    }
    await this.reading(key, (session) => this.transcriptExport.export(session));
  }

  private keyOf(target: unknown): string | null {
    return isOnSession(target) ? target.key : (this.sessions.current?.key ?? null);
  }

  /** One of the disk is there for as long as it is needed. */
  private async reading(key: string, use: (session: ChatSession) => Promise<void>): Promise<void> {
    const session = await this.sessions.read(key);
    if (session === null) {
      void vscode.window.showWarningMessage(localization().t('host.journal.unreadable'));
      return;
    }
    try {
      await use(session);
    } finally {
      if (this.sessions.byKey(key) !== session) session.dispose();
    }
  }
}

function sayElsewhere(): void {
  void vscode.window.showWarningMessage(localization().t('sessions.elsewhere'));
}
