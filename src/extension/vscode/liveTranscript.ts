import type { ConversationView } from '../../shared/conversation';
import type { Disposable } from '../core/disposable';
import type { Event } from '../core/event';
import type { ChatSession } from '../session/chatSession';
import type { TranscriptWriter } from '../session/transcript/renderTranscript';

type WrittenSession = Pick<ChatSession, 'key' | 'conversation' | 'conceal' | 'onDidChange'>;

/** The sessions of this window. */
interface HeldSessions {
  readonly onDidChangeSessions: Event<undefined>;
  byKey(key: string): WrittenSession | null;
}

/** One conversation, written down whenever VS Code asks, which it does when it is told of a change. */
export class LiveTranscript implements Disposable {
  private readonly subscription: Disposable;
  private following: Disposable;
  /** Before the document is there, VS Code does not listen. */
  private isOpen = false;
  /** Told, and not written yet: what comes meanwhile goes along. */
  private isTold = false;
  /** How often there was something to write, and at which of them it was last written. */
  private changes = 0;
  private written = -1;
  private rows: ConversationView['rows'] | null = null;

  /**
   * @param session what is written till another goes on with its conversation
   * @param writer gives what writes in the person's language
   * @param tell tells VS Code that there is something new
   */
  constructor(
    private session: WrittenSession,
    sessions: HeldSessions,
    private readonly writer: () => Promise<Pick<TranscriptWriter, 'write'>>,
    private readonly tell: () => void,
  ) {
    this.following = this.follow();
    this.subscription = sessions.onDidChangeSessions(() => {
      this.goOnWith(sessions.byKey(session.key));
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
    const writer = await this.writer();
    const { session } = this;
    const { conversation } = session;
    const upTo = this.changes;
    this.rows = conversation.rows;
    const text = session.conceal(await writer.write(conversation));
    this.isTold = false;
    this.written = upTo;
    if (upTo !== this.changes) this.changed();
    return text;
  }

  dispose(): void {
    this.subscription.dispose();
    this.following.dispose();
  }

  /** @param session has the conversation now; `null` when no session has: then it stays as it is */
  private goOnWith(session: WrittenSession | null): void {
    if (session === null || session === this.session) return;
    this.following.dispose();
    this.session = session;
    this.following = this.follow();
    this.changed();
  }

  private follow(): Disposable {
    return this.session.onDidChange(({ rows }) => {
      if (rows !== this.rows) this.changed();
    });
  }
}
