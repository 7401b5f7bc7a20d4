// The HTTP of the extension against real sockets: what goes over the wire byte by byte, and what
// each kind of failure is called.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { FileError, TwinError } from '../../src/extension/core/errors';
import type { FileContent, HttpRequest } from '../../src/extension/twin/httpTransport';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import { useLeakCheck } from '../support/leakCheck';
import { ManualClock, settle } from '../support/manualClock';

useLeakCheck();

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

describe('NodeHttpTransport', () => {
  const open: { stop(): Promise<void> }[] = [];
  let transport: NodeHttpTransport;

  beforeEach(() => {
    transport = new NodeHttpTransport();
  });

  afterEach(async () => {
    transport.dispose();
    await Promise.all(open.splice(0).map((server) => server.stop()));
  });

  /** Any TCP server on a free port; resolves with its URL. */
  async function listen(server: net.Server): Promise<URL> {
    const sockets = new Set<net.Socket>();
    server.on('connection', (socket: net.Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({
      stop: () =>
        new Promise((resolve) => {
          server.close(() => {
            resolve();
          });
          for (const socket of sockets) socket.destroy();
        }),
    });
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path?x=1`);
  }

  function serve(handler: Handler): Promise<URL> {
    return listen(http.createServer({ keepAliveTimeout: 75_000 }, handler));
  }

  const post = (url: URL, more: Partial<HttpRequest> = {}): HttpRequest => ({
    method: 'POST',
    url,
    timeout: 10_000,
    ...more,
  });

  async function bytesOf(stream: Readable): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  function fileOf(bytes: Uint8Array, more: Partial<FileContent> = {}): FileContent {
    return {
      name: 'a.txt',
      contentType: 'text/plain',
      size: bytes.length,
      // eslint-disable-next-line @typescript-eslint/require-await -- a source on memory
      async *read() {
        yield bytes;
      },
      ...more,
    };
  }

  const part = (
    content: FileContent,
    onProgress?: (bytes: number) => void,
  ): Partial<HttpRequest> => ({
    file: { field: 'file[]', content, ...(onProgress ? { onProgress } : {}) },
  });

  it('sends JSON with its exact length and gives back status, headers and text', async () => {
    const url = await serve((request, response) => {
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
    const answer = await transport.request(post(url, { json: { body: 'Привет 👋' } }));
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
      const url = await listen(server);
      const sockets: net.Socket[] = [];
      const note = (message: unknown): void => {
        sockets.push((message as { socket: net.Socket }).socket);
      };
      subscribe('net.client.socket', note);
      await transport.request(post(url, { json: {} }));
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
    const url = await listen(server);
    for (let i = 0; i < 3; i++) {
      await transport.request(post(url, { json: {} }));
      await settle(); // the agent takes the connection back
    }
    assert.equal(connections, 1);
  });

  it('does not follow a redirect: it is an answer', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(307, { Location: 'http://127.0.0.1:1/elsewhere' }).end();
    });
    const answer = await transport.request(post(url, { json: { secret: 1 } }));
    assert.equal(answer.status, 307);
  });

  describe('files', () => {
    const names = [
      'отчёт.txt',
      '文件 名.txt',
      '👩‍👩‍👧.txt',
      'e\u0301te\u0301 \u0439.txt',
      'a"b;c=d\\e.txt',
      'two\r\nlines: x.txt',
      '',
    ];
    for (const name of names)
      it(`frames a file called ${JSON.stringify(name)} as browsers do`, async () => {
        let seen: { body: string; type: string; exact: boolean } | undefined;
        const url = await serve((request, response) => {
          void bytesOf(request).then((body) => {
            seen = {
              body: body.toString(),
              type: request.headers['content-type'] ?? '',
              exact: Number(request.headers['content-length']) === body.length,
            };
            response.end('[]');
          });
        });
        const content = fileOf(Buffer.from('тело'), {
          name,
          contentType: 'text/plain; charset=utf-8',
        });
        await transport.request(post(url, part(content)));
        const boundary = seen?.type.split('boundary=')[1] ?? '';
        const escaped = name.replace(/["\r\n]/g, (c) => encodeURIComponent(c));
        assert.equal(
          seen?.body,
          `--${boundary}\r\nContent-Disposition: form-data; name="file[]"; filename="${escaped}"\r\n` +
            `Content-Type: text/plain; charset=utf-8\r\n\r\nтело\r\n--${boundary}--\r\n`,
        );
        assert.equal(seen.exact, true);
      });

    it('does not let a content type break out of its line', async () => {
      let body = '';
      const url = await serve((request, response) => {
        void bytesOf(request).then((bytes) => {
          body = bytes.toString();
          response.end('[]');
        });
      });
      await transport.request(
        post(url, part(fileOf(new Uint8Array(), { contentType: 'a/b\r\nX-Evil: 1' }))),
      );
      assert.match(body, /\r\nContent-Type: application\/octet-stream\r\n\r\n/);
      assert.doesNotMatch(body, /Evil/);
    });

    it('sends 8 MB unharmed, in slices, and tells how far it is', async () => {
      const bytes = Buffer.alloc(8 * 1024 * 1024, 'щ0123456789');
      const sha = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
      let received = '';
      const url = await serve((request, response) => {
        void bytesOf(request).then((body) => {
          const start = body.indexOf('\r\n\r\n') + 4;
          received = sha(body.subarray(start, start + bytes.length));
          response.end('[]');
        });
      });
      const progress: number[] = [];
      await transport.request(
        post(
          url,
          part(fileOf(bytes), (sent) => progress.push(sent)),
        ),
      );
      assert.equal(received, sha(bytes));
      assert.equal(progress.length, 32);
      assert.deepEqual(
        progress,
        [...progress].sort((a, b) => a - b),
      );
      assert.equal(progress.at(-1), bytes.length);
    });

    it('sends an empty file, also one that yields nothing', async () => {
      const url = await serve((request, response) => {
        void bytesOf(request).then((body) => response.end(String(body.length > 0)));
      });
      const nothing = fileOf(new Uint8Array(), {
        // eslint-disable-next-line @typescript-eslint/require-await -- yields nothing at all
        async *read() {
          yield* [];
        },
      });
      for (const content of [fileOf(new Uint8Array()), nothing])
        assert.equal((await transport.request(post(url, part(content)))).body, 'true');
    });

    it('waits for the network: a slow server is not flooded', async () => {
      const size = 64 * 1024 * 1024;
      let read = 0;
      let received = 0;
      let ahead = 0;
      const content = fileOf(new Uint8Array(), {
        size,
        // eslint-disable-next-line @typescript-eslint/require-await -- a source on memory
        async *read() {
          for (; read < size; read += 1024 * 1024) yield Buffer.alloc(1024 * 1024);
        },
      });
      const url = await serve((request, response) => {
        request.on('data', (chunk: Buffer) => {
          received += chunk.length;
          ahead = Math.max(ahead, read - received);
          request.pause();
          setImmediate(() => request.resume());
        });
        request.on('end', () => response.end('[]'));
      });
      await transport.request(post(url, part(content)));
      assert.equal(read, size);
      // What the kernel buffers on a loopback connection is far below this.
      assert.ok(ahead < size / 4, `read ${ahead} bytes more than were taken`);
    });

    it('takes an answer that comes before all was sent', async () => {
      const url = await serve((request, response) => {
        request.once('data', () => {
          response.writeHead(413, { Connection: 'close' }).end('too large');
          request.resume();
        });
      });
      const stuck = fileOf(new Uint8Array(), {
        size: 1e9,
        async *read() {
          yield Buffer.alloc(1024);
          await new Promise(() => undefined); // the rest never comes
        },
      });
      const answer = await transport.request(post(url, part(stuck)));
      assert.deepEqual([answer.status, answer.body], [413, 'too large']);
    });

    it('breaks off when the source throws, and hands on what it threw', async () => {
      let outcome: Promise<unknown> | undefined;
      let begun: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (begun = resolve));
      const url = await serve((request) => {
        outcome = bytesOf(request).catch((error: unknown) => error);
        begun();
      });
      const broken = new Error('the disk is gone');
      const content = fileOf(new Uint8Array(), {
        size: 10,
        async *read() {
          yield Buffer.from('12345');
          await reached;
          throw broken;
        },
      });
      await assert.rejects(transport.request(post(url, part(content))), (e) => e === broken);
      assert.ok((await outcome) instanceof Error, 'the server saw a whole request');
    });

    for (const [what, size] of [
      ['grew', 3],
      ['shrank', 7],
    ] as const)
      it(`breaks off when the file ${what} while it was read`, async () => {
        const url = await serve((request) => request.on('error', () => undefined).resume());
        const content = fileOf(Buffer.from('12345'), { size });
        await assert.rejects(
          transport.request(post(url, part(content))),
          (error) => error instanceof FileError && new RegExp(what).test(String(error.cause)),
        );
      });
  });

  describe('giving up', () => {
    it('stops at once when told, and the server sees it', async () => {
      let closed: Promise<void> | undefined;
      const controller = new AbortController();
      const url = await serve((request) => {
        closed = new Promise((resolve) => request.once('close', resolve));
        controller.abort();
      });
      const call = transport.request(post(url, { json: {}, signal: controller.signal }));
      await assert.rejects(call, { name: 'TwinError', reason: 'stopped' });
      await closed;
    });

    it('stops within an upload', async () => {
      const controller = new AbortController();
      const url = await serve((request) => request.on('error', () => undefined).resume());
      const content = fileOf(Buffer.alloc(64 * 1024 * 1024));
      const call = transport.request({
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
      const url = await serve((_request, response) => {
        calls++;
        response.end();
      });
      const signal = AbortSignal.abort();
      await assert.rejects(transport.request(post(url, { signal })), { reason: 'stopped' });
      transport.dispose();
      await assert.rejects(transport.request(post(url)), { reason: 'stopped' });
      assert.equal(calls, 0);
    });

    it('stops what is under way at its end', async () => {
      const url = await serve(() => {
        transport.dispose();
      });
      await assert.rejects(transport.request(post(url)), { reason: 'stopped' });
    });

    it('gives up when nothing moves any more, and not while something does', async () => {
      const clock = new ManualClock();
      const timed = new NodeHttpTransport({ clock });
      let answer: ServerResponse | undefined;
      let asked: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (asked = resolve));
      const url = await serve((_request, response) => {
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
      const error = await transport.request(request).then(
        () => assert.fail('it succeeded'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof TwinError, String(error));
      return error;
    }

    it('a refused connection never arrived', async () => {
      const gone = await listen(net.createServer());
      await open.pop()?.stop();
      const error = await failure(post(gone, { json: {} }));
      assert.equal(error.reason, 'unreachable');
      assert.equal(error.isProvablyNotTaken, true);
    });

    it('a name that is none never arrived', async () => {
      const url = new URL('http://twin-chat-test.invalid/');
      assert.equal((await failure(post(url))).reason, 'unreachable');
    });

    it('a failed TLS handshake never arrived', async () => {
      const url = await listen(net.createServer((socket) => socket.end('no TLS here\r\n')));
      url.protocol = 'https:';
      assert.equal((await failure(post(url, { json: {} }))).reason, 'unreachable');
    });

    it('a connection that hangs before it is open never arrived', async () => {
      const clock = new ManualClock();
      const timed = new NodeHttpTransport({ clock });
      let accepted: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (accepted = resolve));
      const url = await listen(
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
        const url = await listen(
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
      const url = await serve((request, response) => {
        if (request.method === 'POST') request.socket.resetAndDestroy();
        else response.end('ok');
      });
      await transport.request({ method: 'GET', url, timeout: 1_000 });
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
      const error = await failure(post(await listen(torn('201 Created'))));
      assert.deepEqual([error.reason, error.status], ['timeout', 201]);
      const refused = await transport.request(post(await listen(torn('429 Too Many Requests'))));
      assert.equal(refused.status, 429);
    });

    it('what is no HTTP is not understood, and may have arrived', async () => {
      const url = await listen(
        net.createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n\r\n'))),
      );
      const error = await failure(post(url));
      assert.equal(error.reason, 'protocol');
      assert.equal(error.isOutcomeUnknown, true);
    });

    it('an answer without end is cut off', async () => {
      const url = await serve((_request, response) => {
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
