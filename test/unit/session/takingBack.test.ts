import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { clear } from '../../../src/extension/session/cleared';
import type { RemoteFile } from '../../../src/extension/twin/model';
import { incoming } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { outgoingFile } from '../../support/outgoingFile';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

const FILE = outgoingFile();
/** The same once TWIN has it. */
const STORED: RemoteFile = {
  id: 'f1',
  name: FILE.name,
  contentType: FILE.contentType,
  size: FILE.size,
  url: 'http://api.test/f1',
};

describe('An own message that is not sent yet', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
  });

  afterEach(() => bench.close());

  /** The POST under way is aborted, and ends as the network says. */
  async function aborted(neverLeft: boolean): Promise<void> {
    const [call] = bench.twin.sends;
    await settle();
    assert.equal(call?.signal?.aborted, true);
    call.fail(new TwinError('stopped', 'x', { neverLeft }));
    await settle();
  }

  it('is taken back from the queue, and those behind it go', async () => {
    await bench.send('a');
    await bench.send('b');
    await bench.send('c');
    bench.session.remove('b');
    await settle();
    bench.twin.sends[0]?.answer({ id: 's1', createdAt: null });
    await settle();
    assert.deepEqual(
      [bench.fates, bench.posted],
      [
        ['a sent', 'c sending'],
        ['text of a', 'text of c'],
      ],
    );
  });

  it('is taken back for ever, even while it is picked to go', async () => {
    await bench.disconnected();
    await bench.send('a');
    const release = bench.storage.hold();
    bench.session.remove('a');
    await bench.clock.advance(250);
    await bench.connected();
    release();
    await settle();
    assert.deepEqual([bench.fates, bench.posted], [[], []]);
  });

  it('comes back into the composer, and over a crash too', async () => {
    await bench.disconnected();
    await bench.send('a', 'first');
    bench.session.composer.setDraft('more');
    await bench.session.flush();
    bench.session.edit('a');
    await settle();
    assert.equal(bench.draft, 'first\n\nmore');
    bench.storage.drafts.set('k', 'twin-chat-draft 1 0 0\nmore'); // the disk has not heard of it
    await bench.reopen({ flush: false });
    assert.deepEqual([bench.fates, bench.draft], [[], 'first\n\nmore']);
  });

  it('is given up on its way: unknown, for it may have been taken', async () => {
    await bench.send('a');
    await bench.send('b');
    bench.session.edit('a');
    await aborted(false);
    assert.deepEqual([bench.fates, bench.draft], [['a unknown', 'b sending'], '']);
  });

  it('is taken back on its way if it provably never left', async () => {
    await bench.send('a');
    await bench.send('b');
    bench.session.edit('a');
    await aborted(true);
    assert.deepEqual([bench.fates, bench.draft], [['b sending'], 'text of a']);
  });

  it('is taken back while its file is on its way, and the file with it', async () => {
    const id = bench.session.attach(clear(FILE));
    bench.session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
    await settle();
    assert.deepEqual(bench.fates, ['a sending']);
    bench.session.edit('a');
    await settle();
    assert.deepEqual([bench.fates, bench.draft, bench.posted], [[], 'see', []]);
    assert.equal(bench.session.conversation.composer.pending[0]?.state, 'uploading');
  });

  it('does not go without the file that a restart has lost', async () => {
    await bench.disconnected();
    const id = bench.session.attach(clear(FILE));
    bench.session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
    await settle();
    await bench.reopen();
    await bench.connected();
    assert.deepEqual([bench.fates, bench.posted], [['a failed'], []]);
    assert.equal(bench.messages[0]?.problem?.step, 'upload');
  });

  it('hears a wish once, however often one clicks', async () => {
    await bench.send('a');
    bench.twin.sends[0]?.fail(new TwinError('refused', 'x', { status: 400 }));
    await settle();
    bench.session.sendAgain('a');
    bench.session.sendAgain('a');
    bench.session.remove('a');
    await settle();
    assert.deepEqual([bench.fates, bench.posted.length], [['a sending'], 2]);
  });

  it('leaves behind what the server wanted: the next one waits as long, over a restart, too', async () => {
    await bench.send('a');
    const busy = new TwinError('rateLimited', 'x', { status: 503, retryAfter: 60_000 });
    bench.twin.sends[0]?.fail(busy);
    await settle();
    bench.session.remove('a');
    await settle();
    await bench.send('b');
    await bench.reopen();
    await bench.connected();
    await bench.clock.advance(59_000);
    assert.deepEqual(bench.posted, ['text of a']);
    await bench.clock.advance(1_000);
    assert.deepEqual(bench.posted, ['text of a', 'text of b']);
  });

  it('says until when the server wants it to wait, and keeps to it over a restart', async () => {
    await bench.send('a');
    const error = new TwinError('rateLimited', 'x', { status: 429, retryAfter: 60_000 });
    bench.twin.sends[0]?.fail(error);
    await settle();
    const until = bench.clock.now() + 60_000;
    assert.equal(bench.messages[0]?.waitsUntil, until);
    await bench.clock.advance(10_000);
    await bench.reopen();
    await bench.connected();
    assert.equal(bench.messages[0].waitsUntil, until);
    await bench.clock.advance(49_999);
    assert.equal(bench.posted.length, 1);
    await bench.clock.advance(1);
    assert.deepEqual([bench.posted.length, bench.messages[0].waitsUntil], [2, null]);
  });

  it('waits no longer than the server wants where the clock is set back, after a restart neither', async () => {
    await bench.send('a');
    const error = new TwinError('rateLimited', 'x', { status: 429, retryAfter: 60_000 });
    bench.twin.sends[0]?.fail(error);
    await settle();
    bench.clock.jump(-3_600_000);
    await bench.reopen();
    await bench.connected();
    await bench.clock.advance(60_000);
    assert.deepEqual(bench.posted, ['text of a', 'text of a']);
    bench.twin.sends[1]?.answer({ id: 's1', createdAt: null });
    await settle();
    await bench.reopen();
    await bench.connected();
    await bench.send('b');
    assert.deepEqual(bench.posted, ['text of a', 'text of a', 'text of b']);
  });

  it('is frozen at the end, and says that it is kept', async () => {
    await bench.send('a');
    await bench.send('b');
    await bench.twin.emit({ type: 'message', message: incoming({ id: 't', type: 'terminal' }) });
    bench.twin.sends[0]?.answer({ id: 's1', createdAt: null });
    await settle();
    const own = bench.messages.find(({ key }) => key === 'b');
    assert.deepEqual([own?.delivery, own?.problem?.reason], ['queued', 'sessionEnded']);
    assert.equal(bench.posted.length, 1);
    assert.equal(bench.session.unsent().text, 'text of b');
  });

  it('goes into the next chat when one of unknown fate is sent again after the end', async () => {
    await bench.send('a');
    bench.twin.sends[0]?.fail(new TwinError('timeout', 'x'));
    await settle();
    await bench.session.end();
    bench.session.composer.setDraft('about a text of a kind');
    bench.session.sendAgain('a');
    bench.session.sendAgain('a');
    await settle();
    const draft = 'text of a\n\nabout a text of a kind';
    assert.deepEqual([bench.fates, bench.draft], [['a unknown'], draft]);
    assert.equal(bench.session.unsent().text, draft);
  });

  it('goes into the next chat with its file when it is sent again after the end', async () => {
    const id = bench.session.attach(clear(FILE));
    bench.session.send({ key: 'a', text: '', attachmentIds: [id], replyTo: null });
    await settle();
    bench.twin.uploads[0]?.answer(STORED);
    await settle();
    bench.twin.sends[0]?.fail(new TwinError('timeout', 'x'));
    await settle();
    await bench.session.end();
    const pending = () => bench.session.conversation.composer.pending;
    const again = (): void => {
      bench.session.sendAgain('a');
      bench.session.sendAgain('a');
      assert.deepEqual(
        pending().map(({ name, state }) => [name, state]),
        [[FILE.name, 'ready']],
      );
      assert.equal(bench.session.unsent().files.length, 1);
    };
    again();
    bench.session.composer.uploads.remove(pending()[0]?.id ?? '');
    again();
    await bench.reopen(); // into which a file that TWIN has comes, too
    again();
    assert.deepEqual(bench.session.unsent().files, [STORED]);
  });

  it('goes into the next chat once when a failed one is tried again after the end', async () => {
    const id = bench.session.attach(clear(FILE));
    bench.session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
    await settle();
    bench.twin.uploads[0]?.answer(STORED);
    await settle();
    bench.twin.sends[0]?.fail(new TwinError('refused', 'x', { status: 400 }));
    await settle();
    await bench.session.end();
    bench.session.composer.setDraft('more');
    bench.session.sendAgain('a');
    bench.session.sendAgain('a');
    await settle();
    assert.deepEqual([bench.fates, bench.draft], [[], 'see\n\nmore']);
    const { text, files } = bench.session.unsent();
    assert.deepEqual([text, files], ['see\n\nmore', [STORED]]);
  });
});
