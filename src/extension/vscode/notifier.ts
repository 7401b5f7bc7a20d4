import * as vscode from 'vscode';
import type { MessageRow } from '../../shared/conversation';
import { displayName } from '../../shared/displayName';
import { peerName } from '../../shared/peerName';
import type { Translate } from '../../shared/texts';
import { systemClock } from '../core/clock';
import { localization } from './localization';
import { NotificationGate } from './notificationGate';
import { notificationSetting } from './settings';
import { transcriptLanguage } from './transcriptLanguage';
import { loadTranscripts } from './transcripts';

/** Characters of a message that a notification shows. */
const SHOWN = 200;

/** What one may do about a message that one is told of. */
export interface Reactions {
  reply(): Promise<void>;
  show(): Promise<void>;
}

/** Tells of messages that came while the chat was out of sight. */
export class Notifier {
  private readonly gate = new NotificationGate(systemClock);

  /** Shows a notification if the settings want one. Resolves when it was answered or is gone. */
  async notify(message: MessageRow, reactions: Reactions): Promise<void> {
    if (!this.gate.admits(message, notificationSetting())) return;
    const { t } = localization();
    const author = peerName(message.author, message.authorName, t);
    const [reply, show] = [t('host.notify.reply'), t('host.notify.show')];
    const text = shortened((await asLine(message)) || withoutWords(message, t));
    const words = t('host.notify.message', { author, text });
    const answer = await vscode.window.showInformationMessage(words, reply, show);
    if (answer === reply) await reactions.reply();
    if (answer === show) await reactions.show();
  }
}

/** The words as they are read, on one line. */
async function asLine(message: MessageRow): Promise<string> {
  if (message.text === '') return '';
  const { writeMessage } = await loadTranscripts();
  return writeMessage(message, 'text', transcriptLanguage()).replace(/\s+/g, ' ').trim();
}

/** What is told of a message that says nothing: its files by their names, a form or an answer as such. */
function withoutWords({ attachments }: MessageRow, t: Translate): string {
  const names = attachments.map(({ name }) => displayName(name)).join(', ');
  const count = attachments.length;
  return count === 0 ? t('host.notify.noWords') : t('host.notify.files', { count, names });
}

function shortened(line: string): string {
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
