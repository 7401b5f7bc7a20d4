// A disk that stops taking the conversation: the chat goes on, and nothing on the disk makes a message
// go twice after a restart.

import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { TwinError } from '../../../src/extension/core/errors';
import { incoming, remoteFile, says } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { outgoingFile } from '../../support/outgoingFile';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const FULL = new Error('ENOSPC');
const FILE = outgoingFile();
/** By then a disk that was bad is asked again, ms. */
const ASKED_AGAIN = 5_000;

const log = useTestLog();
useLeakCheck();

describe('A bad disk', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
  });

  afterEach(async () => {
    bench.storage.failure = null;
    await bench.close();
    assert.equal(bench.clock.pending, 0);
  });

  const reasons = () => bench.messages.map(({ problem }) => problem?.reason ?? null);

  async function recover(): Promise<void> {
    bench.storage.failure = null;
    await bench.clock.advance(ASKED_AGAIN);
  }

  it('is given all that it did not take, once it takes it again', async () => {
    bench.storage.failure = FULL;
    await bench.twin.emit({ type: 'message', message: incoming({ id: 'm1', text: 'm1' }) });
    await bench.send('a');
    await bench.clock.advance(ASKED_AGAIN * 2);
    assert.deepEqual([bench.session.conversation.storageFailed, bench.posted.length], [true, 1]);
    await recover();
    assert.equal(bench.session.conversation.storageFailed, false);
    assert.deepEqual(bench.storage.types(), ['header', 'started', 'received', 'queued', 'sending']);
    await bench.reopen({ flush: false });
    assert.deepEqual(
      bench.messages.map(({ text, delivery }) => [text, delivery]),
      [
        ['m1', null],
        ['text of a', 'unknown'],
      ],
    );
  });

  it('is well again only when it has the draft, too', async () => {
    bench.storage.failure = FULL;
    bench.session.composer.setDraft('half a sen');
    await bench.clock.advance(500);
    await bench.send('a', 'x');
    bench.storage.failure = null;
    await bench.send('b', 'y'); // with which the journal gets on
    assert.deepEqual(bench.storage.types().slice(2), ['queued', 'sending', 'queued']);
    assert.equal(bench.session.conversation.storageFailed, true);
    await recover();
    assert.equal(bench.session.conversation.storageFailed, false);
    assert.match(bench.storage.drafts.get('k') ?? '', /^twin-chat-draft 2 0 0\n$/);
  });

  it('holds what it knows as queued, for that would go again after a restart', async () => {
    await bench.disconnected();
    await bench.send('a');
    bench.storage.failure = FULL;
    bench.session.reconnectNow();
    await bench.connected();
    assert.deepEqual([bench.posted, bench.fates, reasons()], [[], ['a queued'], ['disk']]);
    await bench.send('b'); // which it does not know at all
    assert.deepEqual(bench.posted, ['text of b']);
    await bench.reopen({ flush: false });
    await bench.connected();
    assert.deepEqual([bench.posted.length, bench.fates], [1, ['a queued']]);
    await recover();
    assert.deepEqual([bench.posted.slice(1), bench.fates], [['text of a'], ['a sending']]);
    assert.deepEqual(reasons(), [null]);
  });

  it('has the answer to a message that it never had settle no other one after a restart', async () => {
    await bench.send('a');
    bench.twin.sends[0]?.fail(new TwinError('timeout', 'x'));
    await settle();
    await bench.clock.advance(2_000);
    bench.storage.failure = FULL;
    await bench.send('b');
    await bench.reopen({ flush: false });
    await bench.connected();
    await bench.twin.emit({ type: 'message', message: incoming({ id: 'm', text: 'to b' }) });
    assert.deepEqual(bench.fates, ['a unknown']);
    await recover();
    await bench.reopen();
    await bench.connected();
    await bench.twin.emit({ type: 'message', message: incoming({ id: 'n', text: 'to b, too' }) });
    assert.deepEqual(bench.fates, ['a unknown']);
  });

  it('lets go what it holds, and says again why that had waited before', async () => {
    await bench.send('a');
    const tooMany = new TwinError('rateLimited', 'x', { status: 429, retryAfter: 60_000 });
    bench.twin.sends[0]?.fail(tooMany);
    await settle();
    bench.storage.failure = FULL;
    await bench.clock.advance(60_000);
    assert.deepEqual(reasons(), ['disk']);
    await recover();
    assert.deepEqual([bench.posted.length, reasons()], [2, ['rateLimited']]);
  });

  it('lets nothing be taken back that it would bring back', async () => {
    await bench.disconnected();
    await bench.send('a');
    bench.storage.failure = FULL;
    bench.session.remove('a');
    await settle();
    bench.session.edit('a');
    await settle();
    assert.deepEqual([bench.fates, reasons(), bench.draft], [['a queued'], ['disk'], '']);
    bench.storage.failure = null;
    bench.session.remove('a');
    await settle();
    assert.deepEqual(bench.fates, []);
    await bench.reopen({ flush: false });
    assert.deepEqual(bench.fates, []);
  });

  it('holds a message whose files it does not know to have arrived', async () => {
    const id = bench.session.attach(clear(FILE));
    bench.session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
    await settle();
    bench.storage.failure = FULL;
    bench.twin.uploads[0]?.answer(remoteFile({ id: 'f' }));
    await settle();
    assert.deepEqual([bench.posted, bench.fates, reasons()], [[], ['a queued'], ['disk']]);
    await recover();
    assert.deepEqual([bench.posted, bench.fates], [['see'], ['a sending']]);
  });

  it('goes on in memory and says so', async () => {
    bench.storage.failure = new Error('ENOSPC');
    await bench.twin.emit(says('m1'));
    await bench.send('a');
    assert.ok(bench.session.conversation.storageFailed);
    assert.deepEqual(bench.twin.live.acknowledged, ['m1']);
    assert.deepEqual(
      [bench.texts, bench.deliveries],
      [
        ['m1', 'text of a'],
        [null, 'sending'],
      ],
    );
  });
});
