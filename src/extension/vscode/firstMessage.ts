import * as vscode from 'vscode';
import type { ChatSession } from '../session/chatSession';
import { localization } from './localization';
import type { Profiles } from './profiles';

/** Asks before the first message or file of a session goes, where its profile says so. */
export class FirstMessage {
  private readonly agreed = new Set<string>();
  /** Questions that wait for their answer, by the session's key. */
  private readonly asking = new Map<string, Promise<boolean>>();

  constructor(private readonly profiles: Profiles) {}

  /**
   * Files that were attached in an earlier session, and wait here for the answer, go with a yes.
   *
   * @returns false when the person does not want it to go
   */
  async mayGo(session: ChatSession): Promise<boolean> {
    const agreed = await this.isAgreed(session);
    if (agreed) session.composer.uploads.letGo();
    return agreed;
  }

  private async isAgreed(session: ChatSession): Promise<boolean> {
    const { key } = session;
    const { profile } = session.conversation;
    if (profile === null) return true;
    // As it was when the session began: the profile may have another name by now.
    if (session.bot?.asksFirst !== true && this.profiles.named(profile)?.asksFirst !== true)
      return true;
    if (this.agreed.has(key) || session.hasOwnMessages) return true;
    const answer = this.asking.get(key) ?? ask(profile, session.apiUrl);
    this.asking.set(key, answer);
    const agreed = await answer;
    this.asking.delete(key);
    if (agreed) this.agreed.add(key);
    return agreed;
  }
}

async function ask(profile: string, apiUrl: string): Promise<boolean> {
  const { t } = localization();
  const send = t('host.profile.send');
  const { host } = new URL(apiUrl);
  const answer = await vscode.window.showWarningMessage(
    t('host.profile.ask', { profile }),
    { modal: true, detail: t('host.profile.askDetail', { host }) },
    send,
  );
  return answer === send;
}
