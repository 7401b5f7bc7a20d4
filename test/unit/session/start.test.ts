import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { incoming } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { ANSWER, SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('The start of a session', () => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(log.logger);
  });

  afterEach(() => bench.close());

  it('shows the greeting before the socket is there', async () => {
    void bench.session.start();
    await settle();
    assert.equal(bench.session.conversation.connection, 'starting');
    bench.twin.starts[0]?.answer({ ...ANSWER, messages: [incoming({ text: 'Hello' })] });
    await settle();
    assert.deepEqual(bench.texts, ['Hello']);
    assert.equal(bench.session.conversation.connection, 'starting');
    await bench.connected();
    assert.equal(bench.session.conversation.connection, 'online');
  });

  it('says why it failed, loses nothing typed, and can be tried again', async () => {
    bench.session.composer.setDraft('dear bot');
    void bench.session.start();
    await settle();
    bench.twin.starts[0]?.fail(new TwinError('notFound', 'x', { status: 404 }));
    await settle();
    assert.equal(bench.session.conversation.connection, 'failed');
    assert.deepEqual(bench.session.conversation.problem, {
      step: 'start',
      reason: 'notFound',
      status: 404,
      host: 'api.test',
      limit: null,
    });
    await bench.send('a');
    await bench.goOnline();
    assert.equal(bench.session.conversation.problem, null);
    assert.deepEqual(bench.deliveries, ['sending']);
  });

  it('keeps trying to connect, and says so', async () => {
    await bench.start();
    bench.twin.live.listener.onFailure(new TwinError('unreachable', 'x'));
    await settle();
    assert.equal(bench.session.conversation.connection, 'reconnecting');
    assert.equal(bench.session.conversation.problem?.step, 'connect');
    await bench.clock.advance(250);
    await bench.connected();
    assert.equal(bench.session.conversation.connection, 'online');
  });

  it('gives up where the server refuses the protocol', async () => {
    await bench.start();
    bench.twin.live.listener.onFailure(new TwinError('protocol', 'x', { status: 400 }));
    await settle();
    assert.deepEqual(
      [bench.session.conversation.connection, bench.session.conversation.problem?.reason],
      ['failed', 'protocol'],
    );
    assert.equal(bench.clock.pending, 0);
  });

  it('can be ended before it has begun', async () => {
    void bench.session.start();
    await settle();
    await bench.session.end();
    bench.twin.starts[0]?.answer({ ...ANSWER, messages: [incoming({ text: 'Hello' })] });
    await settle();
    assert.equal(bench.session.conversation.connection, 'ended');
    assert.deepEqual([bench.twin.connections.length, bench.messages], [0, []]);
  });

  it('takes the session’s id out of a text, as it is and as it stands in addresses', async () => {
    const canary = 'b7d9 secret/id';
    await bench.start({ id: canary });
    const text = `${canary} https://x.example/${encodeURIComponent(canary)}/a?b=c`;
    assert.equal(bench.session.conceal(text), '… https://x.example/…/a?b=c');
  });
});
