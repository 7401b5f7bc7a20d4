// A TWIN whose every answer the test gives by hand.

import type { FileContent } from '../../src/extension/twin/httpTransport';
import type { History, LiveEvent, RemoteFile, SentMessage } from '../../src/extension/twin/model';
import type { StartedSession } from '../../src/extension/twin/model';
import type { OutgoingMessage } from '../../src/extension/twin/requestBody';
import type {
  LiveConnection,
  LiveListener,
  SessionApi,
} from '../../src/extension/session/sessionApi';
import { settle } from './manualClock';

/** A call that waits for the test to answer it. */
export interface Call<Request, Answer> {
  readonly request: Request;
  /** Aborted when the caller gives the call up. */
  readonly signal: AbortSignal | null;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

export interface FakeConnection {
  readonly listener: LiveListener;
  readonly acknowledged: string[];
  disposed: boolean;
}

export class FakeTwin implements SessionApi {
  readonly starts: Call<string, StartedSession>[] = [];
  readonly sends: Call<OutgoingMessage, SentMessage>[] = [];
  readonly uploads: Call<FileContent, RemoteFile>[] = [];
  /** Of each upload: tells the caller that so many bytes have left. */
  readonly tellProgress: ((sentBytes: number) => void)[] = [];
  readonly histories: Call<string, History | null>[] = [];
  readonly connections: FakeConnection[] = [];
  /** Questions whether the way is open. */
  readonly questions: Call<null, void>[] = [];

  /** @param log is told of what leaves, as the disk tells it of what is written */
  constructor(private readonly log: string[] = []) {}

  startSession(chatId: string): Promise<StartedSession> {
    return waitFor(this.starts, chatId);
  }

  sendMessage(
    _sessionId: string,
    message: OutgoingMessage,
    signal?: AbortSignal,
  ): Promise<SentMessage> {
    this.log.push(`posted ${message.text}`);
    return waitFor(this.sends, message, signal);
  }

  uploadFile(
    content: FileContent,
    { signal, onProgress = () => undefined }: Parameters<SessionApi['uploadFile']>[1] = {},
  ): Promise<RemoteFile> {
    this.tellProgress.push(onProgress);
    return waitFor(this.uploads, content, signal);
  }

  history(sessionId: string): Promise<History | null> {
    return waitFor(this.histories, sessionId);
  }

  connect(_sessionId: string, listener: LiveListener): LiveConnection {
    const connection: FakeConnection = { listener, acknowledged: [], disposed: false };
    this.connections.push(connection);
    return {
      acknowledge: (id) => {
        this.log.push(`acknowledged ${id}`);
        connection.acknowledged.push(id);
      },
      dispose: () => {
        connection.disposed = true;
      },
    };
  }

  reach(signal?: AbortSignal): Promise<void> {
    return waitFor(this.questions, null, signal);
  }

  /** The newest connection. */
  get live(): FakeConnection {
    const connection = this.connections.at(-1);
    if (connection === undefined) throw new Error('Nobody has connected');
    return connection;
  }

  /** How many connections are open, or being opened. */
  get open(): number {
    return this.connections.filter((it) => !it.disposed).length;
  }

  /** The newest start call is answered, and the connection is there. */
  async goOnline(answer: StartedSession): Promise<void> {
    this.starts.at(-1)?.answer(answer);
    await settle();
    this.live.listener.onConnect();
    await settle();
  }

  async emit(event: LiveEvent): Promise<void> {
    this.live.listener.onEvent(event);
    await settle();
  }
}

function waitFor<Request, Answer>(
  calls: Call<Request, Answer>[],
  request: Request,
  signal?: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    calls.push({ request, signal: signal ?? null, answer: resolve, fail: reject });
  });
}
