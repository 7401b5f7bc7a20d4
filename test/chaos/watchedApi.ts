import type { ChatSession } from '../../src/extension/session/chatSession';
import type {
  LiveConnection,
  LiveListener,
  SessionApi,
} from '../../src/extension/session/sessionApi';

export interface ApiWatch {
  readonly complain: (what: string) => void;
  /** Whether a message may be acknowledged: it is on disk. */
  readonly isSafe: (messageId: string) => boolean;
  /** It came, by the live connection or by the history. */
  readonly onDelivered: (messageId: string) => void;
  /** It came by the live connection, or is acknowledged: of what a history tells, not all is new. */
  readonly onLive: (messageId: string) => void;
}

/** The TWIN of one session, watched for calls that must not be made. */
export class WatchedApi implements SessionApi {
  /** Whose it is. */
  session: ChatSession | null = null;

  /** @param connected how many live connections each session has */
  constructor(
    private readonly twin: SessionApi,
    private readonly connected: Map<string, number>,
    private readonly watch: ApiWatch,
  ) {}

  startSession(...call: Parameters<SessionApi['startSession']>) {
    return this.twin.startSession(...call);
  }

  sendMessage(...call: Parameters<SessionApi['sendMessage']>) {
    const { connection } = this.session?.conversation ?? {};
    if (connection === 'ended')
      this.watch.complain(`sent into a session known to be dead: ${call[1].text}`);
    return this.twin.sendMessage(...call);
  }

  uploadFile(...call: Parameters<SessionApi['uploadFile']>) {
    return this.twin.uploadFile(...call);
  }

  async history(...call: Parameters<SessionApi['history']>) {
    const history = await this.twin.history(...call);
    for (const { id } of history?.messages ?? []) if (id !== null) this.watch.onDelivered(id);
    return history;
  }

  reach(signal?: AbortSignal): Promise<void> {
    return this.twin.reach(signal);
  }

  connect(sessionId: string, listener: LiveListener): LiveConnection {
    this.count(sessionId, 1);
    const connection = this.twin.connect(sessionId, {
      ...listener,
      onEvent: (event) => {
        const id = event.type === 'message' ? event.message.id : null;
        if (id !== null) {
          this.watch.onDelivered(id);
          this.watch.onLive(id);
        }
        listener.onEvent(event);
      },
    });
    let isOpen = true;
    return {
      acknowledge: (id) => {
        if (!this.watch.isSafe(id))
          this.watch.complain(`acknowledged before it was on disk: ${id}`);
        this.watch.onLive(id);
        connection.acknowledge(id);
      },
      dispose: () => {
        if (isOpen) this.count(sessionId, -1);
        isOpen = false;
        connection.dispose();
      },
    };
  }

  private count(sessionId: string, by: number): void {
    const now = (this.connected.get(sessionId) ?? 0) + by;
    this.connected.set(sessionId, now);
    if (now > 1) this.watch.complain(`two connections of one session: ${sessionId}`);
  }
}
