import { randomUUID } from 'node:crypto';
import { env } from 'node:process';
import * as vscode from 'vscode';
import type { SessionBot, SessionSettings } from '../session/sessionSettings';
import { gitBranch } from './git';
import {
  clientSettings,
  hosts,
  isFromWorkspace,
  ownSessionName,
  profilesSetting,
  type Profile,
  type SettingName,
} from './settings';
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

/**
 * The same of a bot that the person has talked to: its chat and hosts, and the client as it is set
 * now.
 *
 * @throws BadUrlSetting
 */
export async function botRequest(bot: SessionBot): Promise<SessionSettings> {
  const { chatId, apiUrl, messagesUrl, profile, asksFirst } = bot;
  const request = await sessionRequest(chatId, null);
  const ofProfile = profile === null ? {} : { profile, asksFirst };
  return { ...request, apiUrl, messagesUrl, ...ofProfile };
}

/**
 * The same of a profile, which the person has written himself.
 *
 * @throws BadUrlSetting
 */
export async function profileRequest(profile: Profile): Promise<SessionSettings> {
  const values = await variableValues();
  const { apiUrl, messagesUrl } = hosts();
  return {
    chatId: profile.chatId,
    demo: false,
    profile: profile.name,
    asksFirst: profile.asksFirst,
    apiUrl: webAddress('twin.profiles', profile.apiUrl ?? apiUrl),
    messagesUrl: webAddress('twin.profiles', profile.messagesUrl ?? messagesUrl),
    name: replaceVariables(ownSessionName(), values) || 'VS Code',
    clientExternalId: profile.clientExternalId,
    clientMetadata: metadataOf(profile, values),
  };
}

/**
 * What is said of the client, as it is set now, of a session whose own settings are not known any
 * more: by the plain settings, and by the profiles that have its name or its chat.
 */
export async function clientValues(bot: SessionBot | null): Promise<readonly string[]> {
  const values = await variableValues();
  const profiles = profilesSetting()
    .filter(({ name, chatId }) => name === bot?.profile || chatId === bot?.chatId)
    .map((profile) => ({ ...profile, clientMetadata: metadataOf(profile, values) }));
  return [await sessionRequest('', ''), ...profiles].flatMap(valuesOf);
}

/** All that a start call says of the client but the session's name. */
export function valuesOf({
  clientExternalId,
  clientMetadata,
}: Pick<SessionSettings, 'clientExternalId' | 'clientMetadata'>): readonly string[] {
  return [clientExternalId ?? '', ...Object.values(clientMetadata)];
}

function metadataOf(profile: Profile, values: VariableValues): Readonly<Record<string, string>> {
  const metadata = Object.entries(profile.clientMetadata);
  return Object.fromEntries(
    metadata.map(([name, value]) => [name, replaceVariables(value, values)]),
  );
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
