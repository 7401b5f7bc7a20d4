// The live transport against real servers: of Socket.IO 2 and 4, of none, and of broken ones.
import assert from 'node:assert/strict';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Server as Server4 } from 'socket.io-v4';
import { systemClock } from '../../src/extension/core/clock';
import type { LiveTransport } from '../../src/extension/twin/liveTransport';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import { useLeakCheck } from '../support/leakCheck';
import { ManualClock } from '../support/manualClock';
import { LiveRecorder } from './liveRecorder';

useLeakCheck();

const PATH = '/operator/socket.io';
const CHAT_ID = '3eb5cf6d-4d20-41c2-b886-f60374d11d19';

describe('socketIoTransport', () => {
  let httpTransport: NodeHttpTransport;
  let recorder: LiveRecorder;
  let ends: (() => Promise<void> | void)[];

  beforeEach(() => {
    httpTransport = new NodeHttpTransport();
    recorder = new LiveRecorder();
    ends = [
      () => {
        httpTransport.dispose();
      },
    ];
  });

  afterEach(async () => {
    for (const end of ends.reverse()) await end();
  });

  function connect(origin: string, clock = systemClock, key = 'k1'): LiveTransport {
    const open = createSocketIoTransport({ http: httpTransport, clock });
    const transport = open(origin, key, {
      onWelcome: recorder.onWelcome,
      onConnect: recorder.onConnect,
      onDisconnect: recorder.onDisconnect,
      onFailure: recorder.onFailure,
      onHeartbeat: recorder.onHeartbeat,
      onEvent: recorder.onRawEvent,
    });
    ends.push(() => {
      transport.dispose();
    });
    return transport;
  }

  async function listen(server: http.Server): Promise<string> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(
      () =>
        new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
          for (const socket of sockets) socket.destroy();
        }),
    );
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  describe('against socket.io 4', () => {
    async function serve4(
      allowEIO3: boolean,
      heartbeat: { pingInterval?: number; pingTimeout?: number } = {},
    ): Promise<[string, Server4]> {
      const server = http.createServer();
      const options = { path: PATH, allowEIO3, serveClient: false, ...heartbeat };
      const io = new Server4(server, options);
      const origin = await listen(server);
      return [origin, io];
    }

    it('talks to one that allows Engine.IO 3: key, events both ways, end', async () => {
      const [origin, io] = await serve4(true);
      const keys: unknown[] = [];
      const emitted: unknown[] = [];
      const ended = new Promise((resolve) => {
        io.on('connection', (socket) => {
          keys.push(socket.handshake.query['key']);
          socket.on('messageReceived', (payload: unknown) => {
            emitted.push(payload);
            socket.emit('any name at all', { text: 'Привет 👋' });
          });
          socket.on('disconnect', resolve);
        });
      });
      const transport = connect(origin);
      await recorder.until((seen) => seen.includes('connect'));
      transport.emit('messageReceived', { data: { id: 'm1' } });
      await recorder.until((seen) => seen.length === 2);
      assert.equal(recorder.welcomes, 1);
      assert.deepEqual(recorder.events, [['any name at all', { text: 'Привет 👋' }]]);
      assert.deepEqual(keys, ['k1']);
      assert.deepEqual(emitted, [{ data: { id: 'm1' } }]);
      transport.dispose();
      assert.equal(await ended, 'client namespace disconnect');
      assert.equal(recorder.seen.length, 2);
    });

    it('goes over to WebSocket, and acknowledges over it', async () => {
      const [origin, io] = await serve4(true);
      const over = new Promise<string>((resolve) => {
        io.on('connection', (socket) => {
          socket.conn.once('upgrade', () => socket.emit('over'));
          socket.once('messageReceived', () => {
            resolve(socket.conn.transport.name);
          });
        });
      });
      const transport = connect(origin);
      await recorder.until((seen) => seen.includes('over'));
      transport.emit('messageReceived', {});
      assert.equal(await over, 'websocket');
    });

    it('tells of its heartbeats, sent and answered', async () => {
      const [origin] = await serve4(true, { pingInterval: 20 });
      connect(origin);
      await recorder.until(() => recorder.heartbeats.answered >= 2);
      assert.ok(recorder.heartbeats.sent >= recorder.heartbeats.answered);
    });

    it('reports that the server sent it away', async () => {
      const [origin, io] = await serve4(true);
      io.on('connection', (socket) => {
        socket.conn.once('upgrade', () => socket.disconnect(true));
      });
      connect(origin);
      await recorder.until((seen) => seen.length === 2);
      assert.deepEqual(recorder.seen, ['connect', 'disconnect: io server disconnect']);
    });

    it('says that a plain one refuses the protocol', async () => {
      const [origin] = await serve4(false);
      connect(origin);
      await recorder.until((seen) => seen.length > 0);
      assert.deepEqual(recorder.seen, ['failure: protocol']);
      assert.equal(recorder.failures[0]?.status, 400);
    });

    it('reports a server’s refusal, by what it says of the session', async () => {
      const [origin, io] = await serve4(true);
      const words = ['Session not found', 'too busy'];
      io.use((_socket, next) => {
        next(new Error(words.shift()));
      });
      connect(origin);
      await recorder.until((seen) => seen.length === 1);
      connect(origin);
      await recorder.until((seen) => seen.length === 2);
      assert.deepEqual(recorder.seen, ['failure: sessionEnded', 'failure: refused']);
    });
  });

  describe('against the simulator (socket.io 2.5)', () => {
    let simulator: Simulator;
    let sessionId: string;

    beforeEach(async () => {
      simulator = await startSimulator();
      ends.push(() => simulator.close());
      const url = new URL(`${simulator.url}/api/chats/v1/chats/${CHAT_ID}/sessions?x_widget=1`);
      const request = { method: 'POST', url, json: { name: 'n' }, timeout: 5_000 } as const;
      const { body } = await httpTransport.request(request);
      sessionId = (JSON.parse(body) as { id: string }).id;
    });

    it('reports a lost connection once, and does not come back by itself', async () => {
      connect(simulator.url, systemClock, sessionId);
      await recorder.until((seen) => seen.includes('connect'));
      simulator.dropSockets();
      await recorder.until((seen) => seen.length === 2);
      assert.match(recorder.seen[1] ?? '', /^disconnect: transport/);
      await simulator.ledger.until((ledger) => ledger.of('socketDisconnected').length > 0);
      assert.equal(simulator.ledger.of('socketConnected').length, 1);
    });

    it('says that the session of a key is not there', async () => {
      connect(simulator.url, systemClock, 'no-such-session');
      await recorder.until((seen) => seen.length === 1);
      assert.deepEqual(recorder.seen, ['failure: sessionEnded']);
    });

    it('leaves properly: the server hears it at once', async () => {
      const transport = connect(simulator.url, systemClock, sessionId);
      await recorder.until((seen) => seen.includes('connect'));
      transport.dispose();
      const [left] = await simulator.ledger.until((ledger) => {
        const found = ledger.of('socketDisconnected');
        return found.length > 0 && found;
      });
      assert.equal(left?.reason, 'client namespace disconnect');
    });

    it('is carried by polling alone where WebSocket is blocked', async () => {
      // In front of the simulator, as a proxy that knows no upgrades.
      const target = new URL(simulator.url);
      const proxy = http.createServer((request, response) => {
        const { method, headers, url: path } = request;
        const onward = http.request(target, { method, headers, path, agent: false }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        response.once('close', () => onward.destroy());
        onward.on('error', () => response.destroy());
        request.pipe(onward);
      });
      let upgrades = 0;
      const blocked = new Promise<void>((resolve) => {
        proxy.on('upgrade', (_request, socket) => {
          upgrades++;
          socket.once('close', resolve).destroy();
        });
      });
      const transport = connect(await listen(proxy), systemClock, sessionId);
      await recorder.until((seen) => seen.includes('connect'));
      await blocked;
      const id = simulator.say(sessionId, { body: 'по опросу' });
      await recorder.until((seen) => seen.includes('chatMessageCreatedEmit'));
      transport.emit('messageReceived', { action: 'chatMessageCreated', data: { id } });
      await simulator.ledger.until((ledger) => ledger.acknowledgements(sessionId, id).length > 0);
      assert.equal(upgrades, 1);
    });
  });

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
        const origin = await listen(
          http.createServer((_request, response) => {
            answer(response);
          }),
        );
        connect(origin);
        await recorder.until((seen) => seen.length > 0);
        assert.deepEqual(recorder.seen, [`failure: ${reason}`]);
      });

    it('passes on how long a busy one wants to be left alone', async () => {
      const origin = await listen(
        http.createServer((_request, response) => {
          response.writeHead(503, { 'Retry-After': '7' }).end();
        }),
      );
      connect(origin);
      await recorder.until((seen) => seen.length > 0);
      assert.equal(recorder.failures[0]?.retryAfter, 7_000);
    });

    it('does not follow a redirect to another host', async () => {
      let followed = 0;
      const elsewhere = await listen(
        http.createServer((_request, response) => {
          followed++;
          response.end();
        }),
      );
      const origin = await listen(
        http.createServer((_request, response) => {
          response.writeHead(302, { Location: `${elsewhere}/?stolen` }).end();
        }),
      );
      connect(origin);
      await recorder.until((seen) => seen.length > 0);
      assert.deepEqual([recorder.seen, followed], [['failure: protocol'], 0]);
    });

    it('no server: unreachable', async () => {
      const origin = await listen(http.createServer());
      await ends.pop()?.();
      connect(origin);
      await recorder.until((seen) => seen.length > 0);
      assert.deepEqual(recorder.seen, ['failure: unreachable']);
    });

    it('a server that never answers: given up in time, and the request with it', async () => {
      const clock = new ManualClock();
      let asked: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (asked = resolve));
      let broken: Promise<void> | undefined;
      const origin = await listen(
        http.createServer((request) => {
          broken = new Promise((resolve) => request.once('close', resolve));
          asked();
        }),
      );
      connect(origin, clock);
      await reached;
      await clock.advance(20_000);
      assert.deepEqual(recorder.seen, ['failure: timeout']);
      await broken;
    });

    it('disposed of before the handshake is answered: breaks off and says nothing', async () => {
      let asked: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (asked = resolve));
      let broken: Promise<void> | undefined;
      const origin = await listen(
        http.createServer((request) => {
          broken = new Promise((resolve) => request.once('close', resolve));
          asked();
        }),
      );
      const transport = connect(origin);
      await reached;
      transport.dispose();
      transport.emit('messageReceived', {});
      await broken;
      assert.deepEqual(recorder.seen, []);
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
      return [await listen(http.createServer(handler)), posted];
    }

    const payload = (...packets: string[]): string =>
      packets.map((packet) => `${packet.length}:${packet}`).join('');

    it('hands up malformed packets as events nobody knows, and goes on', async () => {
      const malformed = ['42{"no":"array"}', '42[1,', '4', '49', '451-["bin"]', '42["torn"', '4x'];
      const [origin] = await serveEngine([...malformed, '42["fine",{"a":1}]']);
      connect(origin);
      await recorder.until((seen) => seen.includes('fine') || seen.length > 20);
      assert.deepEqual(recorder.events.at(-1), ['fine', { a: 1 }]);
      assert.deepEqual(
        recorder.seen.filter((what) => what.startsWith('failure')),
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
      connect(origin);
      await recorder.until((seen) => seen.length === 8);
      assert.deepEqual(recorder.events, [
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
      const origin = await listen(
        http.createServer((request, response) => {
          if (polls++ === 0) response.end(payload(HANDSHAKE, '40'));
          else response.writeHead(400).end('{"code":1,"message":"Session ID unknown"}');
          request.resume();
        }),
      );
      connect(origin);
      await recorder.until((seen) => seen.length === 2);
      assert.match(recorder.seen[1] ?? '', /^disconnect: .*Session ID unknown/);
    });

    it('an open connection that turns into a page is a lost one', async () => {
      let polls = 0;
      const origin = await listen(
        http.createServer((request, response) => {
          response.end(polls++ === 0 ? payload(HANDSHAKE, '40') : '<html>Sign in again</html>');
          request.resume();
        }),
      );
      connect(origin);
      await recorder.until((seen) => seen.length === 2);
      assert.match(recorder.seen[1] ?? '', /^disconnect: /);
    });

    it('what a page answers was not written, and the connection is a lost one', async () => {
      let polls = 0;
      const origin = await listen(
        http.createServer((request, response) => {
          request.resume();
          if (request.method === 'POST') response.end('<html>Sign in again</html>');
          else if (polls++ === 0) response.end(payload(HANDSHAKE, '40'));
        }),
      );
      const transport = connect(origin);
      await recorder.until((seen) => seen.includes('connect'));
      transport.emit('messageReceived', {});
      await recorder.until((seen) => seen.length === 2);
      assert.match(recorder.seen[1] ?? '', /^disconnect: .*page in place/);
    });

    it('writes in order, whole, in the wire’s own words', async () => {
      const [origin, posted] = await serveEngine([]);
      const transport = connect(origin);
      await recorder.until((seen) => seen.includes('connect'));
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
