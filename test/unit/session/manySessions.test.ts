import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { UnreadCounts } from '../../../src/extension/vscode/unreadCounts';
import { says, shownTexts } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { ManagerBench } from '../../support/managerBench';
import { settle } from '../../support/manualClock';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('Many sessions', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger);
  });

  afterEach(() => bench.close());

  it('go on beside one another, each with its own connection, draft and journal', async () => {
    const [a, twinA] = await bench.begin('a');
    a.composer.setDraft('draft of a');
    const [b, twinB] = await bench.begin('b');
    await twinA.emit(says('for a'));
    await twinB.emit(says('for b'));
    a.send({ key: 'x', text: clear('from a'), attachmentIds: [], replyTo: null });
    await settle();
    assert.deepEqual([a.isLive, b.isLive, bench.manager.current], [true, true, b]);
    assert.deepEqual(
      [shownTexts(a.conversation), shownTexts(b.conversation)],
      [
        ['Hello a', 'for a', 'from a'],
        ['Hello b', 'for b'],
      ],
    );
    assert.deepEqual([twinA.sends.length, twinB.sends.length], [1, 0]);
    assert.equal(b.conversation.composer.draft.text, '');
    await bench.manager.open(a.key);
    assert.deepEqual([bench.manager.current, b.isLive, bench.twins.length], [a, true, 2]);
  });

  it('are counted unread each for itself, till they are seen or left', async () => {
    let inSight = true;
    const unread = new UnreadCounts(bench.manager, (it) => inSight && it === bench.manager.current);
    const missed: string[] = [];
    const subscription = unread.onDidMiss(({ message }) => missed.push(message.text));
    const [a, twinA] = await bench.begin('a');
    const [b, twinB] = await bench.begin('b');
    await twinB.emit(says('b1'));
    await twinA.emit(says('a1'));
    inSight = false;
    await twinB.emit(says('b2'));
    await twinA.emit(says('a2'));
    assert.deepEqual([unread.of(a.key), unread.of(b.key), unread.total], [2, 1, 3]);
    assert.deepEqual(missed, ['a1', 'b2', 'a2']);
    assert.equal(unread.next, b.key, 'the one that is shown is to be read first');
    unread.seen(b);
    assert.deepEqual([unread.of(a.key), unread.total, unread.next], [2, 2, a.key]);
    await bench.manager.delete(a.key);
    assert.deepEqual([unread.total, unread.next], [0, null]);
    subscription.dispose();
    unread.dispose();
  });
});
