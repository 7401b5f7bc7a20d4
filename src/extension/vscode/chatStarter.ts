import * as vscode from 'vscode';
import type { Translate } from '../../shared/texts';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager, StartOptions } from '../session/sessionManager';
import type { SessionBot, SessionSettings } from '../session/sessionSettings';
import { askChatId, askHowToStart } from './askChatId';
import { DEMO_CHAT_ID, type DemoServer } from './demoServer';
import type { FirstMessage } from './firstMessage';
import { SECTION, SETTINGS } from './ids';
import { localization } from './localization';
import { editProfiles, type Profiles } from './profiles';
import { BadUrlSetting, botRequest, profileRequest, sessionRequest } from './sessionRequest';
import { chatIdSetting, isFromWorkspace, saveChatId } from './settings';
import type { WorkspaceConsent } from './workspaceConsent';

/** Ways to begin a chat: each ends with a live session, or with the person's change of mind. */
export class ChatStarter {
  /** While it is seen to that there is a chat: who asks meanwhile gets the same one. */
  private ensuring: Promise<ChatSession | null> | null = null;

  constructor(
    private readonly sessions: SessionManager,
    private readonly demo: DemoServer,
    private readonly consent: WorkspaceConsent,
    private readonly profiles: Profiles,
    private readonly firstMessage: FirstMessage,
  ) {}

  /** The live session; starts one when there is none. `null` when the person thinks better of it. */
  ensureLive(): Promise<ChatSession | null> {
    this.ensuring ??= this.liveOrNew().finally(() => {
      this.ensuring = null;
    });
    return this.ensuring;
  }

  /** The live session, when something of the person's may go into it now. */
  async ensureOpen(): Promise<ChatSession | null> {
    const session = await this.ensureLive();
    return session !== null && (await this.firstMessage.mayGo(session)) ? session : null;
  }

  /** A new session with the profile or chat id that is set, or with what the person chooses now. */
  async start(options: StartOptions = {}): Promise<ChatSession | null> {
    const { chosen } = this.profiles;
    if (chosen !== null) return this.startWith(() => profileRequest(chosen), options);
    if (chatIdSetting() !== '') return this.startChat(chatIdSetting(), options);
    switch (await askHowToStart(localization().t)) {
      case 'enterId':
        return this.enterChatId(false, options);
      case 'demo':
        return this.startDemo(options);
      case undefined:
        return null;
    }
  }

  /**
   * A new session of the same kind as the current one: with the same bot after one of the past, and
   * where another profile is chosen by now. What never began is tried with what is set now.
   */
  async restart(): Promise<ChatSession | null> {
    const { current } = this.sessions;
    if (current?.conversation.demo === true) return this.startDemo();
    const bot = current !== null && this.keepsItsBot(current) ? current.bot : null;
    return bot === null ? this.start() : this.goOnWith(bot);
  }

  async startDemo(options: StartOptions = {}): Promise<ChatSession> {
    const url = await this.demo.url(localization().language);
    return this.sessions.startChat(await sessionRequest(DEMO_CHAT_ID, url), options);
  }

  /**
   * Asks for a chat id, keeps it and starts with it.
   *
   * @param offer whether to ask first if it is to be started: not every new id is for now
   */
  async enterChatId(offer: boolean, options: StartOptions = {}): Promise<ChatSession | null> {
    const { t } = localization();
    const id = await askChatId(t, chatIdSetting());
    if (id === undefined) return null;
    await saveChatId(id);
    await this.profiles.choose(null);
    if (isFromWorkspace('chatId') && chatIdSetting() !== id) {
      void explainWorkspaceChatId(t, id);
      return null;
    }
    return offer && !(await wantsToStart(t, id)) ? null : this.startChat(id, options);
  }

  /** Lets the person choose a profile, and starts with it unless its chat is live. */
  async chooseProfile(): Promise<ChatSession | null> {
    const choice = await this.profiles.ask(localization().t);
    if (choice === undefined) return null;
    if (choice === 'edit') {
      await editProfiles();
      return null;
    }
    const profile = choice === 'settings' ? null : choice;
    await this.profiles.choose(profile);
    const { current } = this.sessions;
    const isThere = current?.isLive === true && !current.conversation.demo;
    return isThere && current.conversation.profile === (profile?.name ?? null)
      ? current
      : this.start();
  }

  private async liveOrNew(): Promise<ChatSession | null> {
    await this.sessions.resumeLast();
    const { current } = this.sessions;
    return current?.isLive === true ? current : this.start();
  }

  private keepsItsBot({ conversation, hasBegun }: ChatSession): boolean {
    const { past, profile } = conversation;
    return past || (hasBegun && profile !== (this.profiles.chosen?.name ?? null));
  }

  private async goOnWith(bot: SessionBot): Promise<ChatSession | null> {
    const { t } = localization();
    const { chosen } = this.profiles;
    const profile = bot.profile === null ? null : this.profiles.named(bot.profile);
    const isSet =
      bot.profile === null
        ? chosen === null && chatIdSetting() === bot.chatId
        : chosen?.name === bot.profile;
    const isSame = profile?.chatId === bot.chatId;
    if (!isSame && !(await this.consent.isGiven(t))) return null; // the client may be the workspace's
    const request = () => (profile !== null && isSame ? profileRequest(profile) : botRequest(bot));
    const session = await this.startWith(request, {});
    if (session !== null && !isSet) {
      const chat = bot.profile ?? bot.chatId;
      void vscode.window.showInformationMessage(t('host.chat.another', { chat }));
    }
    return session;
  }

  /** With the client as it is set, maybe by the workspace. */
  private async startChat(chatId: string, options: StartOptions): Promise<ChatSession | null> {
    return (await this.consent.isGiven(localization().t))
      ? this.startWith(() => sessionRequest(chatId, null), options)
      : null;
  }

  private async startWith(
    request: () => Promise<SessionSettings>,
    options: StartOptions,
  ): Promise<ChatSession | null> {
    try {
      return await this.sessions.startChat(await request(), options);
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

/** The id that was entered is kept, but would not be the one that the next start takes. */
async function explainWorkspaceChatId(t: Translate, id: string): Promise<void> {
  const open = t('host.openSettings');
  const answer = await vscode.window.showWarningMessage(t('host.chatId.ofWorkspace', { id }), open);
  if (answer === open)
    await vscode.commands.executeCommand('workbench.action.openWorkspaceSettings', {
      query: `${SECTION}.${SETTINGS.chatId}`,
    });
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
