import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { isShape, isString } from '../../shared/guards';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type { TranscriptFormat, TranscriptWriter } from '../session/transcript/renderTranscript';
import { localization } from './localization';
import { transcriptLanguage } from './transcriptLanguage';

/** What the view's context menu says of the message it was opened on. */
const isOnMessage = isShape<{ messageKey: string }>({ messageKey: isString });

/** The conversation, and its messages, as text in the clipboard. */
export class Transcripts {
  constructor(private readonly sessions: SessionManager) {}

  /** @param target what VS Code gives a command of the view's context menu */
  async copyMessage(format: TranscriptFormat, target: unknown): Promise<void> {
    const session = await this.sessions.resumeLast();
    if (session === null || !isOnMessage(target)) return;
    const row = session.conversation.rows.findLast(({ key }) => key === target.messageKey);
    if (row?.kind !== 'message') return;
    const { writeMessage } = await loadTranscripts();
    await copy(session, writeMessage(row, format, transcriptLanguage()));
  }

  async copyConversation(format: TranscriptFormat): Promise<void> {
    const session = await this.currentOrSay();
    if (session === null) return;
    const writer = await transcriptWriter(format);
    await copy(session, await writer.write(session.conversation));
  }

  /** The conversation that is shown; without one the person is told what to do. */
  async currentOrSay(): Promise<ChatSession | null> {
    const session = await this.sessions.resumeLast();
    if (session === null)
      void vscode.window.showInformationMessage(localization().t('transcript.none'));
    return session;
  }
}

/** A writer in the person's language, which lets the host do other things between its rows. */
export async function transcriptWriter(format: TranscriptFormat): Promise<TranscriptWriter> {
  const { TranscriptWriter } = await loadTranscripts();
  return new TranscriptWriter(format, transcriptLanguage(), () => setImmediate());
}

/** Loaded when first needed: with it comes the Markdown parser. */
const loadTranscripts = () => import('../session/transcript/renderTranscript');

async function copy(session: ChatSession, text: string): Promise<void> {
  await vscode.env.clipboard.writeText(session.conceal(text));
}
