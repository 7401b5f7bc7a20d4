// The live channel as the client needs it: events by name, and the connection's comings and goings.
// Socket.IO is behind it (`socketIoTransport.ts`), loaded only when a session connects.

import type { Disposable } from '../core/disposable';
import type { TwinError } from '../core/errors';

export interface LiveTransport extends Disposable {
  /** Sends an event; dropped when there is no connection. */
  emit(name: string, payload: unknown): void;
}

/** Where the transport reports to. After `dispose()` nothing is called any more. */
export interface LiveTransportListener {
  /** The server has answered the opening, and will connect us or not: it is not silent. */
  onWelcome(): void;
  onConnect(): void;
  /** An open connection was lost. */
  onDisconnect(reason: string): void;
  /** A connection could not be opened; `protocol` when the server refuses Engine.IO 3. */
  onFailure(error: TwinError): void;
  /** The client pings (Engine.IO 3): `false` when a ping leaves, `true` when its answer comes. */
  onHeartbeat(answered: boolean): void;
  onEvent(name: string, payload: unknown): void;
}

/**
 * Opens one connection and does not try again by itself: when to try is the session's matter.
 *
 * @param origin scheme, host and port, e.g. `https://tcl.twin24.ai`
 * @param sessionId goes into the query as `key`
 */
export type LiveTransportFactory = (
  origin: string,
  sessionId: string,
  listener: LiveTransportListener,
) => LiveTransport;
