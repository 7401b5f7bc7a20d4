// Which hosts may be called for the files of a conversation: TWIN's own, and those that the person has
// agreed to.

import * as vscode from 'vscode';
import type { Problem, ProblemReason } from '../../../shared/problem';
import { TwinError } from '../../core/errors';
import type { ChatSession } from '../../session/chatSession';
import { localization } from '../localization';
import { hosts } from '../settings';
import { hostStanding, isPrivateHost } from './fileAddress';

/** Why a file was not fetched, where no network is to blame. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(reason: ProblemReason, host: string | null) {
    super(`Not fetched: ${reason}`);
    this.problem = { step: 'download', reason, status: null, host, limit: null };
  }
}

export class HostGate {
  /** For one conversation. */
  private readonly agreed = new WeakMap<ChatSession, Set<string>>();

  /** The person has agreed to a host. */
  agree(session: ChatSession, host: string): void {
    this.agreed.set(session, (this.agreed.get(session) ?? new Set()).add(host));
  }

  /** @throws Refused for a host that may not be called */
  check(session: ChatSession, url: URL): void {
    const standing = this.standing(session, url);
    if (standing === 'insecure') throw new Refused('insecure', url.host);
    if (standing === 'other') throw new Refused('otherHost', url.host);
  }

  /**
   * Asks the person where nobody has agreed yet.
   *
   * @throws Refused for a host that may not be called, TwinError `stopped` where the person says no
   */
  async ask(session: ChatSession, url: URL, name: string): Promise<void> {
    if (this.standing(session, url) === 'other') {
      const { t } = localization();
      const load = t('host.fetch.load');
      const detail = t(isPrivateHost(url) ? 'host.fetch.private' : 'host.fetch.foreignDetail');
      const question = t('host.fetch.foreign', { name, host: url.host });
      const options = { modal: true, detail };
      if ((await vscode.window.showWarningMessage(question, options, load)) !== load)
        throw new TwinError('stopped', 'The person does not want this host to be called');
      this.agree(session, url.host);
    }
    this.check(session, url);
  }

  private standing(session: ChatSession, url: URL): ReturnType<typeof hostStanding> {
    const { apiUrl, messagesUrl } = hosts();
    const standing = hostStanding(url, [session.apiUrl, apiUrl, messagesUrl]);
    const isAgreed = this.agreed.get(session)?.has(url.host) === true;
    return standing === 'other' && isAgreed ? 'own' : standing;
  }
}
