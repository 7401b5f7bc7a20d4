import assert from 'node:assert/strict';
import { shownTexts } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { ManagerBench } from '../../support/managerBench';
import { settle } from '../../support/manualClock';
import { SETTINGS } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const DAY = 86_400_000;

const log = useTestLog();
useLeakCheck();

describe('Many sessions are kept', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger);
  });

  afterEach(() => bench.close());

  it('for so many days after their last change', async () => {
    await bench.begin('a');
    await bench.manager.end();
    await bench.manager.startChat(SETTINGS); // which never begins: its draft is kept whatever comes
    bench.manager.current?.composer.setDraft('precious');
    await bench.leave();
    const [a] = bench.storage.journals.keys();
    assert.ok(a);
    bench.clock.jump(29 * DAY);
    bench.open();
    await bench.manager.deleteOutdated();
    assert.ok(bench.storage.journals.has(a));
    bench.clock.jump(2 * DAY);
    await bench.manager.deleteOutdated();
    assert.ok(!bench.storage.journals.has(a));
  });

  it('no longer where the window stays open: each new chat looks', async () => {
    const [a] = await bench.begin('a');
    await bench.manager.end();
    const [b] = await bench.begin('b');
    await bench.manager.end();
    await bench.begin('c');
    bench.clock.jump(10 * DAY);
    bench.retentionDays = 9;
    bench.storage.drafts.set(b.key, 'precious');
    const opened = bench.manager.open(b.key);
    await bench.manager.startChat(SETTINGS, { beside: true });
    await settle();
    assert.equal(bench.storage.journals.has(a.key), false);
    assert.equal((await opened)?.key, b.key);
    assert.ok(bench.storage.journals.has(b.key), 'it was on its way here');
  });

  it('for as long as this window has them', async () => {
    const [a] = await bench.begin('a');
    bench.clock.jump(31 * DAY);
    await bench.manager.deleteOutdated();
    assert.deepEqual([...bench.storage.journals.keys()], [a.key]);
  });

  it('till the next one has their text, with 0 days, where they never began', async () => {
    bench.retentionDays = 0;
    await bench.manager.startChat(SETTINGS);
    bench.manager.current?.composer.setDraft('precious');
    await bench.leave();
    bench.open();
    await bench.manager.startChat(SETTINGS);
    assert.equal(bench.manager.current?.conversation.composer.draft.text, 'precious');
  });

  it('without the window forgetting what it had, as one of the others goes', async () => {
    await bench.begin('old');
    await bench.manager.end();
    await bench.manager.flush();
    bench.clock.jump(31 * DAY);
    const [a] = await bench.begin('a');
    const [b] = await bench.begin('b');
    await bench.reload();
    assert.equal(bench.storage.journals.size, 2);
    assert.deepEqual(
      [bench.manager.current?.key, bench.manager.byKey(a.key)?.isLive],
      [b.key, true],
    );
  });

  it('till they are over, with 0 days; what is on the screen can still be read', async () => {
    bench.retentionDays = 0;
    const [a] = await bench.begin('a');
    const [b] = await bench.begin('b');
    b.composer.setDraft('unsent');
    await bench.manager.end();
    await bench.manager.flush();
    await settle();
    assert.deepEqual([...bench.storage.journals.keys()], [a.key]);
    assert.deepEqual(shownTexts(b.conversation), ['Hello b']);
    b.composer.setDraft('still unsent');
    await bench.clock.advance(1_000);
    assert.deepEqual([...bench.storage.drafts.keys()], []);
    const [c] = await bench.begin('c');
    assert.equal(c.conversation.composer.draft.text, 'still unsent');
    await bench.manager.startChat(SETTINGS); // ends c
    await bench.manager.flush();
    assert.ok(!bench.storage.journals.has(c.key) && bench.storage.journals.has(a.key));
    await bench.reload();
    assert.equal(bench.manager.byKey(a.key)?.isLive, true);
  });

  it('for ever by a setting that makes no sense, and where they cannot be read', async () => {
    bench.storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
    bench.retentionDays = 0;
    await bench.manager.deleteOutdated();
    assert.ok(bench.storage.journals.has('newer'));
    bench.retentionDays = Infinity;
    bench.storage.journals.set('old', ['{"at":1}']);
    await bench.manager.deleteOutdated();
    assert.ok(bench.storage.journals.has('old'));
  });
});
