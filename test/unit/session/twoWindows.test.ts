import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { SessionManager } from '../../../src/extension/session/sessionManager';
import { incoming, START } from '../../support/conversations';
import { FakeTwin } from '../../support/fakeTwin';
import { useLeakCheck } from '../../support/leakCheck';
import { ManualClock, settle } from '../../support/manualClock';
import { MemoryJournalStorage } from '../../support/memoryJournalStorage';
import { SETTINGS } from '../../support/sessionBench';
import { SharedLeases } from '../../support/sharedLeases';
import { outgoingFile } from '../../support/outgoingFile';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('Two windows', () => {
  let clock: ManualClock;
  let storage: MemoryJournalStorage;
  let leases: SharedLeases;
  let twins: FakeTwin[];
  let windows: SessionManager[];

  function openWindow(): SessionManager {
    const twin = new FakeTwin(storage.history);
    const manager = new SessionManager({
      storage,
      leases: leases.forWindow(),
      createApi: () => twin,
      clock,
      random: () => 0.5,
      createId: () => `id${windows.length}`,
      logger: log.logger,
    });
    twins.push(twin);
    windows.push(manager);
    return manager;
  }

  beforeEach(async () => {
    clock = new ManualClock(START);
    storage = new MemoryJournalStorage();
    leases = new SharedLeases();
    twins = [];
    windows = [];
    const first = openWindow();
    await first.startChat(SETTINGS);
    await settle();
    const messages = [incoming({ text: 'Hello', answers: ['Yes'] })];
    twins[0]?.starts[0]?.answer({ id: 'S', clientId: null, startedAt: START, ttl: null, messages });
    await settle();
    twins[0]?.live.listener.onConnect();
    await settle();
  });

  afterEach(async () => {
    for (const manager of windows) {
      await manager.flush();
      manager.dispose();
    }
    assert.deepEqual([clock.pending, twins.map((twin) => twin.open)], [0, twins.map(() => 0)]);
  });

  const shown = (index: number) => windows[index]?.current?.conversation;
  const texts = (index: number) =>
    shown(index)?.rows.flatMap((row) => (row.kind === 'message' ? row.text : []));

  const hasOpenAnswers = (index: number) =>
    shown(index)?.rows.some((row) => row.kind === 'message' && row.answersOpen);

  async function continueIn(index: number): Promise<void> {
    const done = windows[index]?.continueHere();
    await clock.advance(1_000);
    await done;
    await settle();
  }

  it('tell of a chat in a tab that it is here now, whatever does not change in it', async () => {
    const [first] = windows;
    const key = first?.current?.key ?? '';
    await first?.end();
    const second = openWindow();
    clock.jump(1_000); // its name has the time in it
    await second.startChat(SETTINGS);
    const tab = await second.bring(key);
    const pin = second.pin(key);
    assert.equal(tab?.isElsewhere, true);
    const told: unknown[] = [];
    const subscription = second.onDidChangeSessions(() => told.push(second.byKey(key)));
    const done = second.continueHere(key);
    await clock.advance(1_000);
    await done;
    assert.deepEqual([second.byKey(key)?.isElsewhere, second.byKey(key) === tab], [false, false]);
    assert.equal(told.at(-1), second.byKey(key));
    subscription.dispose();
    pin.dispose();
  });

  it('rename and delete nothing that the other one has', async () => {
    const second = openWindow();
    const [key = ''] = storage.journals.keys();
    const before = storage.types();
    assert.deepEqual([await second.rename(key, 'mine'), await second.delete(key)], [false, false]);
    assert.deepEqual(storage.types(), before);
  });

  it('show one session: live in the first, to be read in the second', async () => {
    await openWindow().resumeLast();
    assert.deepEqual([shown(1)?.elsewhere, shown(1)?.connection], [true, 'idle']);
    assert.deepEqual([hasOpenAnswers(0), hasOpenAnswers(1)], [true, false]);
    assert.deepEqual(texts(1), ['Hello']);
    windows[1]?.current?.send({ key: 'x', text: clear('x'), attachmentIds: [], replyTo: null });
    windows[1]?.current?.composer.setDraft('x');
    await clock.advance(1_000);
    assert.deepEqual([twins[1]?.connections.length, storage.types()], [0, ['header', 'started']]);
  });

  it('hand it over: what is typed goes along, and the first only reads from then on', async () => {
    await openWindow().resumeLast();
    windows[0]?.current?.composer.setDraft('half a sen');
    await continueIn(1);
    assert.deepEqual([shown(0)?.elsewhere, shown(1)?.elsewhere], [true, false]);
    assert.equal(shown(1)?.composer.draft.text, 'half a sen');
    assert.equal(shown(0)?.composer.draft.text, ''); // it is not kept twice
    assert.deepEqual(
      twins.map((twin) => twin.open),
      [0, 1],
    );
    await continueIn(0);
    assert.deepEqual([shown(0)?.elsewhere, shown(1)?.elsewhere], [false, true]);
    assert.deepEqual([hasOpenAnswers(0), hasOpenAnswers(1)], [true, false]);
  });

  it('ask for it once, however often one clicks: who waits sees it change as it is taken', async () => {
    const second = openWindow();
    await second.resumeLast();
    const clicks = [second.continueHere(), second.continueHere()];
    await settle();
    const [key] = storage.journals.keys();
    assert.deepEqual(leases.held, [key]);
    await clock.advance(1_000);
    await Promise.all(clicks);
    assert.deepEqual([leases.held, shown(1)?.elsewhere, twins[1]?.open], [[key], false, 1]);
  });

  const learnsBy = (what: 'draft' | 'message') => async () => {
    leases.telling = false;
    await openWindow().resumeLast();
    await continueIn(1);
    const [first] = windows;
    const id = first?.current?.attach(clear(outgoingFile({ name: 'a.txt' }))) ?? '';
    if (what === 'draft') {
      first?.current?.composer.setDraft('too late');
      await settle();
    }
    const message = { key: 'x', text: clear('too late'), attachmentIds: [id], replyTo: null };
    first?.current?.send(message);
    await settle();
    assert.deepEqual([shown(0)?.elsewhere, shown(0)?.composer.draft.text], [true, 'too late']);
    assert.deepEqual([twins[0]?.sends.length, texts(1)], [0, ['Hello']]);
    const aside = { key: 'y', text: clear('from the editor'), attachmentIds: [], replyTo: null };
    first?.current?.send({ ...aside, keepDraft: true });
    const continued = first?.continueHere();
    await clock.advance(300);
    await continued;
    const { draft, pending } = shown(0)?.composer ?? {};
    assert.match([...storage.drafts.values()].join(), /too late$/);
    const names = pending?.map(({ name }) => name);
    assert.deepEqual([draft?.text, names], ['too late', ['a.txt']]);
  };

  it(
    'lose nothing that is sent in the one that does not know yet: it goes along when that continues',
    learnsBy('message'),
  );

  it('lose nothing that is written in the one that learns of the other by that', learnsBy('draft'));

  it('take what did not go along into the chat that is begun instead', async () => {
    leases.telling = false;
    await openWindow().resumeLast();
    await continueIn(1);
    const [first] = windows;
    first?.current?.composer.setDraft('too late');
    await settle();
    assert.equal(shown(0)?.elsewhere, true);
    await first?.startChat(SETTINGS);
    await settle();
    assert.equal(shown(0)?.composer.draft.text, 'too late');
  });

  it('lose no draft either, when something else is sent in the one that does not know yet', async () => {
    leases.telling = false;
    await openWindow().resumeLast();
    await continueIn(1);
    const [first] = windows;
    first?.current?.composer.setDraft('half a sen');
    const message = { key: 'x', text: clear('src/a.ts'), attachmentIds: [], replyTo: null };
    first?.current?.send({ ...message, keepDraft: true });
    await settle();
    assert.deepEqual(
      [shown(0)?.elsewhere, shown(0)?.composer.draft.text],
      [true, 'src/a.ts\n\nhalf a sen'],
    );
    await continueIn(0);
    assert.equal(shown(0)?.composer.draft.text, 'src/a.ts\n\nhalf a sen');
  });

  it('keep the draft of the one that has the session, whatever is typed in the other', async () => {
    leases.telling = false;
    await openWindow().resumeLast();
    await continueIn(1);
    windows[1]?.current?.composer.setDraft('newer');
    await clock.advance(1_000);
    windows[0]?.current?.composer.setDraft('older');
    await clock.advance(1_000);
    assert.match([...storage.drafts.values()].join(), /newer$/);
    assert.deepEqual([shown(0)?.elsewhere, shown(0)?.composer.draft.text], [true, 'older']);
  });

  it('write and acknowledge a message once, though both hear it and the first knows of nothing', async () => {
    leases.telling = false;
    await openWindow().resumeLast();
    await continueIn(1);
    twins[1]?.live.listener.onConnect();
    await settle();
    storage.history.length = 0;
    const event = { type: 'message', message: incoming({ id: 'm1', text: 'once' }) } as const;
    for (const twin of twins) await twin.emit(event);
    assert.deepEqual(storage.history, ['written received', 'acknowledged m1']);
    assert.deepEqual([shown(0)?.elsewhere, texts(1)], [true, ['Hello', 'once']]);
  });

  it('send a message from the one that has the session only', async () => {
    leases.telling = false;
    await openWindow().resumeLast();
    await continueIn(1);
    windows[0]?.current?.send({ key: 'x', text: clear('x'), attachmentIds: [], replyTo: null });
    await settle();
    assert.deepEqual([twins[0]?.sends.length, shown(0)?.elsewhere], [0, true]);
  });

  it('go on in the second when the first is closed', async () => {
    await openWindow().resumeLast();
    await windows[0]?.flush();
    windows[0]?.dispose();
    await clock.advance(1_000);
    assert.deepEqual([shown(1)?.elsewhere, twins[1]?.open], [false, 1]);
  });

  it('leave each its own: a new chat in the second takes nothing from the first', async () => {
    await openWindow().resumeLast();
    windows[0]?.current?.composer.setDraft('mine');
    await windows[0]?.flush();
    await windows[1]?.startChat(SETTINGS);
    await settle();
    assert.deepEqual(
      [shown(1)?.composer.draft.text, shown(0)?.connection, shown(0)?.elsewhere],
      ['', 'online', false],
    );
  });

  it('delete what both show: the first writes nothing again, and comes back to the beginning', async () => {
    const second = openWindow();
    windows[0]?.current?.composer.setDraft('half a sen');
    const deleted = second.deleteAll();
    await clock.advance(1_000);
    await deleted;
    assert.deepEqual([shown(0)?.elsewhere, shown(1)], [true, undefined]);
    windows[0]?.current?.send({ key: 'x', text: clear('x'), attachmentIds: [], replyTo: null });
    windows[0]?.current?.composer.setDraft('more');
    await clock.advance(1_000);
    assert.deepEqual([storage.journals.size, storage.drafts.size], [0, 0]);
    await continueIn(0);
    assert.equal(windows[0]?.current, null);
    assert.equal(storage.journals.size, 0);
  });

  it('delete nothing that the other has, whether they show it or not', async () => {
    const second = openWindow();
    await second.resumeLast();
    const [key = ''] = storage.journals.keys();
    assert.equal(await second.delete(key), false);
    await second.startChat(SETTINGS);
    await second.flush();
    assert.deepEqual([second.byKey(key), await second.delete(key)], [null, false]);
    assert.ok(storage.journals.has(key));
    assert.equal(shown(0)?.connection, 'online');
  });

  it('delete what they have just left, and keep nothing from the other', async () => {
    const [first] = windows;
    const key = first?.current?.key ?? '';
    let write: () => void = () => undefined;
    storage.gate = new Promise((resolve) => (write = resolve));
    clock.jump(1_000); // its name has the time in it
    await first?.startChat(SETTINGS);
    const deleted = first?.delete(key); // while it is being put away
    await settle();
    write();
    storage.gate = null;
    assert.equal(await deleted, true);
    const next = first?.current?.key ?? '';
    assert.equal(await first?.delete(next), true);
    assert.deepEqual([storage.journals.size, leases.held], [0, []]);
    await first?.startChat(SETTINGS);
    await first?.deleteAll();
    assert.deepEqual([storage.journals.size, leases.held], [0, []]);
  });

  it('leave alone what the other is just beginning', async () => {
    await windows[0]?.startChat(SETTINGS);
    windows[0]?.current?.composer.setDraft('precious');
    await windows[0]?.flush();
    const second = openWindow();
    await second.resumeLast();
    await second.startChat(SETTINGS);
    await settle();
    assert.equal(second.current?.conversation.composer.draft.text, '');
    assert.equal(shown(0)?.composer.draft.text, 'precious');
  });
});
