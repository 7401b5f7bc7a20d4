// Every fault that the simulator plays, seen from a client that knows nothing of it.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import type { Fault } from '../../../src/simulator/fault';
import { parseFault } from '../../../src/simulator/parseFault';
import { startSimulator, type Simulator } from '../../../src/simulator/simulator';
import { TcpProxy } from '../../../src/simulator/tcpProxy';
import { connect, send, startSession, type Ear } from './platformClient';

describe('faults', () => {
  /** The waits under way, in order; each ends when it is told to. */
  let waits: { readonly ms: number; readonly end: () => void }[];
  let simulator: Simulator;
  let ears: Ear[];
  let id: string;

  beforeEach(async () => {
    waits = [];
    ears = [];
    simulator = await startSimulator({
      wait: (ms) => new Promise((end) => waits.push({ ms, end })),
    });
    id = (await startSession(simulator)).id;
  });

  afterEach(async () => {
    for (const ear of ears) ear.close();
    await simulator.close();
  });

  async function listen(transports?: string[]): Promise<Ear> {
    const ear = await connect(simulator, id, transports);
    ears.push(ear);
    return ear;
  }

  const taken = (): number => simulator.ledger.messagesTaken(id).length;

  /** A call that meets one fault: what the caller hears, and whether it was taken. */
  async function meet(fault: Fault): Promise<string> {
    simulator.setFaults([{ ...fault, times: 1 }]);
    try {
      const { status, text } = await send(simulator, id, { body: 'x' });
      return `${status} ${text.slice(0, 6)} taken ${taken()}`;
    } catch {
      return `broken taken ${taken()}`;
    }
  }

  const calls: readonly (readonly [Fault, string])[] = [
    [{ kind: 'status', status: 503 }, '503 <html> taken 0'],
    [{ kind: 'html' }, '200 <html> taken 0'],
    [{ kind: 'drop', how: 'reset' }, 'broken taken 0'],
    [{ kind: 'lost', how: 'reset' }, 'broken taken 1'],
    [{ kind: 'lost', how: 504 }, '504 <html> taken 1'],
  ];
  for (const [fault, heard] of calls)
    it(`${JSON.stringify(fault)}: ${heard}, once`, async () => {
      assert.equal(await meet(fault), heard);
      assert.equal((await send(simulator, id, { body: 'y' })).status, 201);
      assert.deepEqual(
        simulator.ledger.of('faultPlayed').map((entry) => [entry.fault.kind, entry.route]),
        [[fault.kind, 'send']],
      );
    });

  it('ends the JSON of an answer in its middle', async () => {
    simulator.setFaults([{ kind: 'truncate' }]);
    const { status, text } = await send(simulator, id, { body: 'x' });
    assert.equal(status, 201);
    assert.throws(() => JSON.parse(text) as unknown);
    assert.equal(taken(), 1);
  });

  it('says Retry-After', async () => {
    simulator.setFaults([{ kind: 'status', status: 429, retryAfter: '7' }]);
    const answer = await fetch(`${simulator.url}/api/v1/sessions/${id}/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '7']);
  });

  it('gives an event many times, and later ones before it', async () => {
    const ear = await listen();
    simulator.setFaults([{ kind: 'duplicate', copies: [3, 3] }]);
    simulator.say(id, { body: 'thrice' });
    simulator.setFaults([{ kind: 'reorder', times: 1 }]);
    simulator.say(id, { body: 'first' });
    simulator.say(id, { body: 'second' });
    const heard = await ear.until('chatMessageCreatedEmit', 5);
    assert.deepEqual(
      heard.map((payload) => payload['body']),
      ['thrice', 'thrice', 'thrice', 'second', 'first'],
    );
  });

  it('gives an event late', async () => {
    const ear = await listen();
    simulator.setFaults([{ kind: 'late', ms: [500, 500] }]);
    simulator.say(id, { body: 'late' });
    simulator.setFaults([]);
    simulator.say(id, { body: 'in time' });
    await ear.until('chatMessageCreatedEmit');
    assert.deepEqual(
      waits.map(({ ms }) => ms),
      [500],
    );
    waits[0]?.end();
    const heard = await ear.until('chatMessageCreatedEmit', 2);
    assert.deepEqual(
      heard.map((payload) => payload['body']),
      ['in time', 'late'],
    );
  });

  it('gives the last messages again to one who comes again', async () => {
    simulator.setFaults([{ kind: 'replay', count: 2 }]);
    const ear = await listen();
    for (const body of ['a', 'b', 'c']) simulator.say(id, { body });
    await ear.until('chatMessageCreatedEmit', 3);
    const again = await listen();
    const heard = await again.until('chatMessageCreatedEmit', 2);
    assert.deepEqual(
      heard.map((payload) => payload['body']),
      ['b', 'c'],
    );
  });

  it('lets no WebSocket pass, and polling goes on', async () => {
    simulator.setFaults([{ kind: 'noWebSocket' }]);
    const ear = await listen();
    await simulator.ledger.until((ledger) =>
      ledger.of('faultPlayed').some(({ fault }) => fault.kind === 'noWebSocket'),
    );
    simulator.say(id, { body: 'heard' });
    await ear.until('chatMessageCreatedEmit');
  });

  it('says "Session ID unknown" to a poll', async () => {
    const ear = await listen(['polling']);
    simulator.setFaults([{ kind: 'unknownSid' }]);
    simulator.emit(id, 'anythingElse', {});
    await ear.lost;
    assert.equal(simulator.ledger.of('faultPlayed')[0]?.route, 'poll');
  });

  it('notes what was said to nobody', () => {
    simulator.say(id, { body: 'alone' });
    assert.deepEqual(
      simulator.ledger.of('messageMissed').map((entry) => entry.body),
      ['alone'],
    );
  });
});

describe('--fault', () => {
  it('reads a fault with its route and chance', () => {
    assert.deepEqual(parseFault('drop=reset:send@0.1'), {
      of: 'gate',
      fault: { kind: 'drop', how: 'reset', chance: 0.1, routes: ['send'] },
    });
    assert.deepEqual(parseFault('latency=50ms-2s'), {
      of: 'gate',
      fault: { kind: 'latency', ms: [50, 2000], chance: 1 },
    });
    assert.deepEqual(parseFault('refuse=10s/1min'), {
      of: 'port',
      closedFor: 10_000,
      openFor: 60_000,
    });
  });

  for (const bad of [
    '',
    'nix',
    'drop=softly',
    'html=1',
    'latency=5',
    'drop=reset@2',
    'html:nowhere',
  ])
    it(`refuses "${bad}"`, () => {
      assert.equal(parseFault(bad), undefined);
    });
});

describe('TcpProxy', () => {
  let simulator: Simulator;
  let proxy: TcpProxy;

  beforeEach(async () => {
    simulator = await startSimulator();
    proxy = await TcpProxy.start({ target: Number(new URL(simulator.url).port) });
  });

  afterEach(async () => {
    await proxy.close();
    await simulator.close();
  });

  const ask = (): Promise<number> =>
    fetch(`${proxy.url}/nothing`, { headers: { connection: 'close' } }).then(
      (answer) => answer.status,
      () => 0,
    );

  it('passes, refuses, resets and heals', async () => {
    const seen = [await ask()];
    proxy.refuse();
    seen.push(await ask());
    await proxy.heal();
    seen.push(await ask());
    proxy.dropNew('reset');
    seen.push(await ask());
    await proxy.heal();
    seen.push(await ask());
    assert.deepEqual(seen, [404, 0, 404, 0, 404]);
  });

  it('drops none in place of a connection that the platform has lost', async () => {
    const near = net.connect(Number(new URL(proxy.url).port), '127.0.0.1');
    near.on('error', () => undefined);
    await once(near, 'connect');
    assert.equal(await ask(), 404); // by then the one before is through
    proxy.drop('half-open');
    assert.equal(proxy.dropOne(undefined, 'reset'), false);
    assert.equal(await ask(), 404);
    assert.equal(near.destroyed, false);
    near.destroy();
  });
});
