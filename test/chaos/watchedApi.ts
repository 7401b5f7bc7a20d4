import type { ChatSession } from '../../src/extension/session/chatSession';
import type {
  LiveConnection,
  LiveListener,
  SessionApi,
} from '../../src/extension/session/sessionApi';

/** The TWIN of one session, watched for calls that must not be made. */
export class WatchedApi implements SessionApi {
  /** Whose it is. */
  session: ChatSession | null = null;

  /** @param connected how many live connections each session has */
  constructor(
    private readonly twin: SessionApi,
    private readonly connected: Map<string, number>,
    private readonly complain: (what: string) => void,
  ) {}

  startSession(...call: Parameters<SessionApi['startSession']>) {
    return this.twin.startSession(...call);
  }

  sendMessage(...call: Parameters<SessionApi['sendMessage']>) {
    const { connection } = this.session?.conversation ?? {};
    if (connection === 'ended')
      this.complain(`sent into a session known to be dead: ${call[1].text}`);
    return this.twin.sendMessage(...call);
  }

  uploadFile(...call: Parameters<SessionApi['uploadFile']>) {
    return this.twin.uploadFile(...call);
  }

  history(...call: Parameters<SessionApi['history']>) {
    return this.twin.history(...call);
  }

  reach(signal?: AbortSignal): Promise<void> {
    return this.twin.reach(signal);
  }

  connect(sessionId: string, listener: LiveListener): LiveConnection {
    this.count(sessionId, 1);
    const connection = this.twin.connect(sessionId, listener);
    let isOpen = true;
    return {
      acknowledge: (id) => {
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
    if (now > 1) this.complain(`two connections of one session: ${sessionId}`);
  }
}
