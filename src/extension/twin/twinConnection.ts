import type { Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { Logger } from '../core/logger';
import type { ContractDrift } from './contractDrift';
import { decodeEvent } from './decodeEvent';
import type { LiveTransport, LiveTransportFactory } from './liveTransport';
import type { LiveEvent } from './model';

/** Where a connection reports to. After `dispose()` nothing is called any more. */
export interface TwinConnectionListener {
  /** The server has answered the opening, and will connect us or not: it is not silent. */
  onWelcome(): void;
  onConnect(): void;
  /** An open connection was lost; a new one is the caller's to make. */
  onDisconnect(reason: string): void;
  /** The connection could not be opened, or was refused. */
  onFailure(error: TwinError): void;
  /** @param answered false when the ping leaves, true when its answer comes */
  onHeartbeat(answered: boolean): void;
  onEvent(event: LiveEvent): void;
}

/** A session's live channel. It is opened once and never again by itself. */
export interface TwinConnection extends Disposable {
  /**
   * Tells TWIN that a message was received (article: "на каждое полученное сообщение необходимо
   * отправить событие"). Emits each time it is called: once for each message is the caller's care.
   * Dropped while there is no connection.
   */
  acknowledge(messageId: string): void;
}

export interface TwinConnectionParts {
  readonly apiUrl: string;
  readonly sessionId: string;
  readonly loadLive: () => Promise<LiveTransportFactory>;
  readonly drift: ContractDrift;
  readonly logger: Logger;
}

/** Opens the live channel of a session, having loaded its transport first. */
export function openTwinConnection(
  parts: TwinConnectionParts,
  listener: TwinConnectionListener,
): TwinConnection {
  const connection = new LazyConnection(parts, listener);
  void connection.open();
  return connection;
}

class LazyConnection implements TwinConnection {
  private transport: LiveTransport | null = null;
  private disposed = false;

  constructor(
    private readonly parts: TwinConnectionParts,
    private readonly listener: TwinConnectionListener,
  ) {}

  async open(): Promise<void> {
    const { loadLive, apiUrl, sessionId, logger } = this.parts;
    try {
      const openLive = await loadLive();
      if (this.disposed) return; // given up while the bundle was being read
      this.transport = openLive(apiUrl, sessionId, this.transportListener());
    } catch (error) {
      logger.error('the live transport could not be loaded', { error });
      this.fail(new TwinError('protocol', 'No live transport', { cause: error }));
    }
  }

  acknowledge(messageId: string): void {
    if (this.disposed) return;
    this.transport?.emit('messageReceived', {
      action: 'chatMessageCreated',
      data: { id: messageId },
    });
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.transport?.dispose();
  }

  private transportListener(): Parameters<LiveTransportFactory>[2] {
    const { logger, drift } = this.parts;
    return {
      onWelcome: () => {
        if (!this.disposed) this.listener.onWelcome();
      },
      onConnect: () => {
        if (this.disposed) return;
        logger.debug('connected');
        this.listener.onConnect();
      },
      onDisconnect: (reason) => {
        if (this.disposed) return;
        logger.info('disconnected', { reason });
        this.listener.onDisconnect(reason);
      },
      onFailure: (error) => {
        this.fail(error);
      },
      onHeartbeat: (answered) => {
        if (!this.disposed) this.listener.onHeartbeat(answered);
      },
      onEvent: (name, payload) => {
        if (this.disposed) return;
        const event = decodeEvent(name, payload, drift);
        logger.debug('event', { name: name.slice(0, 80), type: event.type });
        this.listener.onEvent(event);
      },
    };
  }

  private fail(error: TwinError): void {
    if (this.disposed) return;
    this.parts.logger.info('not connected', { reason: error.reason, error });
    this.listener.onFailure(error);
  }
}
