import assert from 'node:assert/strict';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('The draft', () => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(log.logger);
  });

  afterEach(() => bench.close());

  it('is written at once, then now and then, and at the end', async () => {
    const onDisk = () => bench.storage.drafts.get('k')?.replace('twin-chat-draft 0 0 0\n', '');
    bench.session.composer.setDraft('a');
    await settle();
    assert.equal(onDisk(), 'a');
    bench.session.composer.setDraft('ab');
    bench.session.composer.setDraft('abc');
    await settle();
    assert.equal(onDisk(), 'a');
    await bench.clock.advance(500);
    assert.equal(onDisk(), 'abc');
    bench.session.composer.setDraft('abcd');
    bench.session.dispose();
    await settle();
    assert.equal(onDisk(), 'abcd');
  });
});
