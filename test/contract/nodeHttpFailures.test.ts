// Calls over real sockets that come to nothing: how they are given up, and what each kind of failure
// is called.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import net from 'node:net';
import { TwinError } from '../../src/extension/core/errors';
import type { HttpRequest } from '../../src/extension/twin/httpTransport';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import { useLeakCheck } from '../support/leakCheck';
import { ManualClock, settle } from '../support/manualClock';
import { fileOf, HttpBench, part, post } from './httpBench';

useLeakCheck();

describe('A call over HTTP that comes to nothing', () => {
  let bench: HttpBench;

  beforeEach(() => {
    bench = new HttpBench();
  });

  afterEach(() => bench.close());

  describe('giving up', () => {
    it('stops at once when told, and the server sees it', async () => {
      let closed: Promise<void> | undefined;
      const controller = new AbortController();
      const url = await bench.serve((request) => {
        closed = new Promise((resolve) => request.once('close', resolve));
        controller.abort();
      });
      const call = bench.transport.request(post(url, { json: {}, signal: controller.signal }));
      await assert.rejects(call, { name: 'TwinError', reason: 'stopped' });
      await closed;
    });

    it('stops within an upload', async () => {
      const controller = new AbortController();
      const url = await bench.serve((request) => request.on('error', () => undefined).resume());
      const content = fileOf(Buffer.alloc(64 * 1024 * 1024));
      const call = bench.transport.request({
        ...post(
          url,
          part(content, () => {
            controller.abort();
          }),
        ),
        signal: controller.signal,
      });
      await assert.rejects(call, { reason: 'stopped' });
    });

    it('does not begin when it was given up before, or after its end', async () => {
      let calls = 0;
      const url = await bench.serve((_request, response) => {
        calls++;
        response.end();
      });
      const signal = AbortSignal.abort();
      await assert.rejects(bench.transport.request(post(url, { signal })), { reason: 'stopped' });
      bench.transport.dispose();
      await assert.rejects(bench.transport.request(post(url)), { reason: 'stopped' });
      assert.equal(calls, 0);
    });

    it('stops what is under way at its end', async () => {
      const url = await bench.serve(() => {
        bench.transport.dispose();
      });
      await assert.rejects(bench.transport.request(post(url)), { reason: 'stopped' });
    });

    it('gives up when nothing moves any more, and not while something does', async () => {
      const clock = new ManualClock();
      const timed = new NodeHttpTransport({ clock });
      let answer: ServerResponse | undefined;
      let asked: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (asked = resolve));
      const url = await bench.serve((_request, response) => {
        answer = response;
        asked();
      });
      const call = timed.request(post(url, { json: {}, timeout: 1_000 }));
      const failed = assert.rejects(call, { reason: 'timeout' });
      await reached;
      await clock.advance(900);
      await new Promise<void>((resolve) => {
        answer?.writeHead(200);
        answer?.write('a', () => {
          resolve();
        });
      });
      await settle();
      await settle();
      await clock.advance(900);
      await clock.advance(1_100);
      await failed;
      timed.dispose();
    });
  });

  describe('failures', () => {
    async function failure(request: HttpRequest): Promise<TwinError> {
      const error = await bench.transport.request(request).then(
        () => assert.fail('it succeeded'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof TwinError, String(error));
      return error;
    }

    it('a refused connection never arrived', async () => {
      const gone = await bench.listen(net.createServer());
      await bench.servers.close();
      const error = await failure(post(gone, { json: {} }));
      assert.equal(error.reason, 'unreachable');
      assert.equal(error.isProvablyNotTaken, true);
    });

    it('a name that is none never arrived', async () => {
      const url = new URL('http://twin-chat-test.invalid/');
      assert.equal((await failure(post(url))).reason, 'unreachable');
    });

    it('a failed TLS handshake never arrived', async () => {
      const url = await bench.listen(net.createServer((socket) => socket.end('no TLS here\r\n')));
      url.protocol = 'https:';
      assert.equal((await failure(post(url, { json: {} }))).reason, 'unreachable');
    });

    it('a connection that hangs before it is open never arrived', async () => {
      const clock = new ManualClock();
      const timed = new NodeHttpTransport({ clock });
      let accepted: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (accepted = resolve));
      const url = await bench.listen(
        net.createServer(() => {
          accepted();
        }),
      );
      url.protocol = 'https:'; // the handshake is never answered
      const failed = assert.rejects(timed.request(post(url)), { reason: 'unreachable' });
      await reached;
      await clock.advance(10_000);
      await failed;
      timed.dispose();
    });

    for (const [what, end] of [
      ['closed', (socket: net.Socket) => socket.end()],
      ['reset', (socket: net.Socket) => socket.resetAndDestroy()],
    ] as const)
      it(`a connection ${what} before the answer may have arrived`, async () => {
        const url = await bench.listen(
          net.createServer((socket) =>
            socket.once('data', () => {
              end(socket);
            }),
          ),
        );
        const error = await failure(post(url, { json: {} }));
        assert.equal(error.reason, 'timeout');
        assert.equal(error.isOutcomeUnknown, true);
      });

    it('a connection used before, closed under the next call, may have arrived', async () => {
      const url = await bench.serve((request, response) => {
        if (request.method === 'POST') request.socket.resetAndDestroy();
        else response.end('ok');
      });
      await bench.transport.request({ method: 'GET', url, timeout: 1_000 });
      await settle();
      assert.equal((await failure(post(url, { json: {} }))).reason, 'timeout');
    });

    it('a torn good answer may have arrived; a torn refusal is a refusal', async () => {
      const torn = (status: string): net.Server =>
        net.createServer((socket) =>
          socket.once('data', () => {
            socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 100\r\n\r\n{"id":`);
          }),
        );
      const error = await failure(post(await bench.listen(torn('201 Created'))));
      assert.deepEqual([error.reason, error.status], ['timeout', 201]);
      const refused = await bench.transport.request(
        post(await bench.listen(torn('429 Too Many Requests'))),
      );
      assert.equal(refused.status, 429);
    });

    it('what is no HTTP is not understood, and may have arrived', async () => {
      const url = await bench.listen(
        net.createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n\r\n'))),
      );
      const error = await failure(post(url));
      assert.equal(error.reason, 'protocol');
      assert.equal(error.isOutcomeUnknown, true);
    });

    it('an answer without end is cut off', async () => {
      const url = await bench.serve((_request, response) => {
        const chunk = Buffer.alloc(1024 * 1024, 'x');
        const more = (): void => {
          if (!response.destroyed) response.write(chunk, more);
        };
        more();
      });
      assert.equal((await failure(post(url))).reason, 'protocol');
    });

    it('an address that is not of the web is refused', async () => {
      assert.equal((await failure(post(new URL('ftp://h/')))).reason, 'refused');
    });
  });
});
