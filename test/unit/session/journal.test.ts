import assert from 'node:assert/strict';
import { Journal, loadJournal, NewerJournalError } from '../../../src/extension/session/journal';
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
  { type: 'received', at: 1, event: { type: 'message', message: incoming({ id: 'm' }) } },
  { type: 'received', at: 1, event: { type: 'read', messageId: 's' } },
  { type: 'gap', at: START, from: 1, to: 2 },
  { type: 'ended', at: 1, by: 'person' },
] as const as readonly DurableEvent[];

function neverFails(error: unknown): void {
  throw error;
}

describe('Journal', () => {
  let storage: MemoryJournalStorage;

  beforeEach(() => {
    storage = new MemoryJournalStorage();
  });

  async function write(): Promise<string[]> {
    const journal = new Journal(storage, 'j', true, neverFails);
    await Promise.all(EVENTS.map((event) => journal.write(event)));
    return storage.journals.get('j') ?? [];
  }

  it('gives back what was written', async () => {
    await write();
    assert.deepEqual(await loadJournal(storage, 'j'), { events: EVENTS, setAside: 0, torn: 0 });
  });

  it('resolves in the order of the calls, and writes together what waits together', async () => {
    let release: () => void = () => undefined;
    storage.gate = new Promise((resolve) => (release = resolve));
    const journal = new Journal(storage, 'j', true, neverFails);
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

  it('tells once of a disk that fails, and then keeps out of its way', async () => {
    const failures: unknown[] = [];
    const journal = new Journal(storage, 'j', true, (error) => failures.push(error));
    const [first, second] = EVENTS;
    assert.ok(first && second);
    await journal.write(first);
    storage.failure = new Error('ENOSPC');
    await journal.write(second);
    storage.failure = null;
    await journal.write(second);
    assert.deepEqual([failures.length, storage.types()], [1, ['header', 'started']]);
  });
});
