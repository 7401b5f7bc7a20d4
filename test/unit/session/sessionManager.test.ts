import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import type { SessionParts } from '../../../src/extension/session/sessionParts';
import { clear } from '../../../src/extension/session/cleared';
import type { JournalTrouble } from '../../../src/extension/session/journalReader';
import { SessionManager, type SessionMemory } from '../../../src/extension/session/sessionManager';
import type { SessionSettings } from '../../../src/extension/session/sessionSettings';
import { incoming, remoteFile, START } from '../../support/conversations';
import { FakeTwin } from '../../support/fakeTwin';
import { useLeakCheck } from '../../support/leakCheck';
import { ManualClock, settle } from '../../support/manualClock';
import { MemoryJournalStorage } from '../../support/memoryJournalStorage';
import { outgoingFile } from '../../support/outgoingFile';
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

const MINUTE = 60_000;

describe('SessionManager', () => {
  let clock: ManualClock;
  let storage: MemoryJournalStorage;
  let twin: FakeTwin;
  let manager: SessionManager;
  let ids = 0;

  function open(memory: SessionMemory | null = null): SessionManager {
    const parts: SessionParts = {
      storage,
      createApi: () => twin,
      clock,
      random: () => 0.5,
      createId: () => `id${(ids += 1)}`,
      logger: log.logger,
    };
    return new SessionManager(parts, memory);
  }

  async function reload(): Promise<void> {
    await manager.flush();
    manager.dispose();
    manager = open();
    await manager.resumeLast();
  }

  async function start(settings = SETTINGS): Promise<void> {
    await manager.startChat(settings);
    await settle();
    const messages = [incoming({ text: 'Hello' })];
    const answer = { id: `S${ids}`, clientId: null, startedAt: START, ttl: 3600, messages };
    twin.starts.at(-1)?.answer(answer);
    await settle();
    twin.live.listener.onConnect();
    await settle();
  }

  function draft(): string | undefined {
    return manager.current?.conversation.composer.draft.text;
  }

  beforeEach(() => {
    clock = new ManualClock(START);
    storage = new MemoryJournalStorage();
    twin = new FakeTwin();
    manager = open();
  });

  afterEach(async () => {
    await manager.flush();
    manager.dispose();
    assert.deepEqual([clock.pending, twin.open], [0, 0]);
  });

  it('has nothing where there is nothing', async () => {
    assert.equal(await manager.resumeLast(), null);
  });

  for (const [what, leave, away] of [
    ['it was away', () => undefined, 0],
    [
      'it was offline before',
      async () => {
        twin.live.listener.onDisconnect('x');
        await clock.advance(5 * MINUTE);
      },
      5 * MINUTE,
    ],
    [
      'it could not come back after another one',
      async () => {
        await clock.advance(5 * MINUTE);
        await reload();
        await clock.advance(5 * MINUTE);
      },
      10 * MINUTE,
    ],
  ] as const)
    it(`tells after a reload only of the time in which ${what}, however long nobody had spoken`, async () => {
      await start();
      await clock.advance(30 * MINUTE);
      twin.live.listener.onHeartbeat(true);
      await leave();
      await reload();
      twin.live.listener.onConnect();
      await settle();
      const to = clock.now();
      const gap = manager.current?.conversation.rows.at(-1);
      assert.deepEqual(gap?.kind === 'happening' && gap.happening, {
        type: 'gap',
        from: to - away - 10_000, // what was sent then may have been on its way still
        to,
      });
    });

  it('shows a new session at once, and ends the one before', async () => {
    const shown: (string | undefined)[] = [];
    const subscription = manager.onDidChangeCurrent((session) => shown.push(session?.key));
    await start();
    const first = manager.current;
    await start();
    await manager.flush();
    assert.equal(shown.length, 2);
    assert.equal(first?.conversation.connection, 'ended');
    assert.equal(manager.current?.conversation.connection, 'online');
    assert.equal(twin.open, 1);
    subscription.dispose();
  });

  it('brings draft, queue and files of the session before into the composer', async () => {
    await start();
    const { current } = manager;
    const ready = current?.attach(clear(outgoingFile({ name: 'a.txt' })));
    twin.uploads[0]?.answer(remoteFile({ id: 'f7', name: 'a.txt' }));
    await settle();
    twin.live.listener.onDisconnect('x');
    await settle();
    current?.send({ key: 'a', text: clear('queued'), attachmentIds: [ready ?? ''], replyTo: null });
    current?.composer.setDraft('draft');
    await settle();
    await start();
    assert.equal(draft(), 'queued\n\ndraft');
    const [pending] = manager.current?.conversation.composer.pending ?? [];
    assert.deepEqual([pending?.name, pending?.state], ['a.txt', 'ready']);
    await manager.flush();
    assert.equal(current?.unsent().text, '');
    await reload();
    assert.equal(draft(), 'queued\n\ndraft');
  });

  for (const type of ['regular', 'terminal'] as const)
    it(`brings a message whose file is still being uploaded, after ${type} words`, async () => {
      await start();
      const { current } = manager;
      const id = current?.attach(clear(outgoingFile({ name: 'a.txt' }))) ?? '';
      current?.send({ key: 'a', text: clear('the log'), attachmentIds: [id], replyTo: null });
      await settle();
      await twin.emit({ type: 'message', message: incoming({ text: 'Bye', type }) });
      await start();
      const { draft, pending } = manager.current?.conversation.composer ?? {};
      assert.deepEqual([draft?.text, pending?.map(({ name }) => name)], ['the log', ['a.txt']]);
      await manager.flush();
      assert.deepEqual([current?.unsent().text, twin.sends], ['', []]);
    });

  it('uploads a file anew where the next session is at another host', async () => {
    await start();
    manager.current?.attach(clear(outgoingFile({ name: 'a.txt' })));
    twin.uploads[0]?.answer(remoteFile({ id: 'f7', name: 'a.txt' }));
    await settle();
    await manager.startChat({ ...SETTINGS, apiUrl: 'http://other.test' });
    const [pending] = manager.current?.conversation.composer.pending ?? [];
    assert.deepEqual([twin.uploads.length, pending?.name], [2, 'a.txt']);
    assert.notEqual(pending?.state, 'ready');
  });

  it('takes up the newest session, once, and with it what was written', async () => {
    await start();
    manager.current?.composer.setDraft('half a sen');
    const before = manager.current?.conversation;
    await reload();
    const session = manager.current;
    assert.equal(await manager.resumeLast(), session);
    assert.deepEqual(session?.conversation.rows, before?.rows);
    assert.deepEqual([session?.isLive, draft()], [true, 'half a sen']);
  });

  it('shows an ended one as it ended', async () => {
    await start();
    await manager.end();
    await reload();
    assert.equal(manager.current?.conversation.connection, 'ended');
    assert.equal(twin.open, 0);
  });

  it('does not look for a demo whose server is gone', async () => {
    await start({ ...SETTINGS, demo: true });
    await reload();
    assert.deepEqual([manager.current?.conversation.demo, manager.current?.isLive], [true, false]);
  });

  it('knows after a reload which profile it was begun with', async () => {
    await start({ ...SETTINGS, profile: 'Shop' });
    assert.equal(manager.current?.conversation.profile, 'Shop');
    await reload();
    assert.equal(manager.current.conversation.profile, 'Shop');
  });

  it('keeps what was written into a session that never started', async () => {
    await manager.startChat(SETTINGS);
    await settle();
    manager.current?.composer.setDraft('precious');
    twin.starts[0]?.fail(new TwinError('unreachable', 'x'));
    await settle();
    await reload();
    assert.equal(manager.current, null);
    await start();
    assert.equal(draft(), 'precious');
    await manager.flush();
    assert.equal(storage.journals.size, 1);
  });

  it('leaves alone what a newer version wrote', async () => {
    storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
    await start();
    assert.deepEqual(storage.journals.get('newer')?.length, 1);
    assert.ok(log.lines.some((line) => line.text.includes('newer version')));
  });

  describe('what it finds on a bad disk', () => {
    let told: JournalTrouble[];

    async function resume(): Promise<void> {
      told = [];
      const subscription = manager.onDidFindTrouble((trouble) => told.push(trouble));
      await manager.resumeLast();
      subscription.dispose();
    }

    it('tells of a newer format', async () => {
      storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
      await resume();
      assert.deepEqual([told, manager.current], [['newer'], null]);
    });

    it('tells of damage, and shows the rest', async () => {
      await start();
      await manager.flush();
      manager.dispose();
      const [name = ''] = storage.journals.keys();
      storage.journals.get(name)?.push('{"type":"received","at":"?"}');
      manager = open();
      await resume();
      assert.deepEqual([told, manager.current?.conversation.rows.length], [['damaged'], 1]);
    });

    it('says nothing of a line that a crash has torn: nobody has seen it', async () => {
      await start();
      await manager.flush();
      manager.dispose();
      const [name = ''] = storage.journals.keys();
      storage.journals.get(name)?.push('{"type":"received","at":1,"ev', '\0\0\0');
      manager = open();
      await resume();
      assert.deepEqual(told, []);
    });

    it('deletes nothing that holds more than it can read', async () => {
      storage.journals.set('old', ['{"type":"started","at":"damaged"}']);
      storage.drafts.set('old', 'precious');
      await start();
      await manager.flush();
      assert.equal(draft(), 'precious');
      assert.ok(storage.journals.has('old'));
    });
  });

  describe('when all is to be deleted', () => {
    it('ends what is live, leaves nothing on the disk, and takes nothing up again', async () => {
      storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
      storage.journals.set('unstarted', []);
      storage.drafts.set('unstarted', 'precious');
      await start();
      const session = manager.current;
      session?.composer.setDraft('half a sen');
      await manager.deleteAll();
      assert.deepEqual([storage.journals.size, storage.drafts.size], [0, 0]);
      assert.deepEqual([manager.current, session?.isLive, twin.open], [null, false, 0]);
      await clock.advance(60_000);
      assert.equal(await manager.resumeLast(), null);
      assert.deepEqual([storage.journals.size, storage.drafts.size], [0, 0]);
      await start();
      assert.equal(draft(), '');
    });

    it('deletes what it has not looked at yet, and forgets which session it had', async () => {
      let remembered: readonly string[] | null = null;
      await start();
      await manager.flush();
      manager.dispose();
      manager = open({ last: () => [], remember: (keys) => (remembered = keys) });
      await manager.deleteAll();
      assert.deepEqual([storage.journals.size, remembered], [0, []]);
    });

    it('deletes also what is being taken up at that moment', async () => {
      await start();
      await manager.flush();
      manager.dispose();
      manager = open();
      const resumed = manager.resumeLast();
      await manager.deleteAll();
      await resumed;
      assert.deepEqual([manager.current, storage.journals.size], [null, 0]);
    });

    it('tells of a disk that deletes nothing, and shows no session all the same', async () => {
      await start();
      await manager.flush();
      storage.failure = new Error('read-only');
      await assert.rejects(manager.deleteAll(), /read-only/);
      assert.equal(manager.current, null);
    });
  });

  it('takes up the session that this window had, not the newest', async () => {
    let remembered: readonly string[] = [];
    const memory = {
      last: () => remembered,
      remember: (keys: readonly string[]) => (remembered = keys),
    };
    manager.dispose();
    manager = open(memory);
    await start();
    const mine = manager.current?.key;
    await manager.flush();
    manager.dispose();
    clock.jump(1_000);
    manager = open();
    await manager.startChat(SETTINGS); // another window's
    await manager.flush();
    manager.dispose();
    manager = open(memory);
    assert.equal((await manager.resumeLast())?.key, mine);
  });
});
