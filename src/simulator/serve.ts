// Hands each request to the side it is for, and writes the answers.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Drop } from './fault';
import type { Gate, Reply } from './gate';
import type { RestApi } from './restApi';

export interface ServeParts {
  readonly rest: RestApi;
  readonly gate: Gate;
  /** Swallows what closing the platform breaks off, and nothing else. */
  readonly unlessClosed: (turn: Promise<void>) => Promise<void>;
  /** Drops the connection that comes from this port; `false` where nothing stands in front. */
  readonly dropInFront: (farPort: number | undefined, how: Drop) => boolean;
}

type DropInFront = ServeParts['dropInFront'];

/** Call it once the live side listens: its requests pass the gate as well. */
export function serve(server: Server, parts: ServeParts): void {
  const { rest, gate, unlessClosed, dropInFront } = parts;
  const polls = server.listeners('request');
  const upgrades = server.listeners('upgrade');
  server.removeAllListeners('request').removeAllListeners('upgrade');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const isLive = request.url?.startsWith('/operator/socket.io/') === true;
    const answered = (isLive ? gate.admitPoll(request) : rest.answer(request)).then((reply) => {
      if (reply) write(request, response, reply, dropInFront);
      else for (const listen of polls) listen.call(server, request, response);
    });
    void unlessClosed(answered);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (gate.admitsWebSocket()) {
      for (const listen of upgrades) listen.call(server, request, socket, head);
    } else {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    }
  });
}

/** Writes an answer; what follows it starts once it has left. */
function write(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  dropInFront: DropInFront,
): void {
  const { status, headers, body, afterwards } = reply;
  if (reply.drop) {
    lose(response, reply.drop, dropInFront);
    afterwards?.();
    return;
  }
  const plain = typeof body === 'string' || Buffer.isBuffer(body);
  const content = plain ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  if (afterwards && response.closed) {
    afterwards(); // the caller has hung up, but what was taken stays taken
    return;
  }
  if (afterwards) {
    response.once('close', afterwards);
  }
  response.writeHead(status, {
    'Content-Type': plain ? 'text/plain; charset=utf-8' : 'application/json',
    'Content-Length': content.length,
    ...headers,
  });
  if (request.complete) {
    response.end(content);
    return;
  }
  // Answered early: a connection closed on bytes that are still coming in is reset, and the answer
  // may be lost with it. Like any web server it reads what comes until the caller has had his say.
  response.write(content);
  request.once('close', () => response.end()).resume();
}

function lose({ socket }: ServerResponse, how: Drop, dropInFront: DropInFront): void {
  if (how === 'reset') {
    socket?.resetAndDestroy();
  } else {
    dropInFront(socket?.remotePort, how); // and where nothing stands in front, silence
  }
}
