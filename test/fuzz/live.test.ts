// What a live server that is broken, strange or hostile says, into the real transport, decoder,
// journal guard and reducer.

import assert from 'node:assert/strict';
import { systemClock } from '../../src/extension/core/clock';
import { isDurableEvent } from '../../src/extension/session/durableEventGuard';
import { reduce } from '../../src/extension/session/reducer';
import { ContractDrift } from '../../src/extension/twin/contractDrift';
import { decodeEvent } from '../../src/extension/twin/decodeEvent';
import type {
  HttpRequest,
  HttpResponse,
  HttpTransport,
} from '../../src/extension/twin/httpTransport';
import type { LiveTransport } from '../../src/extension/twin/liveTransport';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { online, START } from '../support/conversations';
import { settle } from '../support/manualClock';
import { useTestLog } from '../support/testLogger';
import { fuzz } from './fuzz';

const log = useTestLog();

const WELCOME = '0{"sid":"s1","upgrades":[],"pingInterval":25000,"pingTimeout":5000}';
const framed = (packet: string): string => `${packet.length}:${packet}`;

/** A server of long polling that says what the test gives it, a payload a poll. */
class PollingServer implements HttpTransport {
  private readonly payloads: string[] = [];
  private waiting: ((response: HttpResponse) => void) | null = null;
  private greeted = false;

  request({ method }: HttpRequest): Promise<HttpResponse> {
    if (method !== 'GET') return Promise.resolve(answer('ok'));
    if (!this.greeted) {
      this.greeted = true;
      return Promise.resolve(answer(framed(WELCOME) + framed('40')));
    }
    const payload = this.payloads.shift();
    if (payload !== undefined) return Promise.resolve(answer(payload));
    return new Promise((resolve) => (this.waiting = resolve));
  }

  readonly dropIdle = (): void => undefined;

  say(payload: string): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null) this.payloads.push(payload);
    else waiting(answer(payload));
  }
}

function answer(body: string): HttpResponse {
  return { status: 200, headers: {}, body };
}

/** Takes an event as the session does: decodes it, writes it down, shows it. */
function takeUp(name: string, payload: unknown): void {
  const event = decodeEvent(name, payload, new ContractDrift(log.logger));
  if (event.type === 'unknown' || event.type === 'typing') return;
  const received = { type: 'received', at: START + 1_000, event } as const;
  const line: unknown = JSON.parse(JSON.stringify(received));
  assert.ok(isDurableEvent(line), 'what was received would be lost with the next start');
  reduce(online(), received);
}

describe('the live channel', () => {
  let server: PollingServer;
  let transport: LiveTransport | null = null;

  /** The connection goes on from case to case, until one of them ends it. */
  function connection(): PollingServer {
    if (transport !== null) return server;
    server = new PollingServer();
    const lost = (): void => {
      transport = null;
    };
    transport = createSocketIoTransport({ http: server, clock: systemClock })(
      'http://live.test',
      'k',
      {
        onWelcome: () => undefined,
        onConnect: () => undefined,
        onDisconnect: lost,
        onFailure: lost,
        onHeartbeat: () => undefined,
        onEvent: takeUp,
      },
    );
    return server;
  }

  afterEach(() => {
    transport?.dispose();
    transport = null;
  });

  const feed = async (payload: string): Promise<void> => {
    const live = connection();
    await settle();
    live.say(payload);
    await settle();
    log.reset();
  };
  const once = (payload: string): readonly (() => Promise<void>)[] => [() => feed(payload)];

  it('survives every Engine.IO payload', async function () {
    this.timeout(0); // bounded by what each case may cost
    await fuzz({ of: 0.3, make: (grammar) => grammar.engineIoPayload(), feed: once });
  });

  it('survives every Socket.IO packet', async function () {
    this.timeout(0);
    const make = (packet: string): string => framed(`4${packet}`);
    await fuzz({ of: 0.3, make: (grammar) => make(grammar.socketIoPacket()), feed: once });
  });
});
