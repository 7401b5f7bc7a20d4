// The live transport against what is no Socket.IO server, or a broken one.
import assert from 'node:assert/strict';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { useLeakCheck } from '../support/leakCheck';
import { ManualClock } from '../support/manualClock';
import { LiveBench } from './liveBench';

useLeakCheck();

describe('socketIoTransport', () => {
  let bench: LiveBench;

  beforeEach(() => {
    bench = new LiveBench();
  });

  afterEach(() => bench.close());

  describe('against what is no such server', () => {
    const answers: [string, (response: ServerResponse) => void, string][] = [
      ['a page', (r) => r.end('<html>Sign in to the hotel</html>'), 'protocol'],
      ['nothing at all', (r) => r.end(), 'protocol'],
      ['a redirect to nowhere', (r) => r.writeHead(302).end(), 'protocol'],
      ['a page that is not there', (r) => r.writeHead(404).end('<html>'), 'refused'],
      ['a broken gateway', (r) => r.writeHead(502).end('<html>'), 'refused'],
      ['a busy one', (r) => r.writeHead(503, { 'Retry-After': '7' }).end(), 'rateLimited'],
      ['a cut connection', (r) => r.destroy(), 'timeout'],
      ['a handshake that is no JSON', (r) => r.end('5:0oops'), 'protocol'],
      ['a handshake of null', (r) => r.end('5:0null'), 'protocol'],
    ];
    for (const [what, answer, reason] of answers)
      it(`${what}: ${reason}`, async () => {
        const origin = await bench.servers.listen(
          http.createServer((_request, response) => {
            answer(response);
          }),
        );
        bench.connect(origin);
        await bench.recorder.until((seen) => seen.length > 0);
        assert.deepEqual(bench.recorder.seen, [`failure: ${reason}`]);
      });

    it('passes on how long a busy one wants to be left alone', async () => {
      const origin = await bench.servers.listen(
        http.createServer((_request, response) => {
          response.writeHead(503, { 'Retry-After': '7' }).end();
        }),
      );
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length > 0);
      assert.equal(bench.recorder.failures[0]?.retryAfter, 7_000);
    });

    it('does not follow a redirect to another host', async () => {
      let followed = 0;
      const elsewhere = await bench.servers.listen(
        http.createServer((_request, response) => {
          followed++;
          response.end();
        }),
      );
      const origin = await bench.servers.listen(
        http.createServer((_request, response) => {
          response.writeHead(302, { Location: `${elsewhere}/?stolen` }).end();
        }),
      );
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length > 0);
      assert.deepEqual([bench.recorder.seen, followed], [['failure: protocol'], 0]);
    });

    it('no server: unreachable', async () => {
      const origin = await bench.servers.listen(http.createServer());
      await bench.servers.close();
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length > 0);
      assert.deepEqual(bench.recorder.seen, ['failure: unreachable']);
    });

    /** A server that never answers: when it was asked, and when the request was broken off. */
    async function serveNothing() {
      let noteAsked: () => void = () => undefined;
      let noteBroken: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (noteAsked = resolve));
      const broken = new Promise<void>((resolve) => (noteBroken = resolve));
      const origin = await bench.servers.serve((request) => {
        request.once('close', noteBroken);
        noteAsked();
      });
      return { origin, reached, broken };
    }

    it('a server that never answers: given up in time, and the request with it', async () => {
      const clock = new ManualClock();
      const { origin, reached, broken } = await serveNothing();
      bench.connect(origin, clock);
      await reached;
      await clock.advance(20_000);
      assert.deepEqual(bench.recorder.seen, ['failure: timeout']);
      await broken;
    });

    it('disposed of before the handshake is answered: breaks off and says nothing', async () => {
      const { origin, reached, broken } = await serveNothing();
      const transport = bench.connect(origin);
      await reached;
      transport.dispose();
      transport.emit('messageReceived', {});
      await broken;
      assert.deepEqual(bench.recorder.seen, []);
    });
  });

  describe('against a server that speaks badly', () => {
    const HANDSHAKE = '0{"sid":"s1","upgrades":[],"pingInterval":25000,"pingTimeout":5000}';

    /** Engine.IO 3 long polling by hand; `packets` follow the welcome, one payload each. */
    async function serveEngine(packets: readonly string[]): Promise<[string, string[]]> {
      const posted: string[] = [];
      const queue = [payload(HANDSHAKE, '40'), ...packets.map((packet) => payload(packet))];
      const handler = (request: IncomingMessage, response: ServerResponse): void => {
        if (request.method === 'GET') {
          const next = queue.shift();
          if (next !== undefined) response.end(next);
          return; // the last poll hangs, as polls do
        }
        request.setEncoding('utf8').on('data', (text: string) => posted.push(text));
        request.on('end', () => response.end('ok'));
      };
      return [await bench.servers.listen(http.createServer(handler)), posted];
    }

    const payload = (...packets: string[]): string =>
      packets.map((packet) => `${packet.length}:${packet}`).join('');

    it('hands up malformed packets as events nobody knows, and goes on', async () => {
      const malformed = ['42{"no":"array"}', '42[1,', '4', '49', '451-["bin"]', '42["torn"', '4x'];
      const [origin] = await serveEngine([...malformed, '42["fine",{"a":1}]']);
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.includes('fine') || seen.length > 20);
      assert.deepEqual(bench.recorder.events.at(-1), ['fine', { a: 1 }]);
      assert.deepEqual(
        bench.recorder.seen.filter((what) => what.startsWith('failure')),
        [],
      );
    });

    it('knows events by any name, with any number of payloads', async () => {
      const [origin] = await serveEngine(
        [
          '["a"]',
          '["b",1,2]',
          '["connect",{}]',
          '["error",{}]',
          '["disconnect"]',
          '["__proto__",{}]',
          '[5,{}]',
        ].map((data) => `42${data}`),
      );
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length === 8);
      assert.deepEqual(bench.recorder.events, [
        ['a', undefined],
        ['b', [1, 2]],
        ['connect', {}],
        ['error', {}],
        ['disconnect', undefined],
        ['__proto__', {}],
        ['5', {}],
      ]);
    });

    it('reports a lost Engine.IO session ("Session ID unknown") as a lost connection', async () => {
      let polls = 0;
      const origin = await bench.servers.listen(
        http.createServer((request, response) => {
          if (polls++ === 0) response.end(payload(HANDSHAKE, '40'));
          else response.writeHead(400).end('{"code":1,"message":"Session ID unknown"}');
          request.resume();
        }),
      );
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length === 2);
      assert.match(bench.recorder.seen[1] ?? '', /^disconnect: .*Session ID unknown/);
    });

    it('an open connection that turns into a page is a lost one', async () => {
      let polls = 0;
      const origin = await bench.servers.listen(
        http.createServer((request, response) => {
          response.end(polls++ === 0 ? payload(HANDSHAKE, '40') : '<html>Sign in again</html>');
          request.resume();
        }),
      );
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length === 2);
      assert.match(bench.recorder.seen[1] ?? '', /^disconnect: /);
    });

    it('what a page answers was not written, and the connection is a lost one', async () => {
      let polls = 0;
      const origin = await bench.servers.listen(
        http.createServer((request, response) => {
          request.resume();
          if (request.method === 'POST') response.end('<html>Sign in again</html>');
          else if (polls++ === 0) response.end(payload(HANDSHAKE, '40'));
        }),
      );
      const transport = bench.connect(origin);
      await bench.recorder.until((seen) => seen.includes('connect'));
      transport.emit('messageReceived', {});
      await bench.recorder.until((seen) => seen.length === 2);
      assert.match(bench.recorder.seen[1] ?? '', /^disconnect: .*page in place/);
    });

    it('writes in order, whole, in the wire’s own words', async () => {
      const [origin, posted] = await serveEngine([]);
      const transport = bench.connect(origin);
      await bench.recorder.until((seen) => seen.includes('connect'));
      for (let i = 0; i < 3; i++) transport.emit('messageReceived', { n: i, s: 'щ' });
      transport.dispose();
      transport.emit('messageReceived', { n: 'late' });
      const packet = (n: number): string => `42["messageReceived",{"n":${n},"s":"щ"}]`;
      const expected = [packet(0), packet(1), packet(2), '41', '1'].map((p) => payload(p)).join('');
      while (posted.join('').length < expected.length)
        await new Promise((resolve) => setImmediate(resolve));
      assert.equal(posted.join(''), expected);
    });
  });
});
