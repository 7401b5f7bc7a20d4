// The live transport against real servers of Socket.IO 2 and 4.
import assert from 'node:assert/strict';
import http from 'node:http';
import { Server as Server4 } from 'socket.io-v4';
import { systemClock } from '../../src/extension/core/clock';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import { useLeakCheck } from '../support/leakCheck';
import { LIVE_PATH, LiveBench } from './liveBench';

useLeakCheck();

const CHAT_ID = '3eb5cf6d-4d20-41c2-b886-f60374d11d19';

describe('socketIoTransport', () => {
  let bench: LiveBench;

  beforeEach(() => {
    bench = new LiveBench();
  });

  afterEach(() => bench.close());

  describe('against socket.io 4', () => {
    async function serve4(
      allowEIO3: boolean,
      heartbeat: { pingInterval?: number; pingTimeout?: number } = {},
    ): Promise<[string, Server4]> {
      const server = http.createServer();
      const options = { path: LIVE_PATH, allowEIO3, serveClient: false, ...heartbeat };
      const io = new Server4(server, options);
      const origin = await bench.servers.listen(server);
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
      const transport = bench.connect(origin);
      await bench.recorder.until((seen) => seen.includes('connect'));
      transport.emit('messageReceived', { data: { id: 'm1' } });
      await bench.recorder.until((seen) => seen.length === 2);
      assert.equal(bench.recorder.welcomes, 1);
      assert.deepEqual(bench.recorder.events, [['any name at all', { text: 'Привет 👋' }]]);
      assert.deepEqual(keys, ['k1']);
      assert.deepEqual(emitted, [{ data: { id: 'm1' } }]);
      transport.dispose();
      assert.equal(await ended, 'client namespace disconnect');
      assert.equal(bench.recorder.seen.length, 2);
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
      const transport = bench.connect(origin);
      await bench.recorder.until((seen) => seen.includes('over'));
      transport.emit('messageReceived', {});
      assert.equal(await over, 'websocket');
    });

    it('tells of its heartbeats, sent and answered', async () => {
      const [origin] = await serve4(true, { pingInterval: 20 });
      bench.connect(origin);
      await bench.recorder.until(() => bench.recorder.heartbeats.answered >= 2);
      assert.ok(bench.recorder.heartbeats.sent >= bench.recorder.heartbeats.answered);
    });

    it('reports that the server sent it away', async () => {
      const [origin, io] = await serve4(true);
      io.on('connection', (socket) => {
        socket.conn.once('upgrade', () => socket.disconnect(true));
      });
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length === 2);
      assert.deepEqual(bench.recorder.seen, ['connect', 'disconnect: io server disconnect']);
    });

    it('says that a plain one refuses the protocol', async () => {
      const [origin] = await serve4(false);
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length > 0);
      assert.deepEqual(bench.recorder.seen, ['failure: protocol']);
      assert.equal(bench.recorder.failures[0]?.status, 400);
    });

    it('reports a server’s refusal, by what it says of the session', async () => {
      const [origin, io] = await serve4(true);
      const words = ['Session not found', 'too busy'];
      io.use((_socket, next) => {
        next(new Error(words.shift()));
      });
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length === 1);
      bench.connect(origin);
      await bench.recorder.until((seen) => seen.length === 2);
      assert.deepEqual(bench.recorder.seen, ['failure: sessionEnded', 'failure: refused']);
    });
  });

  describe('against the simulator (socket.io 2.5)', () => {
    let simulator: Simulator;
    let sessionId: string;

    beforeEach(async () => {
      simulator = await startSimulator();
      const url = new URL(`${simulator.url}/api/chats/v1/chats/${CHAT_ID}/sessions?x_widget=1`);
      const request = { method: 'POST', url, json: { name: 'n' }, timeout: 5_000 } as const;
      const { body } = await bench.http.request(request);
      sessionId = (JSON.parse(body) as { id: string }).id;
    });

    afterEach(() => simulator.close());

    it('reports a lost connection once, and does not come back by itself', async () => {
      bench.connect(simulator.url, systemClock, sessionId);
      await bench.recorder.until((seen) => seen.includes('connect'));
      simulator.dropSockets();
      await bench.recorder.until((seen) => seen.length === 2);
      assert.match(bench.recorder.seen[1] ?? '', /^disconnect: transport/);
      await simulator.ledger.until((ledger) => ledger.of('socketDisconnected').length > 0);
      assert.equal(simulator.ledger.of('socketConnected').length, 1);
    });

    it('says that the session of a key is not there', async () => {
      bench.connect(simulator.url, systemClock, 'no-such-session');
      await bench.recorder.until((seen) => seen.length === 1);
      assert.deepEqual(bench.recorder.seen, ['failure: sessionEnded']);
    });

    it('leaves properly: the server hears it at once', async () => {
      const transport = bench.connect(simulator.url, systemClock, sessionId);
      await bench.recorder.until((seen) => seen.includes('connect'));
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
      const transport = bench.connect(await bench.servers.listen(proxy), systemClock, sessionId);
      await bench.recorder.until((seen) => seen.includes('connect'));
      await blocked;
      const id = simulator.say(sessionId, { body: 'по опросу' });
      await bench.recorder.until((seen) => seen.includes('chatMessageCreatedEmit'));
      transport.emit('messageReceived', { action: 'chatMessageCreated', data: { id } });
      await simulator.ledger.until((ledger) => ledger.acknowledgements(sessionId, id).length > 0);
      assert.equal(upgrades, 1);
    });
  });
});
