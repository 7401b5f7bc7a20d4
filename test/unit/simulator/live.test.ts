import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../../src/simulator/simulator';
import { connect, send, startSession, type Ear } from './platformClient';

describe('the live side', () => {
  let simulator: Simulator;
  let ears: Ear[];

  beforeEach(async () => {
    simulator = await startSimulator();
    ears = [];
  });

  afterEach(async () => {
    ears.forEach((ear) => {
      ear.close();
    });
    await simulator.close();
  });

  async function listen(sessionId: string): Promise<Ear> {
    const ear = await connect(simulator, sessionId);
    ears.push(ear);
    return ear;
  }

  it('lets nobody in without the id of a session', async () => {
    await assert.rejects(connect(simulator, 'no-such-session'), /Session not found/);
    assert.equal(simulator.ledger.of('socketRefused')[0]?.key, 'no-such-session');
  });

  it('tells of reading, typing and the answer, in that order, to every socket', async () => {
    const { id } = await startSession(simulator);
    const both = [await listen(id), await listen(id)];
    const other = await listen((await startSession(simulator)).id);
    const { text } = await send(simulator, id, { body: 'раз' });
    for (const ear of both) {
      await ear.until('chatMessageCreatedEmit');
      assert.deepEqual(
        ear.heard.map(({ event }) => event),
        ['chatMessageReadEmit', 'showTypingIndicatorEmit', 'chatMessageCreatedEmit'],
      );
      assert.deepEqual(ear.heard[0]?.payload, {
        messageId: (JSON.parse(text) as { id: string }).id,
      });
      assert.deepEqual(ear.heard[1]?.payload, { authorType: 'BOT' });
    }
    assert.deepEqual(other.heard, []);
    assert.equal(simulator.ledger.messagesGiven(id).filter(({ by }) => by === 'socket').length, 2);
  });

  it('answers one message after the other', async () => {
    const { id } = await startSession(simulator);
    const ear = await listen(id);
    const words = ['1', '2', '3', '4', '5'];
    for (const body of words) {
      await send(simulator, id, { body });
    }
    const answers = await ear.until('chatMessageCreatedEmit', words.length);
    assert.deepEqual(
      answers.map(({ body }) => body),
      words,
    );
  });

  it('notes each acknowledgement, and complains of wrong ones', async () => {
    const { id } = await startSession(simulator);
    const ear = await listen(id);
    const messageId = simulator.say(id, { body: 'hello' });
    await ear.until('chatMessageCreatedEmit');
    ear.acknowledge({ action: 'chatMessageCreated', data: { id: messageId } });
    ear.acknowledge({ action: 'chatMessageCreated', data: { id: 'never given' } });
    ear.acknowledge({ id: messageId });
    await simulator.ledger.until((ledger) => ledger.complaints(id).length === 2);
    const [acknowledged, ...more] = simulator.ledger.acknowledgements(id, messageId);
    assert.equal(acknowledged?.socketId, simulator.ledger.of('socketConnected')[0]?.socketId);
    assert.deepEqual(more, []);
  });

  it('greets by socket where the variant says so: the first socket, once', async () => {
    for (const [greeting, byRest] of [
      ['socket', 0],
      ['both', 1],
    ] as const) {
      simulator.setVariants({ greeting });
      const { id } = await startSession(simulator);
      const first = await listen(id);
      const [message] = await first.until('chatMessageCreatedEmit');
      const second = await listen(id);
      simulator.emit(id, 'anythingElse', {});
      await second.until('anythingElse');
      assert.equal(second.heard.length, 1);
      const given = simulator.ledger.messagesGiven(id);
      assert.equal(given.filter(({ by }) => by === 'rest').length, byRest);
      assert.ok(given.every(({ messageId }) => messageId === message?.['id']));
    }
  });

  it('gives the own message back before the answer, after it, or not', async () => {
    for (const ownEcho of ['beforeAnswer', 'afterAnswer', 'none'] as const) {
      simulator.setVariants({ ownEcho });
      const { id } = await startSession(simulator);
      const ear = await listen(id);
      const order: string[] = [];
      const echoed = ear.until('chatMessageCreatedEmit').then(() => order.push('event'));
      const { text } = await send(simulator, id, { body: 'раз' });
      order.push('answer');
      await echoed;
      const ownId = (JSON.parse(text) as { id: string }).id;
      const messages = await ear.until('chatMessageCreatedEmit', ownEcho === 'none' ? 1 : 2);
      assert.equal(
        messages.filter((message) => message['id'] === ownId).length,
        ownEcho === 'none' ? 0 : 1,
      );
      if (ownEcho !== 'none') {
        assert.deepEqual([messages[0]?.['id'], messages[0]?.['authorType']], [ownId, 'CLIENT']);
      }
      assert.deepEqual(
        order,
        ownEcho === 'beforeAnswer' ? ['event', 'answer'] : ['answer', 'event'],
        ownEcho,
      );
    }
  });

  it('hands over under the slips of the article, or under names of its own', async () => {
    const namesOf = async (): Promise<string[]> => {
      const { id } = await startSession(simulator, 'operator');
      const ear = await listen(id);
      for (const [body, count] of [
        ['оператор', 2],
        ['раз', 4],
        ['два', 6],
      ] as const) {
        await send(simulator, id, { body });
        await simulator.ledger.until(
          (ledger) => ledger.messagesGiven(id).filter(({ by }) => by === 'socket').length >= count,
        );
      }
      simulator.emit(id, 'anythingElse', {});
      await ear.until('anythingElse');
      return ear.heard
        .filter(({ payload }) => 'operatorId' in payload)
        .map(({ event, payload }) => `${event}(${Object.keys(payload).join()})`);
    };
    const assignment =
      'id,operatorId,operatorName,avatar,previousOperatorId,previousOperatorName,previousOperatorAvatar';
    const status = 'operatorStatusChangedEmit(operatorId,previousStatus,currentStatus)';
    assert.deepEqual(await namesOf(), [
      `chatMessageCreatedEmit(${assignment})`,
      `chatMessageCreatedEmit(${assignment})`,
      status,
      status,
      'operatorStatusChangedEmit(operatorId)',
    ]);
    simulator.setVariants({ operatorEventNames: 'own' });
    assert.deepEqual(await namesOf(), [
      `operatorAssignedEmit(${assignment})`,
      `operatorAssignedEmit(${assignment})`,
      status,
      status,
      'operatorLoggedOutEmit(operatorId)',
    ]);
  });

  it('drops like a network and disconnects like a server', async () => {
    const { id } = await startSession(simulator);
    const dropped = await listen(id);
    simulator.dropSockets(id);
    assert.equal(await dropped.lost, 'transport close');
    const sentAway = await listen(id);
    simulator.disconnect();
    assert.equal(await sentAway.lost, 'io server disconnect');
  });
});
