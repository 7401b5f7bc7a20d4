import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { TwinError } from '../../../src/extension/core/errors';
import type { ChatSession } from '../../../src/extension/session/chatSession';
import { SessionArchive } from '../../../src/extension/session/sessionArchive';
import { SessionManager } from '../../../src/extension/session/sessionManager';
import { UnreadCounts } from '../../../src/extension/vscode/unreadCounts';
import { incoming, START } from '../../support/conversations';
import { FakeTwin } from '../../support/fakeTwin';
import { useLeakCheck } from '../../support/leakCheck';
import { ManualClock, settle } from '../../support/manualClock';
import { MemoryJournalStorage } from '../../support/memoryJournalStorage';
import { SETTINGS } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

const DAY = 86_400_000;

describe('Many sessions', () => {
  let clock: ManualClock;
  let storage: MemoryJournalStorage;
  let twins: FakeTwin[];
  let manager: SessionManager;
  let remembered: readonly string[];
  let days: number;
  let ids = 0;

  function open(): SessionManager {
    return new SessionManager(
      {
        storage,
        createApi: () => {
          const twin = new FakeTwin();
          twins.push(twin);
          return twin;
        },
        clock,
        random: () => 0.5,
        createId: () => `id${(ids += 1)}`,
        logger: log.logger,
        retentionDays: () => days,
      },
      { last: () => remembered, remember: (keys) => (remembered = keys) },
    );
  }

  /** A new session beside the one before, greeted and online. */
  async function begin(name: string): Promise<readonly [ChatSession, FakeTwin]> {
    const session = await manager.startChat(SETTINGS, { beside: true });
    await settle();
    const twin = twins.at(-1);
    assert.ok(twin);
    const messages = [incoming({ text: `Hello ${name}` })];
    twin.starts[0]?.answer({ id: name, clientId: null, startedAt: START, ttl: 3600, messages });
    await settle();
    twin.live.listener.onConnect();
    await settle();
    return [session, twin];
  }

  async function reload(): Promise<void> {
    await manager.flush();
    manager.dispose();
    manager = open();
    await manager.resumeLast();
    await settle();
  }

  const say = (twin: FakeTwin, text: string) =>
    twin.emit({ type: 'message', message: incoming({ id: text, text }) });

  const textsOf = ({ conversation }: ChatSession) =>
    conversation.rows.flatMap((row) => (row.kind === 'message' ? row.text : []));

  beforeEach(() => {
    clock = new ManualClock(START);
    storage = new MemoryJournalStorage();
    twins = [];
    remembered = [];
    days = 30;
    manager = open();
  });

  afterEach(async () => {
    await manager.flush();
    manager.dispose();
    assert.deepEqual([clock.pending, twins.map((twin) => twin.open)], [0, twins.map(() => 0)]);
  });

  describe('take along what was written into one that could not start', () => {
    let failed: ChatSession;

    beforeEach(async () => {
      await begin('a');
      failed = await manager.startChat(SETTINGS, { beside: true });
      failed.send({ key: 'x', text: clear('sent'), attachmentIds: [], replyTo: null });
      failed.composer.setDraft('written');
      await settle();
      twins.at(-1)?.starts[0]?.fail(new TwinError('unreachable', 'no network'));
      await settle();
    });

    const leaveAndStart = async () => {
      const [first] = manager.sessions;
      await manager.open(first?.key ?? '');
      const [next] = await begin('next');
      await manager.flush();
      return next.conversation.composer.draft.text;
    };

    it('and was left for another', async () => {
      assert.equal(await leaveAndStart(), 'sent\n\nwritten');
      assert.deepEqual([manager.byKey(failed.key), remembered.includes(failed.key)], [null, false]);
    });

    it('also when the window was reloaded meanwhile', async () => {
      const [first] = manager.sessions;
      await manager.open(first?.key ?? '');
      await reload();
      const [next] = await begin('next');
      await manager.flush();
      assert.equal(next.conversation.composer.draft.text, 'sent\n\nwritten');
      assert.equal(storage.journals.has(failed.key), false);
    });

    it('unless a tab still shows it', async () => {
      const pin = manager.pin(failed.key);
      assert.equal(await leaveAndStart(), '');
      assert.equal(failed.conversation.composer.draft.text, 'written');
      pin.dispose();
    });
  });

  it('go on beside one another, each with its own connection, draft and journal', async () => {
    const [a, twinA] = await begin('a');
    a.composer.setDraft('draft of a');
    const [b, twinB] = await begin('b');
    await say(twinA, 'for a');
    await say(twinB, 'for b');
    a.send({ key: 'x', text: clear('from a'), attachmentIds: [], replyTo: null });
    await settle();
    assert.deepEqual([a.isLive, b.isLive, manager.current], [true, true, b]);
    assert.deepEqual(
      [textsOf(a), textsOf(b)],
      [
        ['Hello a', 'for a', 'from a'],
        ['Hello b', 'for b'],
      ],
    );
    assert.deepEqual([twinA.sends.length, twinB.sends.length], [1, 0]);
    assert.equal(b.conversation.composer.draft.text, '');
    await manager.open(a.key);
    assert.deepEqual([manager.current, b.isLive, twins.length], [a, true, 2]);
  });

  it('are taken up again together after a reload, the shown one shown', async () => {
    const [a] = await begin('a');
    const [b] = await begin('b');
    await manager.open(a.key);
    await reload();
    assert.equal(manager.current?.key, a.key);
    assert.deepEqual(manager.sessions.map(({ key }) => key).sort(), [a.key, b.key].sort());
    assert.deepEqual(
      twins.map((twin) => twin.open),
      [0, 0, 1, 1],
    );
  });

  it('are all here for whoever asks while they are taken up', async () => {
    const [a] = await begin('a');
    const [b] = await begin('b');
    await manager.flush();
    manager.dispose();
    manager = open();
    const shown = new Promise<ChatSession | null>((resolve) => {
      const subscription = manager.onDidChangeCurrent((session) => {
        subscription.dispose();
        resolve(session);
      });
    });
    const resumed = manager.resumeLast();
    assert.equal((await shown)?.key, b.key);
    await manager.resumeLast();
    assert.ok(manager.byKey(a.key));
    await resumed;
  });

  it('are taken up from the last that began, by a window that had none', async () => {
    await begin('first');
    await clock.advance(1_000);
    await begin('second');
    // The first one has changed last.
    storage.list = () => Promise.resolve([...storage.journals.keys()]);
    await manager.flush();
    remembered = [];
    await reload();
    assert.ok(manager.current);
    assert.deepEqual(textsOf(manager.current), ['Hello second']);
  });

  it('open one of the past to be read, and leave it without a trace', async () => {
    const [a] = await begin('a');
    a.composer.setDraft('unsent');
    await manager.end();
    const [b] = await begin('b');
    assert.deepEqual([manager.byKey(a.key), b.conversation.composer.draft.text], [null, 'unsent']);
    const before = storage.journals.get(a.key)?.length;
    const past = await manager.open(a.key);
    assert.ok(past);
    assert.deepEqual(
      [past.conversation.past, past.conversation.connection, textsOf(past)],
      [true, 'ended', ['Hello a']],
    );
    past.send({ key: 'x', text: clear('x'), attachmentIds: [], replyTo: null });
    past.composer.setDraft('');
    await manager.open(b.key);
    await manager.flush();
    assert.deepEqual([manager.byKey(a.key), b.isLive], [null, true]);
    assert.equal(storage.journals.get(a.key)?.length, before);
  });

  it('stay here while something else shows them, over or not, and leave with that', async () => {
    const [a] = await begin('a');
    await manager.end();
    const [b] = await begin('b');
    await manager.flush();
    assert.equal(manager.byKey(a.key), null);
    const past = await manager.bring(a.key);
    assert.ok(past);
    const pin = manager.pin(a.key);
    assert.deepEqual([manager.current, past.conversation.past, b.isLive], [b, true, true]);
    manager.show(a.key);
    manager.show(b.key);
    assert.deepEqual([manager.current, manager.byKey(a.key)], [b, past]);
    assert.deepEqual(remembered, [b.key]);
    pin.dispose();
    await manager.flush();
    assert.equal(manager.byKey(a.key), null);
    assert.equal(await manager.bring('nothing'), null);
  });

  it('stay here when what else showed them is gone, if they are shown or live', async () => {
    const [a] = await begin('a');
    const [b] = await begin('b');
    for (const { key } of [a, b]) manager.pin(key).dispose();
    await manager.end();
    manager.pin(b.key).dispose();
    assert.deepEqual([manager.byKey(a.key), manager.current], [a, b]);
  });

  it('tell which one took the place of another, before it is shown', async () => {
    const told: unknown[] = [];
    const subscription = manager.onDidReplace(({ before, after }) =>
      told.push([before, manager.byKey(after)?.key, manager.current?.key]),
    );
    const [a] = await begin('a');
    await begin('b');
    await manager.open(a.key);
    const c = await manager.startChat(SETTINGS);
    await settle();
    assert.deepEqual(told, [[a.key, c.key, a.key]]);
    subscription.dispose();
  });

  it('begin a new one in place of the shown one only', async () => {
    const [a, twinA] = await begin('a');
    const [b] = await begin('b');
    await manager.startChat(SETTINGS);
    await settle();
    assert.deepEqual(
      [a.isLive, b.isLive, twinA.open, manager.sessions.length],
      [true, false, 1, 2],
    );
  });

  it('are named, here and on the disk; an empty name gives the first own words back', async () => {
    const [a] = await begin('a');
    a.send({ key: 'x', text: clear('\n Where is  it?\nmore'), attachmentIds: [], replyTo: null });
    await settle();
    assert.equal(a.title, 'Where is  it?');
    assert.equal(await manager.rename(a.key, 'Order 4711'), true);
    assert.equal(a.title, 'Order 4711');
    await manager.end();
    clock.jump(1_000);
    const [b] = await begin('b');
    await manager.flush();
    const archive = new SessionArchive(storage, log.logger, () => Promise.resolve());
    const titles = async () => (await archive.list()).map(({ title }) => title);
    assert.deepEqual(await titles(), [null, 'Order 4711']);
    await manager.rename(a.key, '');
    await manager.rename(b.key, 'Second');
    assert.deepEqual(await titles(), ['Second', 'Where is  it?']);
  });

  it('are read from the disk for the list only when they have changed', async () => {
    const [a] = await begin('a');
    await begin('b');
    await manager.flush();
    let reads = 0;
    const archive = new SessionArchive(storage, log.logger, () =>
      Promise.resolve(void (reads += 1)),
    );
    await archive.list();
    await archive.list();
    assert.equal(reads, 2);
    await manager.rename(a.key, 'Order 4711');
    await archive.list();
    assert.equal(reads, 3);
  });

  it('are deleted one by one: a live one is ended, and the other is shown', async () => {
    const [a] = await begin('a');
    const [b, twinB] = await begin('b');
    b.composer.setDraft('precious');
    assert.equal(await manager.delete(b.key), true);
    assert.deepEqual([manager.current, b.isLive, twinB.open], [a, false, 0]);
    assert.deepEqual([[...storage.journals.keys()], storage.drafts.size], [[a.key], 0]);
    await manager.delete(a.key);
    assert.deepEqual([manager.current, storage.journals.size, remembered], [null, 0, []]);
    assert.equal(await manager.resumeLast(), null);
  });

  it('are deleted from the disk, too, and the list hears of it', async () => {
    const [a] = await begin('a');
    await manager.end();
    const [b] = await begin('b');
    await manager.flush();
    storage.drafts.set(a.key, 'precious');
    assert.equal(manager.byKey(a.key), null);
    let told = 0;
    const subscription = manager.onDidChangeSessions(() => (told += 1));
    assert.equal(await manager.delete(a.key), true);
    subscription.dispose();
    assert.deepEqual([[...storage.journals.keys()], storage.drafts.has(a.key)], [[b.key], false]);
    assert.deepEqual([manager.current, told], [b, 1]);
  });

  it('are read without being shown', async () => {
    const [a] = await begin('a');
    await manager.end();
    const [b] = await begin('b');
    await manager.flush();
    const copy = await manager.read(a.key);
    assert.ok(copy);
    assert.deepEqual([textsOf(copy), manager.current], [['Hello a'], b]);
    copy.dispose();
    assert.equal(await manager.read(b.key), b);
  });

  describe('are kept', () => {
    it('for so many days after their last change', async () => {
      await begin('a');
      await manager.end();
      await manager.startChat(SETTINGS); // which never begins: its draft is kept whatever comes
      manager.current?.composer.setDraft('precious');
      await manager.flush();
      manager.dispose();
      const [a] = storage.journals.keys();
      assert.ok(a);
      clock.jump(29 * DAY);
      manager = open();
      await manager.deleteOutdated();
      assert.ok(storage.journals.has(a));
      clock.jump(2 * DAY);
      await manager.deleteOutdated();
      assert.ok(!storage.journals.has(a));
    });

    it('no longer where the window stays open: each new chat looks', async () => {
      const [a] = await begin('a');
      await manager.end();
      const [b] = await begin('b');
      await manager.end();
      await begin('c');
      clock.jump(10 * DAY);
      days = 9;
      storage.drafts.set(b.key, 'precious');
      const opened = manager.open(b.key);
      await manager.startChat(SETTINGS, { beside: true });
      await settle();
      assert.equal(storage.journals.has(a.key), false);
      assert.equal((await opened)?.key, b.key);
      assert.ok(storage.journals.has(b.key), 'it was on its way here');
    });

    it('for as long as this window has them', async () => {
      const [a] = await begin('a');
      clock.jump(31 * DAY);
      await manager.deleteOutdated();
      assert.deepEqual([...storage.journals.keys()], [a.key]);
    });

    it('till the next one has their text, with 0 days, where they never began', async () => {
      days = 0;
      await manager.startChat(SETTINGS);
      manager.current?.composer.setDraft('precious');
      await manager.flush();
      manager.dispose();
      manager = open();
      await manager.startChat(SETTINGS);
      assert.equal(manager.current?.conversation.composer.draft.text, 'precious');
    });

    it('without the window forgetting what it had, as one of the others goes', async () => {
      await begin('old');
      await manager.end();
      await manager.flush();
      clock.jump(31 * DAY);
      const [a] = await begin('a');
      const [b] = await begin('b');
      await reload();
      assert.equal(storage.journals.size, 2);
      assert.deepEqual([manager.current?.key, manager.byKey(a.key)?.isLive], [b.key, true]);
    });

    it('till they are over, with 0 days; what is on the screen can still be read', async () => {
      days = 0;
      const [a] = await begin('a');
      const [b] = await begin('b');
      b.composer.setDraft('unsent');
      await manager.end();
      await manager.flush();
      await settle();
      assert.deepEqual([...storage.journals.keys()], [a.key]);
      assert.deepEqual(textsOf(b), ['Hello b']);
      b.composer.setDraft('still unsent');
      await clock.advance(1_000);
      assert.deepEqual([...storage.drafts.keys()], []);
      const [c] = await begin('c');
      assert.equal(c.conversation.composer.draft.text, 'still unsent');
      await manager.startChat(SETTINGS); // ends c
      await manager.flush();
      assert.ok(!storage.journals.has(c.key) && storage.journals.has(a.key));
      await reload();
      assert.equal(manager.byKey(a.key)?.isLive, true);
    });

    it('for ever by a setting that makes no sense, and where they cannot be read', async () => {
      storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
      days = 0;
      await manager.deleteOutdated();
      assert.ok(storage.journals.has('newer'));
      days = Infinity;
      storage.journals.set('old', ['{"at":1}']);
      await manager.deleteOutdated();
      assert.ok(storage.journals.has('old'));
    });
  });

  it('are counted unread each for itself, till they are seen or left', async () => {
    let inSight = true;
    const unread = new UnreadCounts(manager, (it) => inSight && it === manager.current);
    const missed: string[] = [];
    const subscription = unread.onDidMiss(({ message }) => missed.push(message.text));
    const [a, twinA] = await begin('a');
    const [b, twinB] = await begin('b');
    await say(twinB, 'b1');
    await say(twinA, 'a1');
    inSight = false;
    await say(twinB, 'b2');
    await say(twinA, 'a2');
    assert.deepEqual([unread.of(a.key), unread.of(b.key), unread.total], [2, 1, 3]);
    assert.deepEqual(missed, ['a1', 'b2', 'a2']);
    assert.equal(unread.next, b.key, 'the one that is shown is to be read first');
    unread.seen(b);
    assert.deepEqual([unread.of(a.key), unread.total, unread.next], [2, 2, a.key]);
    await manager.delete(a.key);
    assert.deepEqual([unread.total, unread.next], [0, null]);
    subscription.dispose();
    unread.dispose();
  });

  it('are looked through, newest first, whatever cannot be read', async () => {
    await begin('a');
    clock.jump(1_000);
    await begin('b');
    await manager.flush();
    storage.journals.set('newer', ['{"format":"twin-chat-journal","version":9}']);
    storage.journals.set('never', []);
    const archive = new SessionArchive(storage, log.logger, () => Promise.resolve());
    const texts: string[] = [];
    for await (const { rows } of archive.conversations())
      texts.push(...rows.flatMap((row) => (row.kind === 'message' ? row.text : [])));
    assert.deepEqual(texts, ['Hello b', 'Hello a']);
    assert.equal((await archive.list()).length, 2);
  });
});
