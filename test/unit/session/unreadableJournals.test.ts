import assert from 'node:assert/strict';
import type { JournalTrouble } from '../../../src/extension/session/journalReader';
import { useLeakCheck } from '../../support/leakCheck';
import { ManagerBench } from '../../support/managerBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('SessionManager', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger, { remembers: false, retentionDays: Infinity });
  });

  afterEach(() => bench.close());

  it('leaves alone what a newer version wrote', async () => {
    bench.storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
    await bench.start();
    assert.deepEqual(bench.storage.journals.get('newer')?.length, 1);
    assert.ok(log.lines.some((line) => line.text.includes('newer version')));
  });

  describe('what it finds on a bad disk', () => {
    let told: JournalTrouble[];

    async function resume(): Promise<void> {
      told = [];
      const subscription = bench.manager.onDidFindTrouble((trouble) => told.push(trouble));
      await bench.manager.resumeLast();
      subscription.dispose();
    }

    it('tells of a newer format', async () => {
      bench.storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
      await resume();
      assert.deepEqual([told, bench.manager.current], [['newer'], null]);
    });

    it('tells of damage, and shows the rest', async () => {
      await bench.start();
      await bench.leave();
      const [name = ''] = bench.storage.journals.keys();
      bench.storage.journals.get(name)?.push('{"type":"received","at":"?"}');
      bench.open();
      await resume();
      assert.deepEqual([told, bench.manager.current?.conversation.rows.length], [['damaged'], 1]);
    });

    it('says nothing of a line that a crash has torn: nobody has seen it', async () => {
      await bench.start();
      await bench.leave();
      const [name = ''] = bench.storage.journals.keys();
      bench.storage.journals.get(name)?.push('{"type":"received","at":1,"ev', '\0\0\0');
      bench.open();
      await resume();
      assert.deepEqual(told, []);
    });

    it('deletes nothing that holds more than it can read', async () => {
      bench.storage.journals.set('old', ['{"type":"started","at":"damaged"}']);
      bench.storage.drafts.set('old', 'precious');
      await bench.start();
      await bench.manager.flush();
      assert.equal(bench.draft, 'precious');
      assert.ok(bench.storage.journals.has('old'));
    });
  });
});
