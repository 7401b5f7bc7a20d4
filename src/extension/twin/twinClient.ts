import { TwinError } from '../core/errors';
import type { Logger } from '../core/logger';
import { address, startAddress } from './address';
import { ContractDrift } from './contractDrift';
import {
  decodeHistory,
  decodeSentMessage,
  decodeStartedSession,
  decodeUploadedFile,
  parseAnswer,
} from './decodeAnswer';
import type { FileContent, HttpRequest, HttpTransport } from './httpTransport';
import type { LiveTransportFactory } from './liveTransport';
import type { History, RemoteFile, SentMessage, StartedSession } from './model';
import {
  messageBody,
  startBody,
  type OutgoingMessage,
  type SessionIntroduction,
} from './requestBody';
import { errorFromResponse, type CallTarget } from './responseError';
import {
  openTwinConnection,
  type TwinConnection,
  type TwinConnectionListener,
} from './twinConnection';

/** Milliseconds without any progress after which a call is given up. */
const CALL_TIMEOUT = 30_000;
const REACH_TIMEOUT = 20_000;
/** "Not offered": TWIN documents the history with a token, which an anonymous client has not. */
const NOT_OFFERED: readonly (number | null)[] = [401, 403, 404, 405];
/** The server may think about a large file after its last byte. */
const UPLOAD_TIMEOUT = 90_000;

export interface TwinClientOptions {
  /** Sessions, files and the live channel: `https://tcl.twin24.ai`. */
  readonly apiUrl: string;
  /** Messages: `https://chats-api.twin24.ai`. */
  readonly messagesUrl: string;
  readonly http: HttpTransport;
  /** Called for each connection, so that the transport is loaded only when one is wanted. */
  readonly loadLive: () => Promise<LiveTransportFactory>;
  readonly logger: Logger;
  /** The wall clock, ms since the epoch. */
  readonly now?: () => number;
}

export interface UploadOptions {
  /** Told of the bytes of the file that have left. */
  readonly onProgress?: (sentBytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The TWIN protocol: five calls, none of them ever repeated by itself. Every failure is a
 * {@link TwinError}, except what the file's own `read` throws during an upload.
 */
export class TwinClient {
  private readonly drift: ContractDrift;
  private readonly now: () => number;

  constructor(private readonly options: TwinClientOptions) {
    this.drift = new ContractDrift(options.logger);
    this.now = options.now ?? Date.now;
  }

  /**
   * Starts a session (article: "Старт новой чат-сессии").
   *
   * @throws TwinError `notFound` when there is no such chat; else as {@link HttpTransport} and
   *   `responseError.ts` say
   */
  async startSession(
    chatId: string,
    introduction: SessionIntroduction,
    signal?: AbortSignal,
  ): Promise<StartedSession> {
    // What is idle since another session may have died in silence; a call over it would hang.
    this.options.http.dropIdle();
    const [body, status] = await this.call('start', {
      method: 'POST',
      url: startAddress(this.options.apiUrl, chatId),
      json: startBody(introduction),
      timeout: CALL_TIMEOUT,
      ...(signal ? { signal } : {}),
    });
    const session = decodeStartedSession(body, status, this.drift);
    this.options.logger.hide(session.id);
    return session;
  }

  /**
   * Sends a message (article: "Отправка сообщения в чат сессию"). There is no idempotency key: see
   * `TwinError.isOutcomeUnknown` before sending again.
   *
   * @throws TwinError `sessionEnded` when the session is closed
   */
  async sendMessage(
    sessionId: string,
    message: OutgoingMessage,
    signal?: AbortSignal,
  ): Promise<SentMessage> {
    this.options.logger.hide(sessionId);
    const [body, status] = await this.call('session', {
      method: 'POST',
      url: address(this.options.messagesUrl, ['api', 'v1', 'sessions', sessionId, 'messages']),
      json: messageBody(message),
      timeout: CALL_TIMEOUT,
      ...(signal ? { signal } : {}),
    });
    return decodeSentMessage(body, status, this.drift);
  }

  /**
   * Asks for what has been said in a session (TWIN's API reference, with a token; whether an
   * anonymous client may is not documented).
   *
   * @returns `null` where the server does not offer it (401, 403, 404, 405)
   */
  async history(sessionId: string, signal?: AbortSignal): Promise<History | null> {
    this.options.logger.hide(sessionId);
    try {
      const [body, status] = await this.call('other', {
        method: 'GET',
        url: address(
          this.options.apiUrl,
          ['api', 'chats', 'v1', 'sessions', sessionId, 'messages'],
          '?x_widget=1',
        ),
        timeout: CALL_TIMEOUT,
        ...(signal ? { signal } : {}),
      });
      return decodeHistory(body, status, this.drift);
    } catch (error) {
      if (TwinError.is(error) && NOT_OFFERED.includes(error.status)) return null;
      throw error;
    }
  }

  /**
   * Uploads one file (article: "Отправка файлов в чат-сессию"); it is seen by nobody until a
   * message names its id.
   *
   * @throws TwinError `tooLarge`; and whatever `content.read()` throws, as it is
   */
  async uploadFile(
    content: FileContent,
    options: UploadOptions = {},
  ): Promise<RemoteFile & { readonly id: string }> {
    const { onProgress, signal } = options;
    const [body, status] = await this.call('other', {
      method: 'POST',
      url: address(this.options.apiUrl, ['api', 'chats', 'v1', 'files'], '?x_widget=1'),
      file: { field: 'file[]', content, ...(onProgress ? { onProgress } : {}) },
      timeout: UPLOAD_TIMEOUT,
      ...(signal ? { signal } : {}),
    });
    return decodeUploadedFile(body, status, this.drift);
  }

  /** Opens the session's live channel (article: "Подключение чат-сессии к socket.io"). */
  connect(sessionId: string, listener: TwinConnectionListener): TwinConnection {
    const { apiUrl, loadLive, logger } = this.options;
    logger.hide(sessionId);
    const parts = { apiUrl, sessionId, loadLive, drift: this.drift, logger };
    return openTwinConnection(parts, listener);
  }

  /**
   * Resolves when the server of the live channel answers, whatever it says. It is asked for a
   * connection that nobody has: Engine.IO refuses that ("Session ID unknown") and opens none.
   *
   * @throws TwinError as {@link HttpTransport} says
   */
  async reach(signal?: AbortSignal): Promise<void> {
    const nobodys = '/?EIO=3&transport=polling&sid=none';
    await this.options.http.request({
      method: 'GET',
      url: address(this.options.apiUrl, ['operator', 'socket.io'], nobodys),
      timeout: REACH_TIMEOUT,
      ...(signal ? { signal } : {}),
    });
  }

  private async call(target: CallTarget, request: HttpRequest): Promise<[unknown, number]> {
    const { http, logger } = this.options;
    const what = `${request.method} ${request.url.host}${request.url.pathname}`;
    try {
      const response = await http.request(request);
      const { status, body } = response;
      if (status < 200 || status > 299) throw errorFromResponse(response, target, this.now());
      const answer = parseAnswer(body, status);
      logger.debug(`${what}: ${status}`);
      return [answer, status];
    } catch (error) {
      logger.warn(`${what} failed`, { error });
      throw error;
    }
  }
}
