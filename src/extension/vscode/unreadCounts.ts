import type { MessageRow } from '../../shared/conversation';
import { DisposableStore, type Disposable } from '../core/disposable';
import { Emitter } from '../core/event';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';

export interface UnseenMessage {
  readonly session: ChatSession;
  readonly message: MessageRow;
}

/** Of each session of this window how many messages came while it was out of sight. */
export class UnreadCounts implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly changes = this.lifetime.add(new Emitter<undefined>());
  private readonly unseen = this.lifetime.add(new Emitter<UnseenMessage>());
  private readonly followed = new Map<ChatSession, Disposable>();
  private readonly counts = new Map<string, number>();

  readonly onDidChange = this.changes.event;
  /** Fires for each message that came out of sight, once it is counted. */
  readonly onDidMiss = this.unseen.event;

  /** @param isInSight whether the person sees a conversation */
  constructor(
    private readonly sessions: SessionManager,
    private readonly isInSight: (session: ChatSession) => boolean,
  ) {
    this.lifetime.add(
      sessions.onDidChangeSessions(() => {
        this.follow();
      }),
    );
    this.follow();
  }

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Key of the session to be read first: the one that is shown, else the one that waits longest. */
  get next(): string | null {
    const { current } = this.sessions;
    if (current !== null && this.counts.has(current.key)) return current.key;
    return [...this.counts.keys()][0] ?? null;
  }

  /** The person has seen all of a session. */
  seen(session: ChatSession | null): void {
    if (session !== null && this.counts.delete(session.key)) this.changes.fire(undefined);
  }

  dispose(): void {
    for (const subscription of this.followed.values()) subscription.dispose();
    this.followed.clear();
    this.lifetime.dispose();
  }

  private follow(): void {
    const { sessions } = this.sessions;
    for (const [session, subscription] of [...this.followed]) {
      if (sessions.includes(session)) continue;
      subscription.dispose();
      this.followed.delete(session);
    }
    const keys = new Set(sessions.map(({ key }) => key));
    const gone = [...this.counts.keys()].filter((key) => !keys.has(key));
    for (const key of gone) this.counts.delete(key);
    if (gone.length > 0) this.changes.fire(undefined);
    for (const session of sessions) {
      if (this.followed.has(session)) continue;
      const subscription = session.onDidReceiveMessage((message) => {
        this.received(session, message);
      });
      this.followed.set(session, subscription);
    }
  }

  private received(session: ChatSession, message: MessageRow): void {
    if (this.isInSight(session)) return;
    this.counts.set(session.key, this.of(session.key) + 1);
    this.changes.fire(undefined);
    this.unseen.fire({ session, message });
  }
}
