import * as vscode from 'vscode';
import type { Translate } from '../../shared/texts';
import { clientSettings, chatIdSetting, isFromWorkspace, type SettingName } from './settings';

const ALLOWED = 'twin.allowedWorkspaceSettings';
const ASKED_ABOUT: readonly SettingName[] = [
  'chatId',
  'sessionName',
  'clientExternalId',
  'clientMetadata',
];

/**
 * Settings that a workspace brings decide who receives the person's words and files, so they are
 * used only after the person has agreed, once for each set of values.
 */
export class WorkspaceConsent {
  constructor(private readonly memory: vscode.Memento) {}

  /** Asks if need be. VS Code itself ignores these settings in a workspace that is not trusted. */
  async isGiven(t: Translate): Promise<boolean> {
    const values = workspaceValues();
    if (values.length === 0) return true;
    const fingerprint = values.join('\n');
    const allowed = this.memory.get<readonly string[]>(ALLOWED, []);
    if (allowed.includes(fingerprint)) return true;
    const allow = t('host.consent.allow');
    const answer = await vscode.window.showWarningMessage(
      t('host.consent.message'),
      { modal: true, detail: t('host.consent.detail', { values: fingerprint }) },
      allow,
    );
    if (answer !== allow) return false;
    await this.memory.update(ALLOWED, [...allowed, fingerprint]);
    return true;
  }
}

function workspaceValues(): readonly string[] {
  const values: Partial<Record<SettingName, unknown>> = {
    chatId: chatIdSetting(),
    ...clientSettings(),
  };
  return ASKED_ABOUT.filter(isFromWorkspace).map(
    (name) => `twin.${name}: ${JSON.stringify(values[name])}`,
  );
}
