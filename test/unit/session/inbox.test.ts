import assert from 'node:assert/strict';
import { ConversationKeeper } from '../../../src/extension/session/conversationKeeper';
import { Inbox } from '../../../src/extension/session/inbox';
import { loadJournal } from '../../../src/extension/session/journal';
import { leasedWriter } from '../../../src/extension/session/lease';
import { Receipts } from '../../../src/extension/session/receipts';
import type { LiveEvent } from '../../../src/extension/twin/model';
import { incoming, says } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { ManualClock, settle } from '../../support/manualClock';
import { MemoryJournalStorage } from '../../support/memoryJournalStorage';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const HELD = { isHeld: () => Promise.resolve(true), release: () => undefined };

const log = useTestLog();
useLeakCheck();

describe('The inbox', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
  });

  afterEach(() => bench.close());

  it('writes first, then acknowledges, then shows; each once', async () => {
    const shown = bench.session.onDidReceiveMessage((row) => {
      bench.storage.history.push(`shown ${row.text}`);
    });
    bench.storage.history.length = 0;
    for (let times = 0; times < 3; times += 1) bench.twin.live.listener.onEvent(says('m1'));
    await settle();
    await bench.twin.emit(says('m1'));
    assert.deepEqual(bench.storage.history, ['written received', 'acknowledged m1', 'shown m1']);
    shown.dispose();
  });

  it('does not acknowledge before the disk has it', async () => {
    const release = bench.storage.hold();
    await bench.twin.emit(says('m1'));
    assert.deepEqual([bench.twin.live.acknowledged, bench.messages], [[], []]);
    release();
    await settle();
    assert.deepEqual(bench.twin.live.acknowledged, ['m1']);
  });

  it('acknowledges with the next connection what was written without one', async () => {
    const release = bench.storage.hold();
    const [first] = bench.twin.connections;
    await bench.twin.emit(says('m1'));
    first?.listener.onDisconnect('transport close');
    release();
    await settle();
    await bench.clock.advance(3_000);
    await bench.connected();
    assert.deepEqual([first?.acknowledged, bench.twin.live.acknowledged], [[], ['m1']]);
    await bench.disconnected();
    await bench.clock.advance(3_000);
    await bench.connected();
    assert.deepEqual(bench.twin.live.acknowledged, []);
  });

  it('shows typing for 8 s at most, counted from its last sign', async () => {
    const typing: LiveEvent = { type: 'typing', author: 'bot' };
    await bench.twin.emit(typing);
    await bench.clock.advance(7_000);
    await bench.twin.emit(typing);
    await bench.clock.advance(7_999);
    assert.ok(bench.session.conversation.typing);
    await bench.clock.advance(1);
    assert.equal(bench.session.conversation.typing, null);
    await bench.twin.emit(typing);
    await bench.twin.emit(says('m'));
    assert.deepEqual([bench.session.conversation.typing, bench.clock.pending], [null, 0]);
  });

  it('shows nobody typing whose message has come by the time the disk is ready', async () => {
    const release = bench.storage.hold();
    await bench.twin.emit(says('m1'));
    await bench.twin.emit({ type: 'typing', author: 'bot' });
    await bench.twin.emit(says('m2'));
    release();
    await settle();
    assert.deepEqual([bench.messages.length, bench.session.conversation.typing], [2, null]);
  });

  it('stays for late messages after TERMINAL, but does not come back', async () => {
    await bench.twin.emit({ type: 'message', message: incoming({ id: 't', type: 'terminal' }) });
    assert.equal(bench.session.conversation.connection, 'ended');
    await bench.twin.emit(says('late'));
    assert.deepEqual(bench.twin.live.acknowledged, ['t', 'late']);
    bench.twin.live.listener.onDisconnect('io server disconnect');
    await settle();
    assert.deepEqual([bench.clock.pending, bench.twin.open], [0, 0]);
  });
});

describe('An own message that the history told of', () => {
  const own = incoming({ id: 'own', author: 'client' });
  const echo = { type: 'message', message: own } as const;
  let storage: MemoryJournalStorage;
  let acknowledged: string[];

  beforeEach(() => {
    storage = new MemoryJournalStorage();
  });

  function open(): Inbox {
    const { logger } = log;
    const clock = new ManualClock();
    const written = leasedWriter(storage, HELD);
    const journal = { key: 'k', demo: false, isNew: true, storage: written };
    acknowledged = [];
    const keeper = new ConversationKeeper({ ...journal, clock, logger });
    const acknowledge = (id: string) => acknowledged.push(id);
    const receipts = new Receipts({ keeper, clock, policy: () => 'onReceive', acknowledge });
    return new Inbox({ keeper, clock, logger, receipts, acknowledge });
  }

  it('is acknowledged when its echo comes after all, once', async () => {
    const inbox = open();
    await inbox.receiveMissed(own);
    assert.deepEqual(acknowledged, []);
    await inbox.receive(echo);
    await inbox.receive(echo);
    assert.deepEqual(acknowledged, ['own']);
  });

  it('is so after a restart, too', async () => {
    const inbox = open();
    inbox.restore([{ type: 'received', at: 1, event: echo, fromHistory: true }]);
    await inbox.receive(echo);
    assert.deepEqual(acknowledged, ['own']);
  });

  it('is not acknowledged once more after a restart', async () => {
    const before = open();
    await before.receiveMissed(own);
    await before.receive(echo);
    const { events } = await loadJournal(storage, 'k');
    const after = open();
    after.restore(events);
    await after.receive(echo);
    assert.deepEqual(acknowledged, []);
  });
});
