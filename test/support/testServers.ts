import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Servers of any kind, each on a free port of this machine, till the test is over. */
export class TestServers {
  private readonly open = new Map<Server, Set<Socket>>();

  /** @returns its origin, `http://127.0.0.1:…`, whatever it speaks */
  async listen(server: Server): Promise<string> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.open.set(server, sockets);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** A web server, which keeps its connections. @returns its origin */
  serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    return this.listen(createServer({ keepAliveTimeout: 75_000 }, handler));
  }

  /** Ends them all, with their connections. */
  async close(): Promise<void> {
    const servers = [...this.open];
    this.open.clear();
    await Promise.all(
      servers.map(([server, sockets]) => {
        const closed = new Promise((resolve) => server.close(resolve));
        for (const socket of sockets) socket.destroy();
        return closed;
      }),
    );
  }
}
