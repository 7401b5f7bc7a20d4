// Reads the settings, each checked: a person may have written anything into settings.json.

import * as vscode from 'vscode';
import { isRecord } from '../../shared/guards';
import { LANGUAGES, type Language } from '../../shared/texts';
import { RECEIPT_POLICIES, type ReceiptPolicy } from '../session/receipts';
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

/** How long conversations are kept after their last change, days; 0: till the session is over. */
export function retentionDays(): number {
  const days = read('retentionDays');
  // What makes no sense must not delete anything.
  return typeof days === 'number' && days >= 0 ? days : Infinity;
}

/** Bytes. */
export function maxAttachmentBytes(): number {
  return Math.max(1, number('maxAttachmentSize')) * MEBIBYTE;
}

/** When the other side is told that a message has been received. */
export function receiptPolicy(): ReceiptPolicy {
  const value = text('readReceipts');
  return RECEIPT_POLICIES.find((policy) => policy === value) ?? 'onReceive';
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

/** A chat with all that belongs to it, by a name. What is `null` is as the plain settings have it. */
export interface Profile {
  readonly name: string;
  readonly chatId: string;
  readonly apiUrl: string | null;
  readonly messagesUrl: string | null;
  readonly clientExternalId: string | null;
  /** Before variables are replaced. */
  readonly clientMetadata: Readonly<Record<string, string>>;
  /** Whether to ask before the first message or file goes: for chats with real clients. */
  readonly asksFirst: boolean;
}

/** Of several with one name the first counts; the others could not be told apart. */
export function profilesSetting(): readonly Profile[] {
  const value = read('profiles');
  const profiles = (Array.isArray(value) ? value : []).flatMap(profileOf);
  return profiles.filter(
    ({ name }, index) => profiles.findIndex((it) => it.name === name) === index,
  );
}

function profileOf(value: unknown): readonly Profile[] {
  if (!isRecord(value)) return [];
  const field = (name: string): string => {
    const found = value[name];
    return typeof found === 'string' ? found.trim() : '';
  };
  const [name, chatId] = [field('name'), field('chatId')];
  if (name === '' || chatId === '') return [];
  return [
    {
      ...{ name, chatId },
      apiUrl: field('apiUrl') || null,
      messagesUrl: field('messagesUrl') || null,
      clientExternalId: field('clientExternalId') || null,
      clientMetadata: textsOf(value['clientMetadata']),
      asksFirst: value['askBeforeFirstMessage'] === true,
    },
  ];
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}

/** The session's name as the person has it, whatever a workspace says. */
export function ownSessionName(): string {
  const found = vscode.workspace.getConfiguration(SECTION).inspect(SETTINGS.sessionName);
  const value = found?.globalValue ?? found?.defaultValue;
  return typeof value === 'string' ? value.trim() : '';
}

/** What the start call says of the person, before variables are replaced. */
export function clientSettings(): {
  sessionName: string;
  clientExternalId: string;
  clientMetadata: Readonly<Record<string, string>>;
} {
  return {
    sessionName: text('sessionName'),
    clientExternalId: text('clientExternalId'),
    clientMetadata: textsOf(read('clientMetadata')),
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
