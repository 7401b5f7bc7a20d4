// A kept-alive connection can be dead without a sign: it must not swallow the next try to connect.

import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { HttpBench, post } from './httpBench';

describe('the connections that are kept for later calls', () => {
  let bench: HttpBench;
  let sockets: Set<Socket>;
  let url: URL;

  beforeEach(async () => {
    bench = new HttpBench();
    sockets = new Set();
    url = await bench.serve(({ socket }, response) => {
      sockets.add(socket);
      response.end('{}');
    });
  });

  afterEach(() => bench.close());

  async function call(): Promise<void> {
    await bench.transport.request(post(url));
    await new Promise((resolve) => setImmediate(resolve)); // the agent takes it back
  }

  it('are used again', async () => {
    await call();
    await call();
    assert.equal(sockets.size, 1);
  });

  it('are let go of when they may be dead', async () => {
    await call();
    bench.transport.dropIdle();
    await call();
    assert.equal(sockets.size, 2);
  });
});
