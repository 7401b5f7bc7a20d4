import assert from 'node:assert/strict';
import {
  Journal,
  loadJournal,
  NewerJournalError,
  type JournalListener,
} from '../../../src/extension/session/journal';
import type { DurableEvent } from '../../../src/extension/session/sessionEvent';
import { incoming, remoteFile, START, started } from '../../support/conversations';
import { settle } from '../../support/manualClock';
import { MemoryJournalStorage } from '../../support/memoryJournalStorage';

const EVENTS = [
  started([incoming({ text: 'Hello', attachments: [remoteFile()], actions: [{ a: [1] }] })]),
  { type: 'queued', at: 1, key: 'a', text: 'x', attachments: [], replyTo: null, answer: null },
  { type: 'sending', at: 1, key: 'a' },
  { type: 'uploaded', at: 1, key: 'a', attachments: [remoteFile()] },
  { type: 'requeued', at: 1, key: 'a', problem: null },
  { type: 'becameUnknown', at: 1, key: 'a' },
  { type: 'confirmedArrived', at: 1, key: 'a' },
  { type: 'sent', at: 1, key: 'a', sent: { id: null, createdAt: 1 } },
  { type: 'removed', at: 1, key: 'a' },
  {
    ...{ type: 'queued', at: 1, key: 'b', text: 'x', attachments: [], replyTo: null, answer: null },
    ...{ fromDraft: true, edit: 3 },
  },
  { type: 'received', at: 1, event: { type: 'message', message: incoming({ id: 'm' }) } },
  { type: 'received', at: 1, event: { type: 'read', messageId: 's' } },
  { type: 'gap', at: START, from: 1, to: 2 },
  { type: 'ended', at: 1, by: 'person' },
] as const as readonly DurableEvent[];

const NEVER_FAILS: JournalListener = {
  onFailure: (error) => {
    throw error;
  },
  onWritten: () => undefined,
};

describe('Journal', () => {
  let storage: MemoryJournalStorage;

  beforeEach(() => {
    storage = new MemoryJournalStorage();
  });

  async function write(): Promise<string[]> {
    const journal = new Journal(storage, 'j', true, NEVER_FAILS);
    await Promise.all(EVENTS.map((event) => journal.write(event)));
    return storage.journals.get('j') ?? [];
  }

  it('gives back what was written', async () => {
    await write();
    assert.deepEqual(await loadJournal(storage, 'j'), { events: EVENTS, setAside: 0, torn: 0 });
  });

  it('resolves in the order of the calls, and writes together what waits together', async () => {
    const release = storage.hold();
    const journal = new Journal(storage, 'j', true, NEVER_FAILS);
    const order: string[] = [];
    const events = EVENTS.slice(0, 3);
    for (const event of events) void journal.write(event).then(() => order.push(event.type));
    void journal.settled().then(() => order.push('settled'));
    await settle();
    assert.deepEqual(order, []);
    release();
    await settle();
    assert.deepEqual(order, ['started', 'queued', 'sending', 'settled']);
  });

  it('loads all but the torn last line, and does not touch it', async () => {
    const lines = await write();
    const last = lines.pop() ?? '';
    for (let length = 1; length < last.length; length += 1) {
      storage.journals.set('j', [...lines, last.slice(0, length)]);
      const loaded = await loadJournal(storage, 'j');
      assert.deepEqual(loaded, { events: EVENTS.slice(0, -1), setAside: 0, torn: 1 });
    }
  });

  it('sets bad lines aside', async () => {
    const lines = await write();
    const bad = [
      'garbage',
      '{"type":"received","at":1,"event":{"type":"message","message":{}}}',
      '{"type":"sent","at":"1","key":"a","sent":{"id":null,"createdAt":null}}',
      '{"type":"toString","at":1}',
      '{"type":"draftChanged","text":"x","by":"host"}',
      'null',
    ];
    storage.journals.set('j', [...lines.slice(0, 4), ...bad, ...lines.slice(4)]);
    assert.deepEqual(await loadJournal(storage, 'j'), {
      events: EVENTS,
      setAside: bad.length,
      torn: 0,
    });
  });

  it('leaves a newer format alone and says so', async () => {
    await write();
    storage.journals.set('j', ['{"format":"twin-chat-journal","version":2}', '{"new":1}']);
    await assert.rejects(loadJournal(storage, 'j'), (error: unknown) => {
      assert.ok(error instanceof NewerJournalError);
      return error.version === 2 && error.message.includes('newer version');
    });
  });

  it('writes in their order, once the disk takes them, what it did not take', async () => {
    const told: string[] = [];
    const journal = new Journal(storage, 'j', true, {
      onFailure: (error) => told.push(String(error)),
      onWritten: (events) => told.push(events.map(({ type }) => type).join()),
    });
    const [first, second, third, fourth] = EVENTS;
    assert.ok(first && second && third && fourth);
    storage.failure = new Error('ENOSPC');
    const kept = [await journal.write(first), await journal.write(second, () => false)];
    assert.deepEqual([kept, journal.isFailing], [[true, false], true]);
    await journal.write(third);
    storage.failure = null;
    await journal.settled(); // asks the disk nothing
    assert.deepEqual(storage.types(), []);
    await journal.write(fourth);
    assert.deepEqual(storage.types(), ['header', 'started', 'sending', 'uploaded']);
    assert.deepEqual([told.at(-1), journal.isFailing], ['started,sending,uploaded', false]);
    storage.failure = new Error('EROFS');
    await journal.write(first);
    storage.failure = null;
    await journal.retry();
    await journal.retry();
    assert.deepEqual(storage.types().slice(4), ['started']);
  });
});
