// The HTTP of the extension against real sockets: what goes over the wire, and what comes back.
import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import http from 'node:http';
import type net from 'node:net';
import { useLeakCheck } from '../support/leakCheck';
import { settle } from '../support/manualClock';
import { bytesOf, HttpBench, post } from './httpBench';

useLeakCheck();

describe('NodeHttpTransport', () => {
  let bench: HttpBench;

  beforeEach(() => {
    bench = new HttpBench();
  });

  afterEach(() => bench.close());

  it('sends JSON with its exact length and gives back status, headers and text', async () => {
    const url = await bench.serve((request, response) => {
      void bytesOf(request).then((body) => {
        response.writeHead(201, { 'X-Odd': ['a', 'b'], 'Content-Type': 'text/plain' });
        response.end(
          JSON.stringify([
            request.method,
            request.url,
            request.headers['content-type'],
            Number(request.headers['content-length']) === body.length,
            body.toString(),
          ]),
        );
      });
    });
    const answer = await bench.transport.request(post(url, { json: { body: 'Привет 👋' } }));
    assert.equal(answer.status, 201);
    assert.equal(answer.headers['x-odd'], 'a, b');
    assert.deepEqual(JSON.parse(answer.body), [
      'POST',
      '/path?x=1',
      'application/json',
      true,
      '{"body":"Привет 👋"}',
    ]);
  });

  for (const [seconds, kept] of [
    [300, 120_000],
    [20, 19_000],
  ] as const)
    it(`keeps an idle connection ${kept} ms when the server offers ${seconds} s`, async () => {
      const server = http.createServer({ keepAliveTimeout: seconds * 1000 }, (_req, response) => {
        response.end('{}');
      });
      const url = await bench.listen(server);
      const sockets: net.Socket[] = [];
      const note = (message: unknown): void => {
        sockets.push((message as { socket: net.Socket }).socket);
      };
      subscribe('net.client.socket', note);
      await bench.transport.request(post(url, { json: {} }));
      unsubscribe('net.client.socket', note);
      await settle();
      await settle();
      assert.equal(sockets[0]?.timeout, kept);
    });

  it('uses one connection again', async () => {
    let connections = 0;
    const server = http.createServer({ keepAliveTimeout: 75_000 }, (_request, response) => {
      response.end('{}');
    });
    server.on('connection', () => connections++);
    const url = await bench.listen(server);
    for (let i = 0; i < 3; i++) {
      await bench.transport.request(post(url, { json: {} }));
      await settle(); // the agent takes the connection back
    }
    assert.equal(connections, 1);
  });

  it('does not follow a redirect: it is an answer', async () => {
    const url = await bench.serve((_request, response) => {
      response.writeHead(307, { Location: 'http://127.0.0.1:1/elsewhere' }).end();
    });
    const answer = await bench.transport.request(post(url, { json: { secret: 1 } }));
    assert.equal(answer.status, 307);
  });
});
