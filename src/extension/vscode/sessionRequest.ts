import { randomUUID } from 'node:crypto';
import { env } from 'node:process';
import * as vscode from 'vscode';
import type { SessionSettings } from '../session/sessionSettings';
import { gitBranch } from './git';
import { clientSettings, hosts, isFromWorkspace, type SettingName } from './settings';
import { replaceVariables, type VariableValues } from './variables';

/** A setting that must be a web address and is not. */
export class BadUrlSetting extends Error {
  override readonly name = 'BadUrlSetting';

  constructor(
    readonly setting: string,
    readonly value: string,
  ) {
    super(`${setting} is not a web address`);
  }
}

/**
 * Everything that the start call says, from the settings as they are now.
 *
 * @param demoUrl the simulator's address, for a demo chat
 * @throws BadUrlSetting
 */
export async function sessionRequest(
  chatId: string,
  demoUrl: string | null,
): Promise<SessionSettings> {
  const { sessionName, clientExternalId, clientMetadata } = clientSettings();
  const values = await variableValues();
  const replace = (setting: SettingName, template: string): string =>
    replaceVariables(template, isFromWorkspace(setting) ? { ...values, env: null } : values);
  const { apiUrl, messagesUrl } = hosts();
  return {
    chatId,
    demo: demoUrl !== null,
    apiUrl: demoUrl ?? webAddress('twin.apiUrl', apiUrl),
    messagesUrl: demoUrl ?? webAddress('twin.messagesUrl', messagesUrl),
    name: replace('sessionName', sessionName) || 'VS Code',
    clientExternalId: clientExternalId || null,
    clientMetadata: Object.fromEntries(
      Object.entries(clientMetadata).map(([name, value]) => [
        name,
        replace('clientMetadata', value),
      ]),
    ),
  };
}

async function variableValues(): Promise<VariableValues> {
  return {
    workspaceFolderBasename: vscode.workspace.workspaceFolders?.[0]?.name ?? '',
    gitBranch: await gitBranch(),
    uuid: randomUUID(),
    env: (name) => env[name] ?? '',
  };
}

function webAddress(setting: string, value: string): string {
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:') throw new BadUrlSetting(setting, value);
  return value.replace(/\/+$/, '');
}
