// Reads the settings, each checked: a person may have written anything into settings.json.

import * as vscode from 'vscode';
import { isRecord } from '../../shared/guards';
import { LANGUAGES, type Language } from '../../shared/texts';
import { SECTION, SETTINGS } from './ids';
import { NOTIFICATION_POLICIES, type NotificationPolicy } from './notificationGate';

const MEBIBYTE = 1024 * 1024;

export type SettingName = keyof typeof SETTINGS;

function read(name: SettingName): unknown {
  return vscode.workspace.getConfiguration(SECTION).get(SETTINGS[name]);
}

function text(name: SettingName): string {
  const value = read(name);
  return typeof value === 'string' ? value.trim() : '';
}

function number(name: SettingName): number {
  const value = read(name);
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

export function chatIdSetting(): string {
  return text('chatId');
}

export function languageSetting(): Language | 'auto' {
  const value = text('language');
  return LANGUAGES.find((language) => language === value) ?? 'auto';
}

/** Which messages may interrupt a person who does not see the chat. */
export function notificationSetting(): NotificationPolicy {
  const value = text('notifications');
  return NOTIFICATION_POLICIES.find((policy) => policy === value) ?? 'operatorOnly';
}

/** Bytes. */
export function maxAttachmentBytes(): number {
  return Math.max(1, number('maxAttachmentSize')) * MEBIBYTE;
}

export function sendOnSetting(): 'enter' | 'ctrlEnter' {
  return text('sendOn') === 'ctrlEnter' ? 'ctrlEnter' : 'enter';
}

/** Pixels; `null` follows VS Code. */
export function fontSizeSetting(): number | null {
  const size = number('fontSize');
  return size > 0 ? size : null;
}

/** `null` follows VS Code. */
export function fontFamilySetting(): string | null {
  return text('fontFamily') || null;
}

/** TWIN's two hosts. Application scope: no workspace can send a person's files elsewhere. */
export function hosts(): { apiUrl: string; messagesUrl: string } {
  return { apiUrl: text('apiUrl'), messagesUrl: text('messagesUrl') };
}

/** What the start call says of the person, before variables are replaced. */
export function clientSettings(): {
  sessionName: string;
  clientExternalId: string;
  clientMetadata: Readonly<Record<string, string>>;
} {
  const metadata = read('clientMetadata');
  const entries = isRecord(metadata) ? Object.entries(metadata) : [];
  return {
    sessionName: text('sessionName'),
    clientExternalId: text('clientExternalId'),
    clientMetadata: Object.fromEntries(
      entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  };
}

/** Whether the value in force comes from the workspace or one of its folders. */
export function isFromWorkspace(name: SettingName): boolean {
  const found = vscode.workspace.getConfiguration(SECTION).inspect(SETTINGS[name]);
  return found?.workspaceValue !== undefined || found?.workspaceFolderValue !== undefined;
}

/** The chat id that the person's own settings hold. */
export function chatIdInUserSettings(): unknown {
  return vscode.workspace.getConfiguration(SECTION).inspect(SETTINGS.chatId)?.globalValue;
}

/** Keeps the chat id in the person's own settings; `undefined` takes it out of them. */
export async function saveChatId(chatId: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration(SECTION)
    .update(SETTINGS.chatId, chatId, vscode.ConfigurationTarget.Global);
}

/** Whether a change touches any of our settings. */
export function affectsUs(change: vscode.ConfigurationChangeEvent): boolean {
  return change.affectsConfiguration(SECTION);
}
