import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { TwinError } from '../../../src/extension/core/errors';
import type { ChatSession } from '../../../src/extension/session/chatSession';
import { incoming, remoteFile } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { ManagerBench } from '../../support/managerBench';
import { settle } from '../../support/manualClock';
import { outgoingFile } from '../../support/outgoingFile';
import { SETTINGS } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('SessionManager', () => {
  let bench: ManagerBench;

  beforeEach(() => {
    bench = new ManagerBench(log.logger, { remembers: false, retentionDays: Infinity });
  });

  afterEach(() => bench.close());

  it('brings draft, queue and files of the session before into the composer', async () => {
    await bench.start();
    const { current } = bench.manager;
    const ready = current?.attach(clear(outgoingFile({ name: 'a.txt' })));
    bench.twin.uploads[0]?.answer(remoteFile({ id: 'f7', name: 'a.txt' }));
    await settle();
    bench.twin.live.listener.onDisconnect('x');
    await settle();
    current?.send({ key: 'a', text: clear('queued'), attachmentIds: [ready ?? ''], replyTo: null });
    current?.composer.setDraft('draft');
    await settle();
    await bench.start();
    assert.equal(bench.draft, 'queued\n\ndraft');
    const [pending] = bench.manager.current?.conversation.composer.pending ?? [];
    assert.deepEqual([pending?.name, pending?.state], ['a.txt', 'ready']);
    await bench.manager.flush();
    assert.equal(current?.unsent().text, '');
    await bench.reload();
    assert.equal(bench.draft, 'queued\n\ndraft');
  });

  for (const type of ['regular', 'terminal'] as const)
    it(`brings a message whose file is still being uploaded, after ${type} words`, async () => {
      await bench.start();
      const { current } = bench.manager;
      const id = current?.attach(clear(outgoingFile({ name: 'a.txt' }))) ?? '';
      current?.send({ key: 'a', text: clear('the log'), attachmentIds: [id], replyTo: null });
      await settle();
      await bench.twin.emit({ type: 'message', message: incoming({ text: 'Bye', type }) });
      await bench.start();
      const { draft, pending } = bench.manager.current?.conversation.composer ?? {};
      assert.deepEqual([draft?.text, pending?.map(({ name }) => name)], ['the log', ['a.txt']]);
      await bench.manager.flush();
      assert.deepEqual([current?.unsent().text, bench.twins.flatMap((it) => it.sends)], ['', []]);
    });

  it('uploads a file anew where the next session is at another host', async () => {
    await bench.start();
    bench.manager.current?.attach(clear(outgoingFile({ name: 'a.txt' })));
    bench.twin.uploads[0]?.answer(remoteFile({ id: 'f7', name: 'a.txt' }));
    await settle();
    await bench.manager.startChat({ ...SETTINGS, apiUrl: 'http://other.test' });
    const [pending] = bench.manager.current?.conversation.composer.pending ?? [];
    assert.deepEqual([bench.twins.flatMap((it) => it.uploads).length, pending?.name], [2, 'a.txt']);
    assert.notEqual(pending?.state, 'ready');
  });

  it('keeps what was written into a session that never started', async () => {
    await bench.manager.startChat(SETTINGS);
    await settle();
    bench.manager.current?.composer.setDraft('precious');
    bench.twin.starts[0]?.fail(new TwinError('unreachable', 'x'));
    await settle();
    await bench.reload();
    assert.equal(bench.manager.current, null);
    await bench.start();
    assert.equal(bench.draft, 'precious');
    await bench.manager.flush();
    assert.equal(bench.storage.journals.size, 1);
  });
});

describe('Many sessions take along what was written into one that could not start', () => {
  let bench: ManagerBench;
  let failed: ChatSession;

  beforeEach(async () => {
    bench = new ManagerBench(log.logger);
    await bench.begin('a');
    failed = await bench.manager.startChat(SETTINGS, { beside: true });
    failed.send({ key: 'x', text: clear('sent'), attachmentIds: [], replyTo: null });
    failed.composer.setDraft('written');
    await settle();
    bench.twin.starts[0]?.fail(new TwinError('unreachable', 'no network'));
    await settle();
  });

  afterEach(() => bench.close());

  const leaveAndStart = async () => {
    const [first] = bench.manager.sessions;
    await bench.manager.open(first?.key ?? '');
    const [next] = await bench.begin('next');
    await bench.manager.flush();
    return next.conversation.composer.draft.text;
  };

  it('and was left for another', async () => {
    assert.equal(await leaveAndStart(), 'sent\n\nwritten');
    assert.deepEqual(
      [bench.manager.byKey(failed.key), bench.remembered.includes(failed.key)],
      [null, false],
    );
  });

  it('also when the window was reloaded meanwhile', async () => {
    const [first] = bench.manager.sessions;
    await bench.manager.open(first?.key ?? '');
    await bench.reload();
    const [next] = await bench.begin('next');
    await bench.manager.flush();
    assert.equal(next.conversation.composer.draft.text, 'sent\n\nwritten');
    assert.equal(bench.storage.journals.has(failed.key), false);
  });

  it('unless a tab still shows it', async () => {
    const pin = bench.manager.pin(failed.key);
    assert.equal(await leaveAndStart(), '');
    assert.equal(failed.conversation.composer.draft.text, 'written');
    pin.dispose();
  });
});
