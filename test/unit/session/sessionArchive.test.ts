import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { SessionArchive } from '../../../src/extension/session/sessionArchive';
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

  it('are named, here and on the disk; an empty name gives the first own words back', async () => {
    const [a] = await bench.begin('a');
    a.send({ key: 'x', text: clear('\n Where is  it?\nmore'), attachmentIds: [], replyTo: null });
    await settle();
    assert.equal(a.title, 'Where is  it?');
    assert.equal(await bench.manager.rename(a.key, 'Order 4711'), true);
    assert.equal(a.title, 'Order 4711');
    await bench.manager.end();
    bench.clock.jump(1_000);
    const [b] = await bench.begin('b');
    await bench.manager.flush();
    const archive = new SessionArchive(bench.storage, log.logger, () => Promise.resolve());
    const titles = async () => (await archive.list()).map(({ title }) => title);
    assert.deepEqual(await titles(), [null, 'Order 4711']);
    await bench.manager.rename(a.key, '');
    await bench.manager.rename(b.key, 'Second');
    assert.deepEqual(await titles(), ['Second', 'Where is  it?']);
  });

  it('are read from the disk for the list only when they have changed', async () => {
    const [a] = await bench.begin('a');
    await bench.begin('b');
    await bench.manager.flush();
    let reads = 0;
    const archive = new SessionArchive(bench.storage, log.logger, () =>
      Promise.resolve(void (reads += 1)),
    );
    await archive.list();
    await archive.list();
    assert.equal(reads, 2);
    await bench.manager.rename(a.key, 'Order 4711');
    await archive.list();
    assert.equal(reads, 3);
  });

  it('are looked through, newest first, whatever cannot be read', async () => {
    await bench.begin('a');
    bench.clock.jump(1_000);
    await bench.begin('b');
    await bench.manager.flush();
    bench.storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
    bench.storage.journals.set('never', []);
    const archive = new SessionArchive(bench.storage, log.logger, () => Promise.resolve());
    const texts: string[] = [];
    for await (const { rows } of archive.conversations())
      texts.push(...rows.flatMap((row) => (row.kind === 'message' ? row.text : [])));
    assert.deepEqual(texts, ['Hello b', 'Hello a']);
    assert.equal((await archive.list()).length, 2);
  });
});
