// Uploads over real sockets: what goes over the wire, byte by byte, and what stops it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { FileError } from '../../src/extension/core/errors';
import { useLeakCheck } from '../support/leakCheck';
import { bytesOf, fileOf, HttpBench, part, post } from './httpBench';

useLeakCheck();

describe('The upload of a file over HTTP', () => {
  let bench: HttpBench;

  beforeEach(() => {
    bench = new HttpBench();
  });

  afterEach(() => bench.close());

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
      const url = await bench.serve((request, response) => {
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
      await bench.transport.request(post(url, part(content)));
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
    const url = await bench.serve((request, response) => {
      void bytesOf(request).then((bytes) => {
        body = bytes.toString();
        response.end('[]');
      });
    });
    await bench.transport.request(
      post(url, part(fileOf(new Uint8Array(), { contentType: 'a/b\r\nX-Evil: 1' }))),
    );
    assert.match(body, /\r\nContent-Type: application\/octet-stream\r\n\r\n/);
    assert.doesNotMatch(body, /Evil/);
  });

  it('sends 8 MB unharmed, in slices, and tells how far it is', async () => {
    const bytes = Buffer.alloc(8 * 1024 * 1024, 'щ0123456789');
    const sha = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
    let received = '';
    const url = await bench.serve((request, response) => {
      void bytesOf(request).then((body) => {
        const start = body.indexOf('\r\n\r\n') + 4;
        received = sha(body.subarray(start, start + bytes.length));
        response.end('[]');
      });
    });
    const progress: number[] = [];
    await bench.transport.request(
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
    const url = await bench.serve((request, response) => {
      void bytesOf(request).then((body) => response.end(String(body.length > 0)));
    });
    const nothing = fileOf(new Uint8Array(), {
      // eslint-disable-next-line @typescript-eslint/require-await -- yields nothing at all
      async *read() {
        yield* [];
      },
    });
    for (const content of [fileOf(new Uint8Array()), nothing])
      assert.equal((await bench.transport.request(post(url, part(content)))).body, 'true');
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
    const url = await bench.serve((request, response) => {
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
        ahead = Math.max(ahead, read - received);
        request.pause();
        setImmediate(() => request.resume());
      });
      request.on('end', () => response.end('[]'));
    });
    await bench.transport.request(post(url, part(content)));
    assert.equal(read, size);
    // What the kernel buffers on a loopback connection is far below this.
    assert.ok(ahead < size / 4, `read ${ahead} bytes more than were taken`);
  });

  it('takes an answer that comes before all was sent', async () => {
    const url = await bench.serve((request, response) => {
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
    const answer = await bench.transport.request(post(url, part(stuck)));
    assert.deepEqual([answer.status, answer.body], [413, 'too large']);
  });

  it('reads no more of a file after an early answer, and hangs up', async () => {
    let hungUp: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (hungUp = resolve));
    const url = await bench.serve((request, response) => {
      request.socket.once('close', hungUp);
      request.once('data', () => {
        response.writeHead(413).end('too large');
        request.resume();
      });
    });
    let answered: () => void = () => undefined;
    const answer = new Promise<void>((resolve) => (answered = resolve));
    let isLeftAlone: (() => void) | undefined;
    const leftAlone = new Promise<void>((resolve) => (isLeftAlone = resolve));
    const source = fileOf(new Uint8Array(), {
      size: 1e9,
      async *read() {
        try {
          yield Buffer.alloc(1024);
          await answer;
          for (;;) yield Buffer.alloc(1024);
        } finally {
          isLeftAlone?.();
        }
      },
    });
    await bench.transport.request(post(url, part(source)));
    answered();
    await Promise.all([leftAlone, closed]);
  });

  it('breaks off when the source throws, and hands on what it threw', async () => {
    let outcome: Promise<unknown> | undefined;
    let begun: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => (begun = resolve));
    const url = await bench.serve((request) => {
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
    await assert.rejects(bench.transport.request(post(url, part(content))), (e) => e === broken);
    assert.ok((await outcome) instanceof Error, 'the server saw a whole request');
  });

  for (const [what, size] of [
    ['grew', 3],
    ['shrank', 7],
  ] as const)
    it(`breaks off when the file ${what} while it was read`, async () => {
      const url = await bench.serve((request) => request.on('error', () => undefined).resume());
      const content = fileOf(Buffer.from('12345'), { size });
      await assert.rejects(
        bench.transport.request(post(url, part(content))),
        (error) => error instanceof FileError && new RegExp(what).test(String(error.cause)),
      );
    });
});
