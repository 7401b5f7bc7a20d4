import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type * as renderTranscript from '../session/transcript/renderTranscript';
import type { TranscriptFormat, TranscriptWriter } from '../session/transcript/renderTranscript';
import type { TranscriptFiles } from '../session/transcript/transcriptFiles';
import { localization } from './localization';
import { isOnMessage } from './messageTarget';
import { transcriptLanguage } from './transcriptLanguage';

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
export async function transcriptWriter(
  format: TranscriptFormat,
  files?: TranscriptFiles,
): Promise<TranscriptWriter> {
  const { TranscriptWriter } = await loadTranscripts();
  return new TranscriptWriter(format, transcriptLanguage(), () => setImmediate(), files);
}

/** Loaded when first needed: with it comes the Markdown parser. */
export function loadTranscripts(): Promise<typeof renderTranscript> {
  return import('../session/transcript/renderTranscript');
}

async function copy(session: ChatSession, text: string): Promise<void> {
  await vscode.env.clipboard.writeText(session.conceal(text));
}
