import assert from 'node:assert/strict';
import { connect as connectTcp } from 'node:net';
import { startSimulator, type Simulator } from '../../../src/simulator/simulator';
import { connect, send, startSession, type Ear } from './platformClient';

describe('the pace of a bot', () => {
  /** Ends the waits that are under way, first come first served. */
  let waits: { readonly ms: number; readonly end: () => void }[];
  let simulator: Simulator;
  let ear: Ear;
  let sessionId: string;

  beforeEach(async () => {
    waits = [];
    simulator = await startSimulator({
      pace: 700,
      wait: (ms) =>
        new Promise((end) => {
          waits.push({ ms, end });
        }),
    });
    sessionId = (await startSession(simulator)).id;
    ear = await connect(simulator, sessionId);
  });

  afterEach(async () => {
    ear.close();
    await simulator.close();
  });

  it('types for that long before it answers', async () => {
    await send(simulator, sessionId, { body: 'раз' });
    await ear.until('showTypingIndicatorEmit');
    assert.deepEqual(
      waits.map(({ ms }) => ms),
      [700],
    );
    assert.deepEqual(
      ear.heard.map(({ event }) => event),
      ['chatMessageReadEmit', 'showTypingIndicatorEmit'],
    );
    waits[0]?.end();
    const [answer] = await ear.until('chatMessageCreatedEmit');
    assert.equal(answer?.['body'], 'раз');
  });

  it('takes the next message only when it is done with the last', async () => {
    await send(simulator, sessionId, { body: 'раз' });
    await send(simulator, sessionId, { body: 'два' });
    await ear.until('showTypingIndicatorEmit');
    simulator.emit(sessionId, 'anythingElse', {});
    await ear.until('anythingElse');
    assert.equal(waits.length, 1);
    waits[0]?.end();
    await ear.until('showTypingIndicatorEmit', 2);
    assert.deepEqual(
      ear.heard.map(({ event }) => event),
      [
        'chatMessageReadEmit',
        'showTypingIndicatorEmit',
        'anythingElse',
        'chatMessageCreatedEmit',
        'chatMessageReadEmit',
        'showTypingIndicatorEmit',
      ],
    );
  });

  it('says nothing into a session that ended while it was busy', async () => {
    await send(simulator, sessionId, { body: 'стоп' });
    await send(simulator, sessionId, { body: 'ещё' });
    await ear.until('showTypingIndicatorEmit');
    waits[0]?.end();
    await ear.until('chatMessageReadEmit', 2);
    simulator.emit(sessionId, 'anythingElse', {});
    await ear.until('anythingElse');
    const [last] = await ear.until('chatMessageCreatedEmit');
    assert.equal(last?.['type'], 'TERMINAL');
    assert.deepEqual(
      ear.heard.map(({ event }) => event),
      [
        'chatMessageReadEmit',
        'showTypingIndicatorEmit',
        'chatMessageCreatedEmit',
        'chatMessageReadEmit',
        'anythingElse',
      ],
    );
  });

  it('answers also when the sender hung up before he heard that his message was taken', async () => {
    simulator.setVariants({ ownEcho: 'beforeAnswer' });
    const { port } = new URL(simulator.url);
    const sender = connectTcp(Number(port), '127.0.0.1');
    sender.write(
      `POST /api/v1/sessions/${sessionId}/messages HTTP/1.1\r\nHost: x\r\n` +
        'Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{"body":"x"}',
    );
    await ear.until('chatMessageCreatedEmit');
    sender.destroy();
    await startSession(simulator); // a round trip: the platform has seen the hanging up
    waits[0]?.end();
    await ear.until('showTypingIndicatorEmit');
    waits[1]?.end();
    const [own, answer] = await ear.until('chatMessageCreatedEmit', 2);
    assert.deepEqual([own?.['authorType'], answer?.['body']], ['CLIENT', 'x']);
  });
});
