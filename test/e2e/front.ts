import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** How a request begins that can be held. */
export const UPLOAD = 'POST /api/chats/v1/files';
export const START = 'POST /api/chats/v1/chats';
export const MESSAGE = 'POST /api/v1/sessions';
export const STORED = 'GET /storage';
const HOST = '127.0.0.1';

/** `platform`: all goes on to it. `stranger`: a web site that knows no TWIN. `absent`: nothing listens. */
export type Part = 'platform' | 'stranger' | 'absent';

/** A host of its own address before the platform: it can play another part, or be gone. */
export class Front {
  /** Requests that begin so are passed on no further: they stay under way. */
  holds: string | null = null;
  /** Of the answers to held requests so many bytes come after all; then no more. */
  answers = 0;
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();
  private readonly stranger = createHttpServer((request, response) => {
    request.resume();
    response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>404</title><h1>404 Not Found</h1><hr>nginx');
  });

  private constructor(
    private readonly platform: URL,
    private port: number,
  ) {}

  /** @param platform the address that calls are passed on to */
  static async open(platform: string): Promise<Front> {
    const front = new Front(new URL(platform), 0);
    await front.play('platform');
    return front;
  }

  get url(): string {
    return `http://${HOST}:${this.port}`;
  }

  /** Plays a part from now on; whoever is connected is cut off. */
  async play(part: Part): Promise<void> {
    await this.close();
    if (part === 'absent') return;
    const server = createServer((socket) => {
      this.keep(socket);
      if (part === 'stranger') this.stranger.emit('connection', socket);
      else this.passOn(socket);
    });
    this.server = server;
    server.listen(this.port, HOST);
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server === null) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private passOn(socket: Socket): void {
    const onward = connect(Number(this.platform.port), this.platform.hostname);
    this.keep(onward);
    let left = Infinity;
    onward.on('data', (chunk: Buffer) => {
      socket.write(chunk.subarray(0, left));
      left = Math.max(0, left - chunk.length);
    });
    onward.on('close', () => {
      if (left > 0) socket.destroySoon();
    });
    socket.on('data', (chunk: Buffer) => {
      if (this.holds !== null && chunk.includes(this.holds)) left = this.answers;
      if (left > 0) onward.write(chunk);
      else socket.pause();
    });
    socket.on('end', () => onward.end());
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined); // a cut connection is what this is for
    socket.on('close', () => this.sockets.delete(socket));
  }
}
