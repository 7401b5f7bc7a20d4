// What a session needs of TWIN's client, and no more: `twin/twinClient.ts` is one, a test has its own.

import type { Disposable } from '../core/disposable';
import type { TwinError } from '../core/errors';
import type { FileContent } from '../twin/httpTransport';
import type { History, LiveEvent, RemoteFile, SentMessage, StartedSession } from '../twin/model';
import type { OutgoingMessage, SessionIntroduction } from '../twin/requestBody';
import type { Cleared } from './cleared';

export interface LiveListener {
  /** The server has answered the opening, and will connect us or not: it is not silent. */
  onWelcome(): void;
  onConnect(): void;
  onDisconnect(reason: string): void;
  onFailure(error: TwinError): void;
  /** @param answered false when the ping leaves, true when its answer comes */
  onHeartbeat(answered: boolean): void;
  onEvent(event: LiveEvent): void;
}

/** One connection; it does not come back by itself. After `dispose()` the listener is left alone. */
export interface LiveConnection extends Disposable {
  acknowledge(messageId: string): void;
}

/** Every call fails with a TwinError, but for what reading the file itself throws. */
export interface SessionApi {
  startSession(
    chatId: string,
    introduction: SessionIntroduction,
    signal?: AbortSignal,
  ): Promise<StartedSession>;
  sendMessage(
    sessionId: string,
    message: OutgoingMessage,
    signal?: AbortSignal,
  ): Promise<SentMessage>;
  uploadFile(
    content: Cleared<FileContent>,
    options?: {
      readonly onProgress?: (sentBytes: number) => void;
      readonly signal?: AbortSignal;
    },
  ): Promise<RemoteFile>;
  /** `null` where the server does not offer its history. */
  history(sessionId: string, signal?: AbortSignal): Promise<History | null>;
  connect(sessionId: string, listener: LiveListener): LiveConnection;
  /** Resolves when the server of the live connection answers anything at all; opens nothing. */
  reach(signal?: AbortSignal): Promise<void>;
}

/** The two hosts of TWIN. */
export interface ApiAddresses {
  readonly apiUrl: string;
  readonly messagesUrl: string;
}

export type SessionApiFactory = (addresses: ApiAddresses) => SessionApi;
