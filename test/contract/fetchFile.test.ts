// Received files over real sockets: what is taken, and what each kind of failure is called.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { TwinError, type TwinErrorReason } from '../../src/extension/core/errors';
import { fetchFile, type FetchLimits } from '../../src/extension/vscode/received/fetchFile';
import { TestServers } from '../support/testServers';

describe('fetchFile', () => {
  let servers: TestServers;
  let url: URL;
  let answer: (response: ServerResponse) => void;
  let asked: number;

  beforeEach(async () => {
    asked = 0;
    servers = new TestServers();
    const origin = await servers.serve((_request, response) => {
      asked += 1;
      answer(response);
    });
    url = new URL('/file', origin);
  });

  afterEach(() => servers.close());

  const limits = (changes: Partial<FetchLimits> = {}): FetchLimits => ({
    maxBytes: 1_000,
    timeout: 10_000,
    signal: new AbortController().signal,
    ...changes,
  });
  const fails = (reason: TwinErrorReason, changes: Partial<FetchLimits> = {}) =>
    assert.rejects(fetchFile(url, limits(changes)), (error) => TwinError.is(error, reason));

  it('takes the bytes and tells how they come', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/csv', 'content-length': 5 });
      response.end('a;b;c');
    };
    const told: (readonly [number, number | null])[] = [];
    const onProgress = (received: number, total: number | null) => {
      told.push([received, total]);
    };
    const file = await fetchFile(url, limits({ onProgress }));
    assert.ok('data' in file);
    assert.equal(Buffer.from(file.data).toString(), 'a;b;c');
    assert.equal(file.data.constructor, Uint8Array); // VS Code hands no Buffer to a webview as bytes
    assert.equal(file.contentType, 'text/csv');
    assert.deepEqual(told.at(-1), [5, 5]);
  });

  it('refuses what is too large by its own word, before the bytes come', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': 1_001 }).flushHeaders();
    };
    await fails('tooLarge');
  });

  it('refuses what turns out too large', async () => {
    answer = (response) => {
      response.writeHead(200);
      response.end('x'.repeat(1_001));
    };
    await fails('tooLarge');
  });

  it('tells of a redirect and does not follow it', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      answer = (response) => {
        response.writeHead(status, { location: '//elsewhere.example/a?b' }).end();
      };
      const told = await fetchFile(url, limits());
      assert.ok('location' in told);
      assert.equal(told.location.href, 'http://elsewhere.example/a?b');
    }
    assert.equal(asked, 5);
    answer = (response) => {
      response.writeHead(302).end();
    };
    await fails('protocol');
  });

  it('hangs up on a redirect that goes on talking', async () => {
    const hungUp = new Promise<void>((resolve) => {
      answer = (response) => {
        response.on('close', resolve);
        response.writeHead(302, { location: '/b' }).write('and so on');
      };
    });
    await fetchFile(url, limits({ timeout: 600_000 })); // not for its silence
    await hungUp;
  });

  it('says what the server said', async () => {
    for (const [status, reason] of [
      [404, 'notFound'],
      [410, 'notFound'],
      [403, 'refused'],
      [500, 'refused'],
      [204, 'refused'],
    ] as const) {
      answer = (response) => {
        response.writeHead(status).end();
      };
      await fails(reason);
    }
  });

  it('gives up on what stands still, and on what drips for too long', async () => {
    answer = (response) => {
      response.writeHead(200).flushHeaders();
    };
    await fails('timeout', { timeout: 50 });
    await fails('timeout', { signal: AbortSignal.timeout(50) });
  });

  it('does not take a part for the whole', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('12345', () => response.destroy());
    };
    await fails('timeout');
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    answer = () => {
      abort.abort();
    };
    await fails('stopped', { signal: abort.signal });
  });

  it('says that nobody is there', async () => {
    await servers.close();
    await fails('unreachable');
  });
});
