// A TWIN platform in a box: REST and Socket.IO on one loopback port, bots behind it, and a ledger of
// everything it took and gave. Importing this file starts nothing.
import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { BotName } from './bots/bot';
import type { Language } from './bots/words';
import { FileStore, type NewFile, type StoredFile } from './fileStore';
import type { Drop, Fault } from './fault';
import { Gate, type Failure } from './gate';
import { Ledger } from './ledger';
import { Platform } from './platform';
import { RestApi } from './restApi';
import { serve } from './serve';
import type { Remark, Surroundings } from './session';
import { SocketHub, type Heartbeat } from './socketHub';
import type { TcpProxy } from './tcpProxy';
import { DOCUMENTED, type Variants } from './variants';

export interface SimulatorOptions {
  /** 0, the default: any free one. */
  readonly port?: number;
  /** The bot of the article's chat id; `echo` when absent. The others answer under their names. */
  readonly bot?: BotName;
  /** Where to leave the documents' literal shapes. */
  readonly variants?: Partial<Variants>;
  /** The words of the bots; the article's are Russian, and so is the default. */
  readonly language?: Language;
  /** Life of a session, in seconds; 3600 when absent [doc]. */
  readonly ttlSeconds?: number;
  /** Bytes; 25 MiB when absent. A larger file is refused with 413. */
  readonly maxFileBytes?: number;
  /** Milliseconds that a bot or an operator takes for one step; 0 when absent. */
  readonly pace?: number;
  /** What goes wrong, from the first call on. */
  readonly faults?: readonly Fault[];
  /** Of the faults; 1 when absent. */
  readonly seed?: number;
  /** Engine.IO's heartbeat, in milliseconds; 25,000 and 5,000 when absent. */
  readonly heartbeat?: Heartbeat;
  /** What stands in front: without it a connection cannot be left half-open. */
  readonly front?: Pick<TcpProxy, 'dropOne' | 'url'>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Waits; rejects when the signal aborts. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`; stands for both hosts of TWIN. */
  readonly url: string;
  readonly ledger: Ledger;
  /** Changes the shapes from now on. */
  setVariants(variants: Partial<Variants>): void;
  /** Sessions that begin from now on live so long, in seconds. */
  setLifetime(ttlSeconds: number): void;
  /** Keeps a file, so that something said can carry it. */
  keepFile(file: NewFile): StoredFile;
  /** Emits any event to all sockets of a session. */
  emit(sessionId: string, event: string, payload: unknown): void;
  /** Somebody (the bot, when no author is given) says something now. Returns the message's id. */
  say(sessionId: string, remark: Remark): string;
  /** The next call of a route is answered with this instead, and nothing is taken. */
  failNext(failure: Failure): void;
  /** What goes wrong from now on, in place of what did. */
  setFaults(faults: readonly Fault[]): void;
  /** Cuts the connections of one session, or of all: the clients come back by themselves. */
  dropSockets(sessionId?: string): void;
  /** Sends the clients of one session, or all, away for good ("io server disconnect"). */
  disconnect(sessionId?: string): void;
  /** Ends every socket, timer and listener. May be called again. */
  close(): Promise<void>;
}

/** Time that an event gets to overtake an answer which is held back for it, in milliseconds. */
const EVENT_AHEAD_MS = 50;

/** A platform keeps connections open between messages, unlike Node's five seconds. */
const KEEP_ALIVE_MS = 75_000;

/** Starts a platform on 127.0.0.1. Rejects when the port cannot be had. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    now = Date.now,
    pace = 0,
    wait = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }),
    maxFileBytes = 25 * 1024 * 1024,
  } = options;
  let variants: Variants = { ...DOCUMENTED, ...options.variants };
  let { ttlSeconds = 3600 } = options;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // as many as events are held back
  const ledger = new Ledger(now);
  const files = new FileStore(now);
  const gate = new Gate({ ledger, seed: options.seed ?? 1, wait: (ms) => takeTime(ms) });
  gate.setFaults(options.faults ?? []);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const url = await listen(server, options.port ?? 0);
  const wardrobe = (): { variants: Variants; origin: string } => ({
    variants,
    origin: options.front?.url ?? url,
  });
  const takeTime = async (ms: number): Promise<void> => {
    closing.signal.throwIfAborted();
    if (ms > 0) {
      await wait(ms, closing.signal);
    }
  };
  const unlessClosed = async (turn: Promise<void>): Promise<void> => {
    try {
      await turn;
    } catch (error) {
      if (!closing.signal.aborted) {
        throw error;
      }
    }
  };

  const surroundings: Surroundings = {
    ledger,
    ttlSeconds: () => ttlSeconds,
    now,
    wardrobe,
    takeTime: () => takeTime(pace),
    emit: (...event) => {
      hub.emit(...event);
    },
  };
  const { bot: defaultBot = 'echo', language = 'ru' } = options;
  const platform = new Platform({ defaultBot, language, files, surroundings });
  const dropInFront = (farPort: number | undefined, how: Drop): boolean =>
    options.front?.dropOne(farPort, how) ?? false;
  const hub = new SocketHub(server, {
    ledger,
    gate,
    findSession: (id) => platform.find(id),
    heartbeat: options.heartbeat ?? {},
    dropInFront,
  });
  const rest = new RestApi({
    platform,
    files,
    ledger,
    gate,
    maxFileBytes,
    wardrobe,
    letEventsPass: () => takeTime(EVENT_AHEAD_MS),
    unlessClosed,
  });
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  serve(server, { rest, gate, unlessClosed, dropInFront });

  const sessionOf = (id: string): NonNullable<ReturnType<Platform['find']>> => {
    const session = platform.find(id);
    if (!session) {
      throw new Error(`The simulator has no session ${id}.`);
    }
    return session;
  };
  return {
    url,
    ledger,
    setVariants: (changed) => {
      variants = { ...variants, ...changed };
    },
    setLifetime: (seconds) => {
      ttlSeconds = seconds;
    },
    keepFile: (file) => files.add(file),
    emit: (sessionId, event, payload) => {
      sessionOf(sessionId).emit(event, payload);
    },
    say: (sessionId, remark) => sessionOf(sessionId).remark(remark),
    failNext: (failure) => {
      gate.failNext(failure);
    },
    setFaults: (faults) => {
      gate.setFaults(faults);
    },
    dropSockets: (sessionId) => {
      hub.drop(sessionId);
    },
    disconnect: (sessionId) => {
      hub.disconnect(sessionId);
    },
    close: async () => {
      if (closing.signal.aborted) {
        return;
      }
      closing.abort();
      const closed = new Promise((resolve) => server.once('close', resolve));
      hub.close();
      for (const socket of connections) {
        socket.destroy();
      }
      await closed;
      files.clear();
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: given } = server.address() as AddressInfo;
  return `http://127.0.0.1:${given}`;
}
