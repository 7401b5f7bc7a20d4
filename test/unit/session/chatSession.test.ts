import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { ChatSession, type SessionParts } from '../../../src/extension/session/chatSession';
import { clear } from '../../../src/extension/session/cleared';
import { loadJournal } from '../../../src/extension/session/journal';
import type { Lease } from '../../../src/extension/session/lease';
import type { OutgoingFile } from '../../../src/extension/session/outgoingFile';
import type { SessionSettings } from '../../../src/extension/session/sessionSettings';
import type { Delivery, MessageRow } from '../../../src/shared/conversation';
import type { LiveEvent } from '../../../src/extension/twin/model';
import { incoming, remoteFile, START } from '../../support/conversations';
import { FakeTwin } from '../../support/fakeTwin';
import { useLeakCheck } from '../../support/leakCheck';
import { ManualClock, settle } from '../../support/manualClock';
import { MemoryJournalStorage } from '../../support/memoryJournalStorage';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

const SETTINGS: SessionSettings = {
  chatId: 'chat',
  demo: false,
  apiUrl: 'http://api.test',
  messagesUrl: 'http://messages.test',
  name: 'VS Code',
  clientExternalId: null,
  clientMetadata: {},
};
const LEASE: Lease = { isHeld: () => Promise.resolve(true), release: () => undefined };
const ANSWER = { id: 'S', clientId: null, startedAt: START, ttl: 3600, messages: [] };

let clock: ManualClock;
let storage: MemoryJournalStorage;
let twin: FakeTwin;
let session: ChatSession;
let ids = 0;

function parts(): SessionParts {
  return {
    storage,
    createApi: () => twin,
    clock,
    random: () => 0.5,
    createId: () => `id${(ids += 1)}`,
    logger: log.logger,
  };
}

function open(): ChatSession {
  return new ChatSession(parts(), {
    key: 'k',
    settings: SETTINGS,
    addresses: SETTINGS,
    lease: LEASE,
  });
}

/** The same session in a new process. */
async function reopen(): Promise<void> {
  await session.flush();
  session.dispose();
  const { events } = await loadJournal(storage, 'k');
  session = new ChatSession(parts(), {
    key: 'k',
    settings: null,
    addresses: SETTINGS,
    lease: LEASE,
  });
  await session.resume(events, await storage.readDraft('k'));
}

async function goOnline(): Promise<void> {
  void session.start();
  await settle();
  twin.starts.at(-1)?.answer(ANSWER);
  await settle();
  twin.live.listener.onConnect();
  await settle();
}

async function send(key: string, text = `text of ${key}`): Promise<void> {
  session.send({ key, text: clear(text), attachmentIds: [], replyTo: null });
  await settle();
}

function messages(): readonly MessageRow[] {
  return session.conversation.rows.filter((row) => row.kind === 'message');
}

function deliveries(): readonly (Delivery | null)[] {
  return messages().map((row) => row.delivery);
}

function says(id: string, text = id): LiveEvent {
  return { type: 'message', message: incoming({ id, text }) };
}

function happenings(): readonly string[] {
  return session.conversation.rows.flatMap((it) =>
    it.kind === 'happening' ? it.happening.type : [],
  );
}

function file(fields: Partial<OutgoingFile> = {}): OutgoingFile {
  return {
    name: 'план.ts',
    contentType: 'text/plain; charset=utf-8',
    size: 3,
    unsaved: true,
    read: async function* () {
      yield await Promise.resolve(new Uint8Array(3));
    },
    ...fields,
  };
}

const DAY = 86_400_000;

describe('ChatSession', () => {
  beforeEach(() => {
    clock = new ManualClock(START);
    storage = new MemoryJournalStorage();
    twin = new FakeTwin(storage.history);
    session = open();
  });

  afterEach(async () => {
    await session.flush();
    session.dispose();
    assert.equal(clock.pending, 0, 'timers are left');
    assert.equal(twin.open, 0, 'connections are left');
  });

  it('takes the session’s id out of a text, as it is and as it stands in addresses', async () => {
    const canary = 'b7d9 secret/id';
    void session.start();
    await settle();
    twin.starts.at(-1)?.answer({ ...ANSWER, id: canary });
    await settle();
    const text = `${canary} https://x.example/${encodeURIComponent(canary)}/a?b=c`;
    assert.equal(session.conceal(text), '… https://x.example/…/a?b=c');
  });

  describe('start', () => {
    it('shows the greeting before the socket is there', async () => {
      void session.start();
      await settle();
      assert.equal(session.conversation.connection, 'starting');
      twin.starts[0]?.answer({ ...ANSWER, messages: [incoming({ text: 'Hello' })] });
      await settle();
      assert.deepEqual(
        messages().map((row) => row.text),
        ['Hello'],
      );
      assert.equal(session.conversation.connection, 'starting');
      twin.live.listener.onConnect();
      await settle();
      assert.equal(session.conversation.connection, 'online');
    });

    it('says why it failed, loses nothing typed, and can be tried again', async () => {
      session.setDraft('dear bot');
      void session.start();
      await settle();
      twin.starts[0]?.fail(new TwinError('notFound', 'x', { status: 404 }));
      await settle();
      assert.equal(session.conversation.connection, 'failed');
      assert.deepEqual(session.conversation.problem, {
        step: 'start',
        reason: 'notFound',
        status: 404,
        host: 'api.test',
        limit: null,
      });
      await send('a');
      await goOnline();
      assert.equal(session.conversation.problem, null);
      assert.deepEqual(deliveries(), ['sending']);
    });

    it('keeps trying to connect, and says so', async () => {
      void session.start();
      await settle();
      twin.starts[0]?.answer(ANSWER);
      await settle();
      twin.live.listener.onFailure(new TwinError('unreachable', 'x'));
      await settle();
      assert.equal(session.conversation.connection, 'reconnecting');
      assert.equal(session.conversation.problem?.step, 'connect');
      await clock.advance(250);
      twin.live.listener.onConnect();
      await settle();
      assert.equal(session.conversation.connection, 'online');
    });

    it('gives up where the server refuses the protocol', async () => {
      void session.start();
      await settle();
      twin.starts[0]?.answer(ANSWER);
      await settle();
      twin.live.listener.onFailure(new TwinError('protocol', 'x', { status: 400 }));
      await settle();
      assert.deepEqual(
        [session.conversation.connection, session.conversation.problem?.reason],
        ['failed', 'protocol'],
      );
      assert.equal(clock.pending, 0);
    });

    it('can be ended before it has begun', async () => {
      void session.start();
      await settle();
      await session.end();
      twin.starts[0]?.answer(ANSWER);
      await settle();
      assert.equal(session.conversation.connection, 'ended');
      assert.equal(twin.connections.length, 0);
    });
  });

  describe('incoming', () => {
    it('writes first, then acknowledges, then shows; each once', async () => {
      await goOnline();
      const shown = session.onDidReceiveMessage((row) => {
        storage.history.push(`shown ${row.text}`);
      });
      storage.history.length = 0;
      for (let times = 0; times < 3; times += 1) twin.live.listener.onEvent(says('m1'));
      await settle();
      await twin.emit(says('m1'));
      assert.deepEqual(storage.history, ['written received', 'acknowledged m1', 'shown m1']);
      shown.dispose();
    });

    it('does not acknowledge before the disk has it', async () => {
      await goOnline();
      let release: () => void = () => undefined;
      storage.gate = new Promise((resolve) => (release = resolve));
      await twin.emit(says('m1'));
      assert.deepEqual([twin.live.acknowledged, messages()], [[], []]);
      release();
      await settle();
      assert.deepEqual(twin.live.acknowledged, ['m1']);
    });

    it('acknowledges with the next connection what was written without one', async () => {
      await goOnline();
      let release: () => void = () => undefined;
      storage.gate = new Promise((resolve) => (release = resolve));
      const [first] = twin.connections;
      await twin.emit(says('m1'));
      first?.listener.onDisconnect('transport close');
      release();
      await settle();
      await clock.advance(3_000);
      twin.live.listener.onConnect();
      await settle();
      assert.deepEqual([first?.acknowledged, twin.live.acknowledged], [[], ['m1']]);
    });

    it('shows typing for 8 s at most, counted from its last sign', async () => {
      await goOnline();
      const typing: LiveEvent = { type: 'typing', author: 'bot' };
      await twin.emit(typing);
      await clock.advance(7_000);
      await twin.emit(typing);
      await clock.advance(7_999);
      assert.ok(session.conversation.typing);
      await clock.advance(1);
      assert.equal(session.conversation.typing, null);
      await twin.emit(typing);
      await twin.emit(says('m'));
      assert.deepEqual([session.conversation.typing, clock.pending], [null, 0]);
    });

    it('shows nobody typing whose message has come by the time the disk is ready', async () => {
      await goOnline();
      let release: () => void = () => undefined;
      storage.gate = new Promise((resolve) => (release = resolve));
      await twin.emit(says('m1'));
      await twin.emit({ type: 'typing', author: 'bot' });
      await twin.emit(says('m2'));
      release();
      await settle();
      assert.deepEqual([messages().length, session.conversation.typing], [2, null]);
    });

    it('stays for late messages after TERMINAL, but does not come back', async () => {
      await goOnline();
      await twin.emit({ type: 'message', message: incoming({ id: 't', type: 'terminal' }) });
      assert.equal(session.conversation.connection, 'ended');
      await twin.emit(says('late'));
      assert.deepEqual(twin.live.acknowledged, ['t', 'late']);
      twin.live.listener.onDisconnect('io server disconnect');
      await settle();
      assert.deepEqual([clock.pending, twin.open], [0, 0]);
    });
  });

  describe('outgoing', () => {
    it('writes before the first byte leaves, one at a time, in order', async () => {
      await goOnline();
      storage.history.length = 0;
      await send('a');
      await send('b');
      assert.deepEqual(storage.history, [
        'written queued',
        'written sending',
        'posted text of a',
        'written queued',
      ]);
      assert.deepEqual(deliveries(), ['sending', 'queued']);
      twin.sends[0]?.answer({ id: 's1', createdAt: START });
      await settle();
      assert.deepEqual(deliveries(), ['sent', 'sending']);
    });

    it('sends one key once', async () => {
      await goOnline();
      await send('a');
      await send('a');
      assert.deepEqual(deliveries(), ['sending']);
    });

    it('waits until it is online', async () => {
      void session.start();
      await send('a');
      twin.starts[0]?.answer(ANSWER);
      await settle();
      assert.equal(twin.sends.length, 0);
      twin.live.listener.onConnect();
      await settle();
      assert.equal(twin.sends.length, 1);
      twin.sends[0]?.answer({ id: 's1', createdAt: null });
      twin.live.listener.onDisconnect('x');
      await settle();
      await send('b');
      assert.deepEqual(deliveries(), ['sent', 'queued']);
    });

    it('sends again by itself what was provably not taken, and says why it waits', async () => {
      await goOnline();
      await send('a');
      await send('b');
      twin.sends[0]?.fail(new TwinError('unreachable', 'x'));
      await settle();
      assert.deepEqual(deliveries(), ['queued', 'queued']);
      assert.equal(messages()[0]?.problem?.reason, 'unreachable');
      await clock.advance(250);
      assert.deepEqual(
        twin.sends.map((it) => it.request.text),
        ['text of a', 'text of a'],
      );
    });

    it('does not call before the server said, whatever happens, and at most 10 min later', async () => {
      await goOnline();
      await send('a');
      twin.sends[0]?.fail(new TwinError('rateLimited', 'x', { status: 429, retryAfter: 1e9 }));
      await settle();
      twin.live.listener.onDisconnect('x');
      await clock.advance(3_000);
      twin.live.listener.onConnect();
      await clock.advance(596_999);
      assert.equal(twin.sends.length, 1);
      await clock.advance(1);
      assert.equal(twin.sends.length, 2);
    });

    it('never sends again by itself what may have been taken, and lets the others pass', async () => {
      await goOnline();
      await send('a');
      await send('b');
      twin.sends[0]?.fail(new TwinError('timeout', 'x'));
      await settle();
      await clock.advance(100_000);
      assert.deepEqual(deliveries(), ['unknown', 'sending']);
      session.sendAgain('a');
      twin.sends[1]?.answer({ id: 's2', createdAt: null });
      await settle();
      assert.deepEqual(
        twin.sends.map((it) => it.request.text),
        ['text of a', 'text of b', 'text of a'],
      );
    });

    it('lets the person say that an unknown one has arrived', async () => {
      await goOnline();
      await send('a');
      twin.sends[0]?.fail(new TwinError('refused', 'x', { status: 502 }));
      await settle();
      session.confirmArrived('a');
      await settle();
      assert.deepEqual(deliveries(), ['sent']);
    });

    it('shows what the server refused, to be sent again, edited or deleted', async () => {
      await goOnline();
      for (const key of ['a', 'b', 'c']) {
        await send(key);
        twin.sends.at(-1)?.fail(new TwinError('refused', 'x', { status: 400 }));
        await settle();
      }
      assert.deepEqual(deliveries(), ['failed', 'failed', 'failed']);
      assert.equal(messages()[0]?.problem?.status, 400);
      session.remove('a');
      session.setDraft('more');
      session.edit('b');
      session.sendAgain('c');
      await settle();
      assert.deepEqual(deliveries(), ['sending']);
      assert.deepEqual(session.conversation.composer.draft, {
        text: 'text of b\n\nmore',
        version: 1,
      });
    });

    it('names what it answers to by the id of the server', async () => {
      await goOnline();
      await twin.emit(says('m1', 'question'));
      const [asked] = messages();
      session.send({ key: 'a', text: clear('x'), attachmentIds: [], replyTo: asked?.key ?? '' });
      await settle();
      assert.equal(twin.sends[0]?.request.replyToMessageId, 'm1');
      assert.equal(messages()[1]?.quote?.text, 'question');
    });

    it('presses an answer as an ordinary message', async () => {
      await goOnline();
      await twin.emit({
        type: 'message',
        message: incoming({ id: 'm', answers: ['yes', 'no'] }),
      });
      const [asked] = messages();
      session.setDraft('stays');
      session.pressAnswer('a', asked?.key ?? '', 1);
      session.pressAnswer('b', asked?.key ?? '', 0);
      await settle();
      assert.deepEqual(
        twin.sends.map((it) => it.request),
        [{ text: 'no', attachmentIds: [], replyToMessageId: null }],
      );
      assert.equal(messages()[0]?.chosenAnswer, 1);
      assert.equal(session.conversation.composer.draft.text, 'stays');
    });

    it('keeps what an ended session did not take', async () => {
      await goOnline();
      await send('a');
      await send('b');
      session.setDraft('draft');
      twin.sends[0]?.fail(new TwinError('sessionEnded', 'x', { status: 410 }));
      await settle();
      assert.equal(session.conversation.connection, 'ended');
      assert.equal(session.unsent().text, 'text of a\n\ntext of b\n\ndraft');
      await send('c', 'too late');
      assert.equal(session.conversation.composer.draft.text, 'too late');
    });
  });

  describe('attachments', () => {
    it('uploads at once and sends the ids', async () => {
      await goOnline();
      const id = session.attach(clear(file()));
      const [pending] = session.conversation.composer.pending;
      assert.deepEqual(
        [pending?.name, pending?.state, pending?.unsaved],
        ['план.ts', 'uploading', true],
      );
      twin.uploads[0]?.answer(remoteFile({ id: 'f7' }));
      await settle();
      assert.equal(session.conversation.composer.pending[0]?.state, 'ready');
      session.send({ key: 'a', text: '', attachmentIds: [id], replyTo: null });
      await settle();
      assert.deepEqual(twin.sends[0]?.request.attachmentIds, ['f7']);
      assert.deepEqual(session.conversation.composer.pending, []);
      const [shown] = messages()[0]?.attachments ?? [];
      assert.equal(session.fileByKey(shown?.key ?? '')?.id, 'f7');
    });

    it('waits for what is still on its way', async () => {
      await goOnline();
      const id = session.attach(clear(file()));
      session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
      await send('b');
      assert.equal(twin.sends.length, 0);
      assert.equal(messages()[0]?.attachments[0]?.name, 'план.ts');
      twin.uploads[0]?.answer(remoteFile({ id: 'f7', name: 'план.ts' }));
      await settle();
      assert.deepEqual(twin.sends[0]?.request.attachmentIds, ['f7']);
    });

    it('fails the message when a file fails, and sends both again', async () => {
      await goOnline();
      const id = session.attach(clear(file()));
      session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
      await settle();
      twin.uploads[0]?.fail(new TwinError('tooLarge', 'x', { status: 413 }));
      await settle();
      assert.deepEqual(deliveries(), ['failed']);
      assert.deepEqual(
        [messages()[0]?.problem?.step, messages()[0]?.problem?.reason],
        ['upload', 'tooLargeForHost'],
      );
      session.sendAgain('a');
      await settle();
      twin.uploads[1]?.answer(remoteFile({ id: 'f8' }));
      await settle();
      assert.deepEqual(twin.sends[0]?.request.attachmentIds, ['f8']);
    });

    it('says of each what is wrong with it, and retries', async () => {
      await goOnline();
      session.attach(clear(file({ size: 0 })));
      const id = session.attach(clear(file()));
      await settle();
      twin.uploads[0]?.fail(new Error('EACCES'));
      await settle();
      const reasons = session.conversation.composer.pending.map((it) => it.problem?.reason);
      assert.deepEqual(reasons, ['emptyFile', 'unreadable']);
      session.retryAttachment(id);
      await settle();
      assert.equal(session.conversation.composer.pending[1]?.state, 'uploading');
      session.removeAttachment(id);
      assert.equal(session.conversation.composer.pending.length, 1);
    });
  });

  describe('the connection', () => {
    it('comes back with one socket, and shows the gap', async () => {
      await goOnline();
      await clock.advance(10_000);
      twin.live.listener.onDisconnect('transport close');
      await settle();
      assert.equal(session.conversation.connection, 'reconnecting');
      for (let attempt = 0; attempt < 3; attempt += 1) {
        await clock.advance(3_000);
        assert.equal(twin.open, 1);
        if (attempt < 2) twin.live.listener.onFailure(new TwinError('unreachable', 'x'));
      }
      twin.live.listener.onConnect();
      await settle();
      assert.equal(session.conversation.connection, 'online');
      const gap = session.conversation.rows.at(-1);
      assert.deepEqual(gap?.kind === 'happening' && gap.happening, {
        type: 'gap',
        from: START, // since then nothing was heard: the loss is noticed later than it happens
        to: clock.now(),
      });
    });

    it('does not listen to a connection it has let go', async () => {
      await goOnline();
      const [old] = twin.connections;
      old?.listener.onDisconnect('x');
      await settle();
      session.reconnectNow();
      assert.equal(twin.connections.length, 2);
      old?.listener.onConnect();
      old?.listener.onEvent(says('ghost'));
      await settle();
      assert.deepEqual([session.conversation.connection, messages()], ['reconnecting', []]);
    });
  });

  describe('a reload', () => {
    it('brings back the same conversation, and acknowledges nothing twice', async () => {
      await goOnline();
      await twin.emit(says('m1'));
      await send('a');
      twin.sends[0]?.answer({ id: 's1', createdAt: START });
      await settle();
      session.setDraft('draft');
      const before = session.conversation;
      await reopen();
      twin.live.listener.onConnect();
      await twin.emit(says('m1'));
      assert.deepEqual(messages(), before.rows);
      assert.equal(session.conversation.connection, 'online');
      assert.equal(session.conversation.composer.draft.text, 'draft');
      assert.deepEqual(twin.live.acknowledged, []);
      assert.deepEqual(happenings(), ['gap']);
    });

    it('does not know the fate of what was on its way, and sends what was queued', async () => {
      await goOnline();
      await send('a');
      await send('b');
      await reopen();
      assert.deepEqual(deliveries(), ['unknown', 'queued']);
      twin.live.listener.onConnect();
      await settle();
      assert.deepEqual(deliveries(), ['unknown', 'sending']);
    });

    it('knows that a message whose file was on its way has not left', async () => {
      await goOnline();
      const id = session.attach(clear(file()));
      session.send({ key: 'a', text: clear('see'), attachmentIds: [id], replyTo: null });
      await settle();
      await reopen();
      assert.deepEqual([deliveries(), messages()[0]?.problem?.step], [['failed'], 'upload']);
      session.edit('a');
      await settle();
      assert.equal(session.conversation.composer.draft.text, 'see');
    });

    it('leaves it to the server whether what may live still does: the clock may have been set', async () => {
      await goOnline();
      clock.jump(DAY);
      await reopen();
      await settle();
      assert.deepEqual([session.conversation.connection, happenings()], ['starting', []]);
    });

    it('shows as ended what can live no more, however wrong the clock was', async () => {
      await goOnline();
      clock.jump(DAY + 3_600_001);
      await reopen();
      await settle();
      assert.deepEqual([session.conversation.connection, happenings()], ['ended', ['ended']]);
    });
  });

  describe('a disk that fails', () => {
    it('goes on in memory and says so', async () => {
      await goOnline();
      storage.failure = new Error('ENOSPC');
      await twin.emit(says('m1'));
      await send('a');
      assert.ok(session.conversation.storageFailed);
      assert.deepEqual(twin.live.acknowledged, ['m1']);
      assert.deepEqual(
        [messages().map((row) => row.text), deliveries()],
        [
          ['m1', 'text of a'],
          [null, 'sending'],
        ],
      );
    });
  });

  describe('the draft', () => {
    it('is written at once, then now and then, and at the end', async () => {
      const onDisk = () => storage.drafts.get('k')?.replace('twin-chat-draft 0 0 0\n', '');
      session.setDraft('a');
      await settle();
      assert.equal(onDisk(), 'a');
      session.setDraft('ab');
      session.setDraft('abc');
      await settle();
      assert.equal(onDisk(), 'a');
      await clock.advance(500);
      assert.equal(onDisk(), 'abc');
      session.setDraft('abcd');
      session.dispose();
      await settle();
      assert.equal(onDisk(), 'abcd');
    });
  });
});
