import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { incoming, says, START } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { outgoingFile } from '../../support/outgoingFile';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

const DAY = 86_400_000;

describe('A session after a reload', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
  });

  afterEach(() => bench.close());

  it('brings back the same conversation, and acknowledges nothing twice', async () => {
    await bench.twin.emit(says('m1'));
    await bench.send('a');
    bench.twin.sends[0]?.answer({ id: 's1', createdAt: START });
    await settle();
    bench.session.composer.setDraft('draft');
    const before = bench.session.conversation;
    await bench.reopen();
    bench.twin.live.listener.onConnect();
    await bench.twin.emit(says('m1'));
    assert.deepEqual(bench.messages, before.rows);
    assert.equal(bench.session.conversation.connection, 'online');
    assert.equal(bench.session.conversation.composer.draft.text, 'draft');
    assert.deepEqual(bench.twin.live.acknowledged, []);
    assert.deepEqual(bench.happenings, ['gap']);
  });

  it('does not acknowledge the greeting once more', async () => {
    await bench.close();
    bench = new SessionBench(log.logger);
    await bench.start({ messages: [incoming({ id: 'g', text: 'Hello' })] });
    await bench.connected();
    assert.deepEqual(bench.twin.live.acknowledged, ['g']);
    await bench.reopen();
    await bench.connected();
    await bench.twin.emit(says('g', 'Hello'));
    assert.deepEqual(bench.twin.live.acknowledged, []);
  });

  it('does not know the fate of what was on its way, and sends what was queued', async () => {
    await bench.send('a');
    await bench.send('b');
    await bench.reopen();
    assert.deepEqual(bench.deliveries, ['unknown', 'queued']);
    await bench.connected();
    assert.deepEqual(bench.deliveries, ['unknown', 'sending']);
  });

  it('knows that a message whose file was on its way has not left', async () => {
    const id = bench.session.attach(clear(outgoingFile()));
    bench.session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
    await settle();
    await bench.reopen();
    assert.deepEqual([bench.deliveries, bench.messages[0]?.problem?.step], [['failed'], 'upload']);
    bench.session.edit('a');
    await settle();
    assert.equal(bench.session.conversation.composer.draft.text, 'see');
  });

  it('leaves it to the server whether what may live still does: the clock may have been set', async () => {
    bench.clock.jump(DAY);
    await bench.reopen();
    await settle();
    assert.deepEqual([bench.session.conversation.connection, bench.happenings], ['starting', []]);
  });

  it('shows as ended what can live no more, however wrong the clock was', async () => {
    bench.clock.jump(DAY + 3_600_001);
    await bench.reopen();
    await settle();
    assert.equal(bench.session.conversation.connection, 'ended');
  });
});
