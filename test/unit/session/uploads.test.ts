import assert from 'node:assert/strict';
import type { PendingAttachment } from '../../../src/shared/conversation';
import { FileError, TwinError } from '../../../src/extension/core/errors';
import { clear } from '../../../src/extension/session/cleared';
import type { UploadsUnderWay } from '../../../src/extension/session/upload';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { outgoingFile } from '../../support/outgoingFile';
import { SessionBench, SETTINGS } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

const KILOBYTE = 1024;

describe('Files on their way', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
  });

  afterEach(() => bench.close());

  /** A chat whose profile wants a question before anything goes. */
  async function inAskingChat(): Promise<void> {
    await bench.close();
    bench = new SessionBench(log.logger, {}, { ...SETTINGS, asksFirst: true });
    await bench.goOnline();
  }

  const attach = (name: string, size = KILOBYTE): string =>
    bench.session.attach(clear(outgoingFile({ name, size })));

  function pending(id: string): PendingAttachment | undefined {
    return bench.session.conversation.composer.pending.find((file) => file.id === id);
  }

  async function arrives(upload: number, name = 'a'): Promise<void> {
    const file = { id: `on server ${name}`, name, contentType: null, size: null, url: null };
    bench.twin.uploads[upload]?.answer(file);
    await settle();
  }

  async function fails(upload: number, error: Error): Promise<void> {
    bench.twin.uploads[upload]?.fail(error);
    await settle();
  }

  const tooLarge = (): TwinError => new TwinError('tooLarge', 'no', { status: 413 });

  it('says who takes no file of this size, and how large it was', async () => {
    const id = attach('a', 5 * KILOBYTE);
    await fails(0, tooLarge());
    assert.deepEqual(pending(id)?.problem, {
      step: 'upload',
      reason: 'tooLargeForHost',
      status: 413,
      host: 'api.test',
      limit: 5 * KILOBYTE,
    });
  });

  it('does not call a host again that refused such a size, and takes smaller files to it', async () => {
    attach('a', 5 * KILOBYTE);
    await fails(0, tooLarge());
    const same = attach('b', 5 * KILOBYTE);
    attach('c', 4 * KILOBYTE);
    await settle();
    assert.deepEqual(
      bench.twin.uploads.map(({ request }) => request.name),
      ['a', 'c'],
    );
    const { reason, host, limit } = pending(same)?.problem ?? {};
    assert.deepEqual([reason, host, limit], ['tooLargeBefore', 'api.test', 5 * KILOBYTE]);
  });

  it('calls it again when the person insists, and believes it when it takes the file', async () => {
    attach('a', 5 * KILOBYTE);
    await fails(0, tooLarge());
    const insisted = attach('b', 6 * KILOBYTE);
    await settle();
    bench.session.composer.uploads.retry(insisted);
    await arrives(1);
    assert.equal(pending(insisted)?.state, 'ready');
    const next = attach('c', 6 * KILOBYTE);
    assert.equal(pending(next)?.state, 'uploading');
    assert.equal(bench.twin.uploads.length, 3);
  });

  it('remembers the smallest size that was refused', async () => {
    attach('a', 5 * KILOBYTE);
    attach('b', 9 * KILOBYTE);
    await fails(0, tooLarge());
    await fails(1, tooLarge());
    const id = attach('c', 6 * KILOBYTE);
    await settle();
    assert.equal(pending(id)?.problem?.limit, 5 * KILOBYTE);
  });

  it('says of a file on this side that it has changed, or is gone', async () => {
    const changed = attach('a');
    const gone = attach('b');
    await fails(0, new FileError('fileChanged'));
    await fails(1, new FileError('fileMissing'));
    assert.deepEqual(
      [pending(changed)?.problem?.reason, pending(gone)?.problem?.reason],
      ['fileChanged', 'fileMissing'],
    );
  });

  it('gives up all that is under way at once, and each can be tried again', async () => {
    const ids = ['a', 'b', 'c', 'd'].map((name) => attach(name)); // the last one waits its turn
    bench.session.composer.uploads.cancelAll();
    assert.deepEqual(
      bench.twin.uploads.map(({ signal }) => signal?.aborted),
      [true, true, true],
    );
    assert.deepEqual(
      ids.map((id) => pending(id)?.problem?.reason),
      ['cancelled', 'cancelled', 'cancelled', 'cancelled'],
    );
    const [first = ''] = ids;
    bench.session.composer.uploads.retry(first);
    await fails(0, new TwinError('stopped', 'given up')); // the old call's end is nobody's news
    assert.equal(pending(first)?.state, 'uploading');
    await arrives(3);
    assert.equal(pending(first)?.state, 'ready');
  });

  it('sends no message whose file was given up, and sends both when it is tried again', async () => {
    const id = attach('a');
    bench.session.send({ key: 'm', text: clear(''), attachmentIds: [id], replyTo: null });
    await settle();
    bench.session.composer.uploads.cancelAll();
    await settle();
    assert.deepEqual([bench.fates, bench.posted], [['m failed'], []]);
    bench.session.sendAgain('m');
    await settle();
    await arrives(1);
    assert.deepEqual(bench.twin.sends[0]?.request.attachmentIds, ['on server a']);
  });

  it('sends files in the order they were attached, however they arrive', async () => {
    const ids = ['a', 'b', 'c'].map((name) => attach(name));
    bench.session.send({ key: 'm', text: clear(''), attachmentIds: ids, replyTo: null });
    await settle();
    for (const [upload, name] of [
      [2, 'c'],
      [0, 'a'],
      [1, 'b'],
    ] as const)
      await arrives(upload, name);
    assert.deepEqual(bench.twin.sends[0]?.request.attachmentIds, [
      'on server a',
      'on server b',
      'on server c',
    ]);
  });

  it('waits, where the person is asked first, until something of his may go', async () => {
    await inAskingChat();
    const states = () => bench.session.conversation.composer.pending.map(({ state }) => state);
    bench.session.composer.takeOver({ text: '', files: [clear(outgoingFile({ size: KILOBYTE }))] });
    bench.session.composer.uploads.cancelAll(); // it is not under way, so it cannot be tried again either
    bench.session.composer.uploads.retry(bench.session.conversation.composer.pending[0]?.id ?? '');
    await settle();
    assert.deepEqual([bench.twin.uploads.length, states()], [0, ['ready']]);
    assert.equal(bench.session.unsent().files.length, 1);
    bench.session.composer.uploads.letGo();
    await settle();
    assert.deepEqual([bench.twin.uploads.length, states()], [1, ['uploading']]);
  });

  it('sets out at once in a chat in which the person has said something already', async () => {
    await inAskingChat();
    await bench.send('m');
    bench.session.composer.takeOver({ text: '', files: [clear(outgoingFile({ size: KILOBYTE }))] });
    assert.equal(bench.twin.uploads.length, 1);
  });

  it('tells ten times a second how much has left, and the whole at the end', async () => {
    const id = attach('a', 1000);
    const shown: (number | undefined)[] = [];
    const listening = bench.session.onDidChange(() => shown.push(pending(id)?.sentBytes));
    for (let sent = 100; sent <= 1000; sent += 100) {
      bench.twin.tellProgress[0]?.(sent);
      if (sent === 500) await bench.clock.advance(100);
    }
    listening.dispose();
    assert.deepEqual(shown, [100, 600, 1000]);
  });

  it('tells what is under way in all, also of a message that has left the composer', async () => {
    const told: (UploadsUnderWay | null)[] = [];
    const listening = bench.session.composer.uploads.onDidChange((it) => told.push(it));
    const id = attach('a', 1000);
    bench.session.send({ key: 'm', text: clear(''), attachmentIds: [id], replyTo: null });
    attach('b', 500);
    bench.twin.tellProgress[0]?.(1000);
    assert.deepEqual(told.at(-1), { names: ['a', 'b'], size: 1500, sentBytes: 1000 });
    await arrives(0);
    await arrives(1);
    listening.dispose();
    assert.equal(told.at(-1), null);
  });

  it('sets out with the next one as soon as one has come to an end', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) attach(name);
    const names = () => bench.twin.uploads.map(({ request }) => request.name).join('');
    assert.equal(names(), 'abc');
    await arrives(1);
    assert.equal(names(), 'abcd');
    await fails(0, new TwinError('timeout', 'broke'));
    assert.equal(names(), 'abcde');
  });

  it('begins anew when it is tried again: with no bytes, and without what was wrong', async () => {
    const told: (UploadsUnderWay | null)[] = [];
    const id = attach('a', 1000);
    const listening = bench.session.composer.uploads.onDidChange((it) => told.push(it));
    bench.twin.tellProgress[0]?.(1000);
    await fails(0, new TwinError('timeout', 'broke'));
    bench.session.composer.uploads.retry(id);
    listening.dispose();
    assert.equal(told.at(-1)?.sentBytes, 0);
    await arrives(1);
    bench.session.send({ key: 'm', text: clear('x'), attachmentIds: [id], replyTo: null });
    await settle();
    bench.twin.sends[0]?.fail(new TwinError('refused', 'no', { status: 400 }));
    await settle();
    bench.session.edit('m');
    await settle();
    assert.deepEqual([pending(id)?.state, pending(id)?.problem], ['ready', null]);
  });

  it('comes back with its message as it is: there already, or not, and why', async () => {
    const [there, broken] = [attach('a'), attach('b')];
    await arrives(0);
    await fails(1, new TwinError('timeout', 'broke'));
    const ids = [there, broken];
    bench.session.send({ key: 'm', text: clear('x'), attachmentIds: ids, replyTo: null });
    await settle();
    assert.deepEqual([pending(there), pending(broken)], [undefined, undefined]);
    bench.session.edit('m');
    await settle();
    const states = ids.map((id) => [pending(id)?.state, pending(id)?.unsaved]);
    assert.deepEqual(states, [
      ['ready', true],
      ['failed', true],
    ]);
    assert.equal(pending(broken)?.problem?.reason, 'timeout');
    assert.equal(bench.twin.uploads.length, 2);
  });

  it('is kept no longer than its message needs it', async () => {
    const { uploads } = bench.session.composer;
    const id = attach('a');
    await arrives(0);
    bench.session.send({ key: 'm', text: clear('x'), attachmentIds: [id], replyTo: null });
    await settle();
    assert.notEqual(uploads.localFile(id), null);
    bench.twin.sends[0]?.answer({ id: 's', createdAt: null });
    await settle();
    assert.equal(uploads.localFile(id), null);
  });

  it('is given up with its session, and nobody waits for it any more', async () => {
    const id = attach('a');
    const arrived = bench.session.composer.uploads.arrived([id]);
    await bench.close();
    assert.equal(bench.twin.uploads[0]?.signal?.aborted, true);
    await assert.rejects(arrived, { name: 'UploadError' });
  });
});
