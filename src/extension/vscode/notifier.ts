import * as vscode from 'vscode';
import type { MessageRow } from '../../shared/conversation';
import { systemClock } from '../core/clock';
import { COMMANDS } from './ids';
import { localization } from './localization';
import { NotificationGate } from './notificationGate';
import { notificationSetting } from './settings';

/** Characters of a message that a notification shows. */
const SHOWN = 200;

/** Tells of messages that came while the chat was out of sight. */
export class Notifier {
  private readonly gate = new NotificationGate(systemClock);

  /** Shows a notification if the settings want one, and leads to the chat when it is clicked. */
  async notify(message: MessageRow): Promise<void> {
    if (!this.gate.admits(message, notificationSetting())) return;
    const { t } = localization();
    const author = message.authorName ?? t(`view.author.${message.author}`);
    const reply = t('host.notify.reply');
    const answer = await vscode.window.showInformationMessage(
      t('host.notify.message', { author, text: excerpt(message, t('host.notify.file')) }),
      reply,
    );
    if (answer === reply) await vscode.commands.executeCommand(COMMANDS.startChat);
  }
}

function excerpt({ text }: MessageRow, withoutWords: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return withoutWords;
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
