// The live channel over socket.io-client 2.5 (Engine.IO protocol 3, which is what the Python client
// that TWIN's article pins speaks). The only file that imports it, and a bundle of its own.

import io from 'socket.io-client';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import { isRecord } from '../../shared/guards';
import { isWelcome } from './engineWelcome';
import { HTTP_POLLING, type HttpPollingOptions } from './httpPolling';
import type { HttpTransport } from './httpTransport';
import type { LiveTransport, LiveTransportFactory, LiveTransportListener } from './liveTransport';

/** Milliseconds from the first request to the server's welcome. */
const CONNECT_TIMEOUT = 20_000;
/** Milliseconds that what was still to be written gets after `dispose()`. */
const FAREWELL_TIME = 5_000;
/** An error packet that says the key is no good: the session is over. Others may pass. */
const SESSION_IS_OVER =
  /(session|chat|key)\b.*(unknown|not found|expired|closed|ended|finished|invalid|does ?n.t exist)|(unknown|invalid|expired) (session|chat|key)/i;

/** The parts of a socket.io-client 2.5 socket we hold on to, some of them not public. */
interface Socket {
  on(event: string, listener: (argument: unknown) => void): void;
  off(): void;
  emit(event: string, payload: unknown): void;
  open(): void;
  disconnect(): void;
  onevent(packet: { readonly data?: unknown }): void;
  readonly io: {
    engine?: Engine;
    readonly decoder: { reconstructor: unknown };
  };
}

interface Engine {
  readonly readyState: string;
  once(event: 'close', listener: () => void): void;
  onPacket(packet: { readonly type?: unknown; readonly data?: unknown }): void;
  onClose(reason: string): void;
}

export interface SocketIoParts {
  readonly http: HttpTransport;
  readonly clock: Clock;
}

/** Makes the factory of Socket.IO connections. */
export function createSocketIoTransport(parts: SocketIoParts): LiveTransportFactory {
  return (origin, sessionId, listener) => new SocketIoTransport(parts, origin, sessionId, listener);
}

class SocketIoTransport implements LiveTransport {
  private readonly socket: Socket;
  private readonly polling = new AbortController();
  private readonly connectTimer: Disposable;
  private connected = false;
  private closed = false;
  private lastError: unknown = null;

  constructor(
    private readonly parts: SocketIoParts,
    origin: string,
    sessionId: string,
    private readonly listener: LiveTransportListener,
  ) {
    const base = new URL(origin);
    const polling: HttpPollingOptions = { http: parts.http, signal: this.polling.signal };
    const options = {
      // TWIN's path must not stand in the address: there it would be taken for a namespace.
      path: `${base.pathname.replace(/\/+$/, '')}/operator/socket.io`,
      query: { key: sessionId },
      transports: [HTTP_POLLING, 'websocket'],
      transportOptions: { [HTTP_POLLING]: polling },
      // Else a global WebSocket is taken where there is one, past proxy, agent and TLS settings.
      forceNode: true,
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      timeout: false,
    };
    const { href } = new URL('/', base);
    this.socket = io(href, options as unknown as SocketIOClient.ConnectOpts) as unknown as Socket;
    this.connectTimer = parts.clock.schedule(() => {
      this.fail(new TwinError('timeout', 'No welcome from the live channel in time'));
    }, CONNECT_TIMEOUT);
    this.listen();
    this.socket.open();
    this.guardDecoding();
  }

  emit(name: string, payload: unknown): void {
    if (this.connected && !this.closed) this.socket.emit(name, payload);
  }

  dispose(): void {
    if (this.closed) return;
    this.closed = true;
    this.connectTimer.dispose();
    this.socket.off();
    this.socket.disconnect();
    this.leaveInTime();
  }

  private listen(): void {
    const { socket } = this;
    socket.on('connect', () => {
      if (this.closed) return;
      this.connected = true;
      this.connectTimer.dispose();
      this.listener.onConnect();
    });
    // The opening failed. socket.io-client 2 also reports an abandoned one so.
    socket.on('connect_error', (error) => {
      this.fail(errorOfOpening(error));
    });
    // Either an error packet (plain data: a refusal) or the engine's failure, which `disconnect`
    // follows.
    socket.on('error', (error) => {
      if (error instanceof Error) this.lastError = error;
      else this.fail(errorOfPacket(error));
    });
    socket.on('disconnect', (reason) => {
      this.lose(String(reason));
    });
    socket.on('ping', () => {
      if (!this.closed) this.listener.onHeartbeat(false);
    });
    socket.on('pong', () => {
      if (!this.closed) this.listener.onHeartbeat(true);
    });
    // Socket.IO 2 has no "any event": every event packet, whatever its name, passes here.
    socket.onevent = (packet) => {
      const [name, ...payloads] = Array.isArray(packet.data) ? (packet.data as unknown[]) : [];
      this.deliver(String(name), payloads.length > 1 ? payloads : payloads[0]);
    };
  }

  /**
   * socket.io-client throws on malformed packets, out of anybody's reach. Such a packet is handed
   * up as an event nobody knows, and the connection goes on.
   */
  private guardDecoding(): void {
    const { engine, decoder } = this.socket.io;
    if (engine === undefined) return;
    const onPacket = engine.onPacket.bind(engine);
    let welcomed = false;
    engine.onPacket = (packet) => {
      try {
        if (packet.type === 'open') {
          if (welcomed || !isWelcome(packet.data)) throw new Error('No welcome');
          welcomed = true;
          if (!this.closed) this.listener.onWelcome();
        }
        onPacket(packet);
      } catch {
        decoder.reconstructor = null; // it may have been waiting for the rest of this one
        if (packet.type === 'message') this.deliver('(malformed packet)', packet.data);
        else this.fail(new TwinError('protocol', 'A malformed Engine.IO packet'));
      }
    };
  }

  private deliver(name: string, payload: unknown): void {
    if (this.closed) return;
    try {
      this.listener.onEvent(name, payload);
    } catch (error) {
      // The listener's fault must not be taken for the packet's.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  private lose(reason: string): void {
    if (this.closed) return;
    const wasConnected = this.connected;
    const detail = messageOf(this.lastError);
    this.dispose();
    this.parts.http.dropIdle();
    if (wasConnected) this.listener.onDisconnect(detail === '' ? reason : `${reason}: ${detail}`);
    else this.listener.onFailure(errorOfOpening(this.lastError ?? reason));
  }

  private fail(error: TwinError): void {
    if (this.closed) return;
    const wasConnected = this.connected;
    this.dispose();
    this.parts.http.dropIdle();
    if (wasConnected && error.reason !== 'sessionEnded') this.listener.onDisconnect(error.message);
    else this.listener.onFailure(error);
  }

  /**
   * The engine writes out what it has before it closes, acknowledgements among it; a server that is
   * gone never takes it. This outlives `dispose()`, so it is no member of any lifetime, and it keeps
   * no process running.
   */
  private leaveInTime(): void {
    const { engine } = this.socket.io;
    if (engine === undefined || engine.readyState === 'closed') return;
    const closed = new AbortController();
    engine.once('close', () => {
      closed.abort();
    });
    const force = (): void => {
      this.polling.abort();
      engine.onClose('forced close');
    };
    const options = { once: true, signal: closed.signal };
    AbortSignal.timeout(FAREWELL_TIME).addEventListener('abort', force, options);
  }
}

function errorOfOpening(error: unknown): TwinError {
  if (error instanceof Error && 'description' in error && TwinError.is(error.description))
    return error.description;
  if (isRecord(error) && error['code'] === 'parser error')
    return new TwinError('protocol', 'No Engine.IO server answers there', { cause: error });
  return new TwinError('unreachable', `The live channel did not open: ${messageOf(error)}`, {
    cause: error,
  });
}

/** Of what a server says in place of its welcome: a text, or `{message}`. */
function errorOfPacket(data: unknown): TwinError {
  const text = isRecord(data) ? messageOf(data['message']) : messageOf(data);
  const reason = SESSION_IS_OVER.test(text) ? 'sessionEnded' : 'refused';
  return new TwinError(reason, `The live channel was refused: ${text.slice(0, 200)}`);
}

function messageOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!(value instanceof Error)) return '';
  const { description } = value as { description?: unknown };
  return description instanceof Error ? `${value.message}: ${description.message}` : value.message;
}
