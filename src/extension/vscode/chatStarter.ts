import * as vscode from 'vscode';
import type { Translate } from '../../shared/texts';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import { askChatId, askHowToStart } from './askChatId';
import { DEMO_CHAT_ID, type DemoServer } from './demoServer';
import { localization } from './localization';
import { BadUrlSetting, sessionRequest } from './sessionRequest';
import { chatIdSetting, saveChatId } from './settings';
import type { WorkspaceConsent } from './workspaceConsent';

/** Ways to begin a chat: each ends with a live session, or with the person's change of mind. */
export class ChatStarter {
  constructor(
    private readonly sessions: SessionManager,
    private readonly demo: DemoServer,
    private readonly consent: WorkspaceConsent,
  ) {}

  /** The live session; starts one when there is none. `null` when the person thinks better of it. */
  async ensureLive(): Promise<ChatSession | null> {
    await this.sessions.resumeLast();
    const { current } = this.sessions;
    return current?.isLive === true ? current : this.start();
  }

  /** A new session with the chat id of the settings, or with what the person chooses now. */
  async start(): Promise<ChatSession | null> {
    const { t } = localization();
    if (chatIdSetting() !== '')
      return (await this.consent.isGiven(t)) ? this.startWith(chatIdSetting()) : null;
    switch (await askHowToStart(t)) {
      case 'enterId':
        return this.enterChatId(false);
      case 'demo':
        return this.startDemo();
      case undefined:
        return null;
    }
  }

  /** A new session of the same kind as the current one. */
  async restart(): Promise<ChatSession | null> {
    return this.sessions.current?.conversation.demo === true ? this.startDemo() : this.start();
  }

  async startDemo(): Promise<ChatSession> {
    const url = await this.demo.url(localization().language);
    return this.sessions.startChat(await sessionRequest(DEMO_CHAT_ID, url));
  }

  /**
   * Asks for a chat id, keeps it and starts with it.
   *
   * @param offer whether to ask first if it is to be started: not every new id is for now
   */
  async enterChatId(offer: boolean): Promise<ChatSession | null> {
    const { t } = localization();
    const id = await askChatId(t, chatIdSetting());
    if (id === undefined) return null;
    await saveChatId(id);
    return offer && !(await wantsToStart(t, id)) ? null : this.startWith(id);
  }

  private async startWith(chatId: string): Promise<ChatSession | null> {
    try {
      return await this.sessions.startChat(await sessionRequest(chatId, null));
    } catch (error) {
      if (!(error instanceof BadUrlSetting)) throw error;
      await explainBadUrl(error);
      return null;
    }
  }
}

async function wantsToStart(t: Translate, id: string): Promise<boolean> {
  const start = t('host.chatId.start');
  const saved = t('host.chatId.saved', { id });
  return (await vscode.window.showInformationMessage(saved, start)) === start;
}

async function explainBadUrl({ setting, value }: BadUrlSetting): Promise<void> {
  const { t } = localization();
  const open = t('host.openSettings');
  const answer = await vscode.window.showErrorMessage(
    t('host.settings.badUrl', { setting, value }),
    open,
  );
  if (answer === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', setting);
}
