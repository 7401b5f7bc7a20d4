import type { Server as HttpServer } from 'node:http';
import createServer from 'socket.io';
import type { Drop } from './fault';
import type { Gate } from './gate';
import type { Ledger } from './ledger';
import type { Given, Session } from './session';
import { isJsonObject, MESSAGE_RECEIVED } from './wire';

export interface HubParts {
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly findSession: (id: string) => Session | undefined;
  readonly heartbeat: Heartbeat;
  /** Drops the connection that comes from this port; `false` where nothing stands in front. */
  readonly dropInFront: (farPort: number | undefined, how: Drop) => boolean;
}

/** Engine.IO's, in milliseconds. */
export interface Heartbeat {
  readonly pingInterval?: number;
  readonly pingTimeout?: number;
}

interface Said {
  readonly event: string;
  readonly payload: unknown;
  readonly given: Given;
}

/** So many of a session's messages are kept for those who replay them. */
const KEPT = 20;

/**
 * How long a polling transport that is told to close waits for the client to fetch the last word.
 * Engine.IO's own 30 s would outlive the simulator.
 */
const LAST_POLL_MS = 1000;

/** The live side: Socket.IO 2.5 at `/operator/socket.io`, one room of sockets a session. */
export class SocketHub {
  private readonly io: createServer.Server;
  private readonly sockets = new Map<string, Set<createServer.Socket>>();
  /** By session: what a client that comes again may be given again. */
  private readonly said = new Map<string, Said[]>();

  constructor(
    server: HttpServer,
    private readonly parts: HubParts,
  ) {
    this.io = createServer(server, {
      path: '/operator/socket.io',
      serveClient: false,
      cookie: false,
      ...parts.heartbeat,
    });
    this.io.use((socket, next) => {
      const key = socket.handshake.query['key'] ?? '';
      if (parts.findSession(key)) {
        next();
        return;
      }
      parts.ledger.note({ kind: 'socketRefused', key });
      // Not Engine.IO's "Session ID unknown", which means its own id and is mended by reconnecting.
      next(new Error('Session not found'));
    });
    this.io.on('connection', (socket) => {
      const session = parts.findSession(socket.handshake.query['key'] ?? '');
      if (session) {
        this.welcome(socket, session);
      }
    });
  }

  /** Writes an event to every socket of a session. */
  emit(sessionId: string, event: string, payload: unknown, given?: Given): void {
    const sockets = this.sockets.get(sessionId) ?? new Set();
    if (given) {
      const said = [...(this.said.get(sessionId) ?? []), { event, payload, given }];
      this.said.set(sessionId, said.slice(-KEPT));
      if (sockets.size === 0) {
        this.parts.ledger.note(given(undefined));
      }
    }
    const note: Given = (socketId = '') => ({
      kind: 'eventGiven',
      sessionId,
      event,
      payload,
      socketId,
    });
    for (const socket of sockets) {
      this.give(socket, { event, payload, given: given ?? note });
    }
  }

  private give(socket: createServer.Socket, { event, payload, given }: Said): void {
    const sockets = this.sockets.get(socket.handshake.query['key'] ?? '');
    this.parts.gate.deliver({
      socketId: socket.id,
      write: () => {
        // What was held back goes to whoever is there now.
        const present = socket.connected ? socket : [...(sockets ?? [])].at(-1);
        // Before the writing: an answer to it can never be noted ahead of it.
        this.parts.ledger.note(given(present?.id));
        present?.emit(event, payload);
      },
      drop: (how) => {
        this.parts.ledger.note(given(undefined));
        const port = socket.conn.transport.socket?._socket?.remotePort;
        if (!this.parts.dropInFront(port, how)) {
          socket.conn.close();
        }
      },
    });
  }

  /** Cuts the connections, as a lost network does: clients come back by themselves. */
  drop(sessionId?: string): void {
    for (const socket of this.of(sessionId)) {
      socket.conn.transport.closeTimeout = LAST_POLL_MS;
      socket.conn.close();
    }
  }

  /** Sends the clients away in the protocol's words ("io server disconnect"): they do not return. */
  disconnect(sessionId?: string): void {
    for (const socket of this.of(sessionId)) {
      socket.conn.transport.closeTimeout = LAST_POLL_MS;
      socket.disconnect(true);
    }
  }

  /** Closes the HTTP server as well. */
  close(): void {
    // Engine.IO waits with closing for packets to be sent, and for a last poll, which will not come:
    // its timers would keep the process alive for up to 45 s.
    for (const connection of Object.values(this.io.eio.clients)) {
      connection.transport.discard();
      connection.onClose('server shutting down');
    }
    this.io.close();
  }

  private of(sessionId: string | undefined): createServer.Socket[] {
    const sets =
      sessionId === undefined ? [...this.sockets.values()] : [this.sockets.get(sessionId) ?? []];
    return sets.flatMap((set) => [...set]);
  }

  private welcome(socket: createServer.Socket, session: Session): void {
    const { ledger } = this.parts;
    const sessionId = session.id;
    const sockets = this.sockets.get(sessionId) ?? new Set();
    this.sockets.set(sessionId, sockets.add(socket));
    ledger.note({ kind: 'socketConnected', sessionId, socketId: socket.id });
    socket.on('disconnect', (reason) => {
      sockets.delete(socket);
      ledger.note({
        kind: 'socketDisconnected',
        sessionId,
        socketId: socket.id,
        reason: String(reason),
      });
    });
    socket.on(MESSAGE_RECEIVED, (payload) => {
      this.acknowledge(socket, session, payload);
    });
    const comesAgain = this.said.has(sessionId);
    session.greetBySocket();
    const replays = comesAgain ? this.parts.gate.replays() : 0;
    for (const said of replays > 0 ? (this.said.get(sessionId) ?? []).slice(-replays) : []) {
      this.give(socket, said);
    }
  }

  /** [doc] `{"action": "chatMessageCreated", "data": {"id": "…"}}`. */
  private acknowledge(socket: createServer.Socket, session: Session, payload: unknown): void {
    const data = isJsonObject(payload) ? payload['data'] : undefined;
    const messageId = isJsonObject(data) ? data['id'] : undefined;
    const action = isJsonObject(payload) ? payload['action'] : undefined;
    const sessionId = session.id;
    if (action !== 'chatMessageCreated' || typeof messageId !== 'string') {
      const what = `${MESSAGE_RECEIVED} is not {action, data: {id}}`;
      this.parts.ledger.note({ kind: 'complaint', sessionId, what, payload });
      return;
    }
    if (!session.mayAcknowledge(messageId)) {
      const what = `${MESSAGE_RECEIVED} names a message that was never given`;
      this.parts.ledger.note({ kind: 'complaint', sessionId, what, payload });
      return;
    }
    this.parts.ledger.note({ kind: 'acknowledged', sessionId, messageId, socketId: socket.id });
  }
}
