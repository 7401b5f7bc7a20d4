import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { shownTexts } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { ManagerBench } from '../../support/managerBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('Many sessions', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger);
  });

  afterEach(() => bench.close());

  it('open one of the past to be read, and leave it without a trace', async () => {
    const [a] = await bench.begin('a');
    a.composer.setDraft('unsent');
    await bench.manager.end();
    const [b] = await bench.begin('b');
    assert.deepEqual(
      [bench.manager.byKey(a.key), b.conversation.composer.draft.text],
      [null, 'unsent'],
    );
    const before = bench.storage.journals.get(a.key)?.length;
    const past = await bench.manager.open(a.key);
    assert.ok(past);
    assert.deepEqual(
      [past.conversation.past, past.conversation.connection, shownTexts(past.conversation)],
      [true, 'ended', ['Hello a']],
    );
    past.send({ key: 'x', text: clear('x'), attachmentIds: [], replyTo: null });
    past.composer.setDraft('');
    await bench.manager.open(b.key);
    await bench.manager.flush();
    assert.deepEqual([bench.manager.byKey(a.key), b.isLive], [null, true]);
    assert.equal(bench.storage.journals.get(a.key)?.length, before);
  });

  it('stay here while something else shows them, over or not, and leave with that', async () => {
    const [a] = await bench.begin('a');
    await bench.manager.end();
    const [b] = await bench.begin('b');
    await bench.manager.flush();
    assert.equal(bench.manager.byKey(a.key), null);
    const past = await bench.manager.bring(a.key);
    assert.ok(past);
    const pin = bench.manager.pin(a.key);
    assert.deepEqual([bench.manager.current, past.conversation.past, b.isLive], [b, true, true]);
    bench.manager.show(a.key);
    bench.manager.show(b.key);
    assert.deepEqual([bench.manager.current, bench.manager.byKey(a.key)], [b, past]);
    assert.deepEqual(bench.remembered, [b.key]);
    pin.dispose();
    await bench.manager.flush();
    assert.equal(bench.manager.byKey(a.key), null);
    assert.equal(await bench.manager.bring('nothing'), null);
  });

  it('stay here when what else showed them is gone, if they are shown or live', async () => {
    const [a] = await bench.begin('a');
    const [b] = await bench.begin('b');
    for (const { key } of [a, b]) bench.manager.pin(key).dispose();
    await bench.manager.end();
    bench.manager.pin(b.key).dispose();
    assert.deepEqual([bench.manager.byKey(a.key), bench.manager.current], [a, b]);
  });

  it('are read without being shown', async () => {
    const [a] = await bench.begin('a');
    await bench.manager.end();
    const [b] = await bench.begin('b');
    await bench.manager.flush();
    const copy = await bench.manager.read(a.key);
    assert.ok(copy);
    assert.deepEqual([shownTexts(copy.conversation), bench.manager.current], [['Hello a'], b]);
    copy.dispose();
    assert.equal(await bench.manager.read(b.key), b);
  });
});
