import assert from 'node:assert/strict';
import type { StartedSession } from '../../../src/extension/twin/model';
import { START, incoming } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('What is acknowledged once it is seen', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger, { receiptPolicy: () => 'onVisible' });
    void bench.session.start();
    await settle();
    const messages = [incoming({ id: 'greeting', text: 'Hello' })];
    const answer: StartedSession = {
      ...{ id: 'S', clientId: null, startedAt: START, ttl: 3600, messages },
    };
    bench.twin.starts.at(-1)?.answer(answer);
    await settle();
    await bench.connected();
  });

  afterEach(() => bench.close());

  const receive = (id: string) =>
    bench.twin.emit({ type: 'message', message: incoming({ id, text: id, createdAt: null }) });
  const see = async (text: string) => {
    const row = bench.messages.find((message) => message.text === text);
    assert.ok(row);
    await bench.session.seen(row.key);
    await settle();
  };
  const acknowledged = () => bench.twin.connections.flatMap((it) => it.acknowledged);

  it('waits for it, goes with all before it, and goes once', async () => {
    await receive('a');
    await receive('b');
    assert.deepEqual(acknowledged(), []);
    await see('Hello');
    assert.deepEqual(acknowledged(), ['greeting']);
    await see('b');
    await see('b');
    await see('a');
    assert.deepEqual(acknowledged(), ['greeting', 'a', 'b']);
  });

  it('is acknowledged once the disk knows that it was seen', async () => {
    await receive('a');
    const release = bench.storage.hold();
    const seen = see('a');
    await settle();
    assert.deepEqual(acknowledged(), []);
    release();
    await seen;
    assert.deepEqual(acknowledged(), ['greeting', 'a']);
  });

  it('is not taken for seen with what came before it', async () => {
    await receive('a');
    await receive('b');
    await see('a');
    assert.deepEqual(acknowledged(), ['greeting', 'a']);
  });

  it('is remembered by the next life of the session, and what was seen is too', async () => {
    await receive('a');
    await see('Hello');
    await receive('b');
    await bench.reopen();
    await bench.connected();
    assert.deepEqual(acknowledged(), ['greeting']);
    await see('b');
    await bench.reopen();
    await bench.connected();
    await see('b');
    assert.deepEqual(acknowledged(), ['greeting', 'a', 'b']);
  });

  it('is acknowledged when the connection is back, if it was seen without one', async () => {
    await receive('a');
    await receive('b');
    await bench.disconnected();
    await see('b');
    await see('a');
    assert.deepEqual(acknowledged(), []);
    bench.session.reconnectNow();
    await settle();
    await bench.connected();
    assert.deepEqual(acknowledged(), ['greeting', 'a', 'b']);
  });

  it('is acknowledged after the end as well, while the connection lasts', async () => {
    const end = incoming({ id: 'end', type: 'terminal', text: 'Goodbye' });
    await bench.twin.emit({ type: 'message', message: end });
    assert.equal(bench.session.conversation.connection, 'ended');
    await see('Goodbye');
    assert.deepEqual(acknowledged(), ['greeting', 'end']);
  });

  it('is not taken for acknowledged where it was seen without a connection, and the process died', async () => {
    await receive('a');
    await bench.disconnected();
    await see('a');
    await bench.reopen();
    await bench.connected();
    await see('a');
    assert.deepEqual(acknowledged(), ['greeting', 'a']);
  });

  it('is not an echo of one’s own', async () => {
    const own = incoming({ id: 'own', author: 'client', text: 'mine' });
    await bench.twin.emit({ type: 'message', message: own });
    assert.deepEqual(acknowledged(), ['own']);
  });
});
