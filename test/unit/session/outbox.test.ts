import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { clear } from '../../../src/extension/session/cleared';
import { incoming, says, START } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { ANSWER, SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('The outbox', () => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(log.logger);
  });

  afterEach(() => bench.close());

  it('writes before the first byte leaves, one at a time, in order', async () => {
    await bench.goOnline();
    bench.storage.history.length = 0;
    await bench.send('a');
    await bench.send('b');
    assert.deepEqual(bench.storage.history, [
      'written queued',
      'written sending',
      'posted text of a',
      'written queued',
    ]);
    assert.deepEqual(bench.deliveries, ['sending', 'queued']);
    bench.twin.sends[0]?.answer({ id: 's1', createdAt: START });
    await settle();
    assert.deepEqual(bench.deliveries, ['sent', 'sending']);
  });

  it('sends one key once', async () => {
    await bench.goOnline();
    await bench.send('a');
    bench.session.composer.setDraft('next');
    await bench.send('a');
    assert.deepEqual([bench.deliveries, bench.draft], [['sending'], 'next']);
    assert.equal(bench.storage.types().filter((type) => type === 'queued').length, 1);
  });

  it('waits until it is online', async () => {
    void bench.session.start();
    await bench.send('a');
    bench.twin.starts[0]?.answer(ANSWER);
    await settle();
    assert.equal(bench.twin.sends.length, 0);
    await bench.connected();
    assert.equal(bench.twin.sends.length, 1);
    bench.twin.sends[0]?.answer({ id: 's1', createdAt: null });
    bench.twin.live.listener.onDisconnect('x');
    await settle();
    await bench.send('b');
    assert.deepEqual(bench.deliveries, ['sent', 'queued']);
  });

  it('sends again by itself what was provably not taken, and says why it waits', async () => {
    await bench.goOnline();
    await bench.send('a');
    await bench.send('b');
    bench.twin.sends[0]?.fail(new TwinError('unreachable', 'x'));
    await settle();
    assert.deepEqual(bench.deliveries, ['queued', 'queued']);
    assert.equal(bench.messages[0]?.problem?.reason, 'unreachable');
    await bench.clock.advance(250);
    assert.deepEqual(
      bench.twin.sends.map((it) => it.request.text),
      ['text of a', 'text of a'],
    );
  });

  it('does not call before the server said, whatever happens, and at most 10 min later', async () => {
    await bench.goOnline();
    await bench.send('a');
    bench.twin.sends[0]?.fail(new TwinError('rateLimited', 'x', { status: 429, retryAfter: 1e9 }));
    await settle();
    bench.twin.live.listener.onDisconnect('x');
    await bench.clock.advance(3_000);
    bench.twin.live.listener.onConnect();
    await bench.clock.advance(596_999);
    assert.equal(bench.twin.sends.length, 1);
    await bench.clock.advance(1);
    assert.equal(bench.twin.sends.length, 2);
  });

  it('never sends again by itself what may have been taken, and lets the others pass', async () => {
    await bench.goOnline();
    await bench.send('a');
    await bench.send('b');
    bench.twin.sends[0]?.fail(new TwinError('timeout', 'x'));
    await settle();
    await bench.clock.advance(100_000);
    assert.deepEqual(bench.deliveries, ['unknown', 'sending']);
    bench.session.sendAgain('a');
    bench.twin.sends[1]?.answer({ id: 's2', createdAt: null });
    await settle();
    assert.deepEqual(
      bench.twin.sends.map((it) => it.request.text),
      ['text of a', 'text of b', 'text of a'],
    );
  });

  for (const [what, error] of [
    ['one of unknown fate', new TwinError('timeout', 'x')],
    ['one that was refused', new TwinError('refused', 'x', { status: 400 })],
  ] as const)
    it(`lets those behind ${what} go at once, also where all have waited together`, async () => {
      await bench.start();
      await bench.send('a');
      await bench.send('b');
      await bench.connected();
      bench.twin.sends[0]?.fail(error);
      await settle();
      assert.deepEqual(bench.posted, ['text of a', 'text of b']);
    });

  it('shows a message once the disk has it', async () => {
    await bench.goOnline();
    const release = bench.storage.hold();
    await bench.send('a');
    assert.deepEqual(bench.deliveries, []);
    release();
    await settle();
    assert.deepEqual(bench.deliveries, ['sending']);
  });

  it('lets the person say that an unknown one has arrived', async () => {
    await bench.goOnline();
    await bench.send('a');
    bench.twin.sends[0]?.fail(new TwinError('refused', 'x', { status: 502 }));
    await settle();
    bench.session.confirmArrived('a');
    await settle();
    assert.deepEqual(bench.deliveries, ['sent']);
  });

  it('shows what the server refused, to be sent again, edited or deleted', async () => {
    await bench.goOnline();
    for (const key of ['a', 'b', 'c']) {
      await bench.send(key);
      bench.twin.sends.at(-1)?.fail(new TwinError('refused', 'x', { status: 400 }));
      await settle();
    }
    assert.deepEqual(bench.deliveries, ['failed', 'failed', 'failed']);
    assert.equal(bench.messages[0]?.problem?.status, 400);
    bench.session.remove('a');
    bench.session.composer.setDraft('more');
    bench.session.edit('b');
    bench.session.sendAgain('c');
    await settle();
    assert.deepEqual(bench.deliveries, ['sending']);
    assert.deepEqual(bench.session.conversation.composer.draft, {
      text: 'text of b\n\nmore',
      version: 1,
    });
  });

  it('names what it answers to by the id of the server', async () => {
    await bench.goOnline();
    await bench.twin.emit(says('m1', 'question'));
    const [asked] = bench.messages;
    bench.session.send({
      key: 'a',
      text: clear('x'),
      attachmentIds: [],
      replyTo: asked?.key ?? '',
    });
    await settle();
    assert.equal(bench.twin.sends[0]?.request.replyToMessageId, 'm1');
    assert.equal(bench.messages[1]?.quote?.text, 'question');
  });

  it('presses an answer as an ordinary message, and one of a set, however often it is asked', async () => {
    await bench.goOnline();
    await bench.twin.emit({
      type: 'message',
      message: incoming({ id: 'm', answers: ['yes', 'no'] }),
    });
    const [asked] = bench.messages;
    bench.session.composer.setDraft('stays');
    bench.session.pressAnswer('a', asked?.key ?? '', 1);
    bench.session.pressAnswer('b', asked?.key ?? '', 0);
    await settle();
    bench.session.pressAnswer('c', asked?.key ?? '', 0);
    await settle();
    assert.deepEqual(
      bench.twin.sends.map((it) => it.request),
      [{ text: 'no', attachmentIds: [], replyToMessageId: null }],
    );
    assert.equal(bench.messages[0]?.chosenAnswer, 1);
    assert.equal(bench.session.conversation.composer.draft.text, 'stays');
  });

  it('keeps what an ended session did not take', async () => {
    await bench.goOnline();
    await bench.send('a');
    await bench.send('b');
    bench.session.composer.setDraft('draft');
    bench.twin.sends[0]?.fail(new TwinError('sessionEnded', 'x', { status: 410 }));
    await settle();
    assert.equal(bench.session.conversation.connection, 'ended');
    assert.equal(bench.session.unsent().text, 'text of a\n\ntext of b\n\ndraft');
    await bench.send('c', 'too late');
    assert.equal(bench.session.conversation.composer.draft.text, 'too late');
  });
});
