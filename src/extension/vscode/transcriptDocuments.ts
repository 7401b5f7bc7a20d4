import * as vscode from 'vscode';
import type { ConversationView } from '../../shared/conversation';
import { DisposableStore, type Disposable } from '../core/disposable';
import type { ChatSession } from '../session/chatSession';
import type { TranscriptWriter } from '../session/transcript/renderTranscript';
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

  constructor() {
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
    const transcript = new LiveTranscript(session, () => {
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

/** One conversation, written down whenever VS Code asks, which it does when it is told of a change. */
class LiveTranscript implements Disposable {
  private readonly subscription: Disposable;
  private writer: { readonly language: string; readonly it: TranscriptWriter } | null = null;
  /** Before the document is there, VS Code does not listen. */
  private isOpen = false;
  /** Told, and not written yet: what comes meanwhile goes along. */
  private isTold = false;
  /** How often there was something to write, and at which of them it was last written. */
  private changes = 0;
  private written = -1;
  private rows: ConversationView['rows'] | null = null;

  /** @param tell tells VS Code that there is something new */
  constructor(
    private readonly session: ChatSession,
    private readonly tell: () => void,
  ) {
    this.subscription = session.onDidChange(({ rows }) => {
      if (rows !== this.rows) this.changed();
    });
  }

  /** The document is there. */
  opened(): void {
    this.isOpen = true;
    if (this.written !== this.changes) this.changed();
  }

  /** There is something to write. Many changes in a row become as few writings as VS Code manages. */
  changed(): void {
    this.changes += 1;
    if (!this.isOpen || this.isTold) return;
    this.isTold = true;
    this.tell();
  }

  async write(): Promise<string> {
    const writer = await this.writerNow();
    const { conversation } = this.session;
    const upTo = this.changes;
    this.rows = conversation.rows;
    const text = this.session.conceal(await writer.write(conversation));
    this.isTold = false;
    this.written = upTo;
    if (upTo !== this.changes) this.changed();
    return text;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async writerNow(): Promise<TranscriptWriter> {
    const { language } = localization();
    if (this.writer?.language === language) return this.writer.it;
    const it = await transcriptWriter('text');
    this.writer = { language, it };
    return it;
  }
}
