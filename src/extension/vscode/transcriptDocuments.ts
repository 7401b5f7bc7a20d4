import * as vscode from 'vscode';
import { DisposableStore } from '../core/disposable';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type { TranscriptWriter } from '../session/transcript/renderTranscript';
import { LiveTranscript } from './liveTranscript';
import { localization } from './localization';
import { affectsUs } from './settings';
import { transcriptWriter } from './transcripts';

export const TRANSCRIPT_SCHEME = 'twin-transcript';

/** Conversations as read-only text documents that grow as messages arrive. */
export class TranscriptDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly changes = this.lifetime.add(new vscode.EventEmitter<vscode.Uri>());
  private readonly live = new Map<string, LiveTranscript>();
  readonly onDidChange = this.changes.event;

  constructor(private readonly sessions: SessionManager) {
    this.lifetime.add(
      vscode.workspace.registerTextDocumentContentProvider(TRANSCRIPT_SCHEME, this),
    );
    this.lifetime.add(
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        this.live.get(uri.toString())?.opened();
      }),
    );
    this.lifetime.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.live.get(uri.toString())?.dispose();
        this.live.delete(uri.toString());
      }),
    );
    this.lifetime.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (affectsUs(change)) for (const transcript of this.live.values()) transcript.changed();
      }),
    );
  }

  /** Opens the transcript of a conversation, or brings it in front. */
  async open(session: ChatSession): Promise<void> {
    const name = localization().t('transcript.fileName');
    const uri = vscode.Uri.from({
      scheme: TRANSCRIPT_SCHEME,
      path: `/${name}.txt`,
      query: session.key,
    });
    if (!this.live.has(uri.toString())) this.follow(session, uri);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  provideTextDocumentContent(uri: vscode.Uri): Promise<string> | null {
    return this.live.get(uri.toString())?.write() ?? null;
  }

  private follow(session: ChatSession, uri: vscode.Uri): void {
    const id = uri.toString();
    const transcript = new LiveTranscript(session, this.sessions, writerOfNow(), () => {
      this.changes.fire(uri);
    });
    this.live.set(id, transcript);
    // From a life of the extension before this one, whose document has outlived it.
    if (vscode.workspace.textDocuments.some((it) => it.uri.toString() === id)) transcript.opened();
  }

  dispose(): void {
    for (const transcript of this.live.values()) transcript.dispose();
    this.live.clear();
    this.lifetime.dispose();
  }
}

/** Gives a writer in the language of the moment: the same one while that stays. */
function writerOfNow(): () => Promise<TranscriptWriter> {
  let made: { readonly language: string; readonly writer: TranscriptWriter } | null = null;
  return async () => {
    const { language } = localization();
    if (made?.language !== language) made = { language, writer: await transcriptWriter('text') };
    return made.writer;
  };
}
