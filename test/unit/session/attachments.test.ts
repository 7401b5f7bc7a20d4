import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { clear } from '../../../src/extension/session/cleared';
import { remoteFile } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { outgoingFile } from '../../support/outgoingFile';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('A message with files', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
  });

  afterEach(() => bench.close());

  it('uploads at once and sends the ids', async () => {
    const id = bench.session.attach(clear(outgoingFile()));
    const [pending] = bench.session.conversation.composer.pending;
    assert.deepEqual(
      [pending?.name, pending?.state, pending?.unsaved],
      ['план.ts', 'uploading', true],
    );
    bench.twin.uploads[0]?.answer(remoteFile({ id: 'f7' }));
    await settle();
    assert.equal(bench.session.conversation.composer.pending[0]?.state, 'ready');
    bench.session.send({ key: 'a', text: '', attachmentIds: [id], replyTo: null });
    await settle();
    assert.deepEqual(bench.twin.sends[0]?.request.attachmentIds, ['f7']);
    assert.deepEqual(bench.session.conversation.composer.pending, []);
    const [shown] = bench.messages[0]?.attachments ?? [];
    assert.equal(bench.session.fileByKey(shown?.key ?? '')?.id, 'f7');
  });

  it('waits for what is still on its way', async () => {
    const id = bench.session.attach(clear(outgoingFile()));
    bench.session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
    await bench.send('b');
    assert.equal(bench.twin.sends.length, 0);
    assert.equal(bench.messages[0]?.attachments[0]?.name, 'план.ts');
    bench.twin.uploads[0]?.answer(remoteFile({ id: 'f7', name: 'план.ts' }));
    await settle();
    assert.deepEqual(bench.twin.sends[0]?.request.attachmentIds, ['f7']);
  });

  it('fails the message when a file fails, and sends both again', async () => {
    const id = bench.session.attach(clear(outgoingFile()));
    bench.session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
    await settle();
    bench.twin.uploads[0]?.fail(new TwinError('tooLarge', 'x', { status: 413 }));
    await settle();
    assert.deepEqual(bench.deliveries, ['failed']);
    assert.deepEqual(
      [bench.messages[0]?.problem?.step, bench.messages[0]?.problem?.reason],
      ['upload', 'tooLargeForHost'],
    );
    bench.session.sendAgain('a');
    await settle();
    bench.twin.uploads[1]?.answer(remoteFile({ id: 'f8' }));
    await settle();
    assert.deepEqual(bench.twin.sends[0]?.request.attachmentIds, ['f8']);
  });

  it('says of each what is wrong with it, and retries', async () => {
    bench.session.attach(clear(outgoingFile({ size: 0 })));
    const id = bench.session.attach(clear(outgoingFile()));
    await settle();
    bench.twin.uploads[0]?.fail(new Error('EACCES'));
    await settle();
    const reasons = bench.session.conversation.composer.pending.map((it) => it.problem?.reason);
    assert.deepEqual(reasons, ['emptyFile', 'unreadable']);
    bench.session.composer.uploads.retry(id);
    await settle();
    assert.equal(bench.session.conversation.composer.pending[1]?.state, 'uploading');
    bench.session.composer.uploads.remove(id);
    assert.equal(bench.session.conversation.composer.pending.length, 1);
  });
});
