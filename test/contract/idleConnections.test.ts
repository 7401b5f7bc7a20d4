// A kept-alive connection can be dead without a sign: it must not swallow the next try to connect.

import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';

describe('the connections that are kept for later calls', () => {
  let server: Server;
  let sockets: Socket[];
  let transport: NodeHttpTransport;

  beforeEach(async () => {
    sockets = [];
    server = createServer((_request, response) => response.end('{}'));
    server.on('connection', (socket: Socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    transport = new NodeHttpTransport();
  });

  afterEach(async () => {
    transport.dispose();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function call(): Promise<void> {
    const { port } = server.address() as AddressInfo;
    await transport.request({
      method: 'GET',
      url: new URL(`http://127.0.0.1:${port}/`),
      timeout: 5_000,
    });
    await new Promise((resolve) => setImmediate(resolve)); // the agent takes it back
  }

  it('are used again', async () => {
    await call();
    await call();
    assert.equal(sockets.length, 1);
  });

  it('are let go of when they may be dead', async () => {
    await call();
    transport.dropIdle();
    await call();
    assert.equal(sockets.length, 2);
  });
});
