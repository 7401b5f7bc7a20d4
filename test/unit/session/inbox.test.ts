import assert from 'node:assert/strict';
import { ConversationKeeper } from '../../../src/extension/session/conversationKeeper';
import { Inbox } from '../../../src/extension/session/inbox';

import { leasedWriter } from '../../../src/extension/session/lease';
import { Receipts } from '../../../src/extension/session/receipts';
import { incoming } from '../../support/conversations';
import { ManualClock } from '../../support/manualClock';
import { MemoryJournalStorage } from '../../support/memoryJournalStorage';
import { useTestLog } from '../../support/testLogger';

const HELD = { isHeld: () => Promise.resolve(true), release: () => undefined };

const log = useTestLog();

describe('An own message that the history told of', () => {
  const own = incoming({ id: 'own', author: 'client' });
  const echo = { type: 'message', message: own } as const;
  let acknowledged: string[];

  function open(): Inbox {
    const { logger } = log;
    const storage = leasedWriter(new MemoryJournalStorage(), HELD);
    const clock = new ManualClock();
    const journal = { key: 'k', demo: false, isNew: true, storage };
    acknowledged = [];
    const keeper = new ConversationKeeper({ ...journal, clock, logger });
    const acknowledge = (id: string) => acknowledged.push(id);
    const receipts = new Receipts({ keeper, clock, policy: () => 'onReceive', acknowledge });
    return new Inbox({ keeper, clock, logger, receipts, acknowledge });
  }

  it('is acknowledged when its echo comes after all, once', async () => {
    const inbox = open();
    await inbox.receiveMissed(own);
    assert.deepEqual(acknowledged, []);
    await inbox.receive(echo);
    await inbox.receive(echo);
    assert.deepEqual(acknowledged, ['own']);
  });

  it('is so after a restart, too', async () => {
    const inbox = open();
    inbox.restore([{ type: 'received', at: 1, event: echo, fromHistory: true }]);
    await inbox.receive(echo);
    assert.deepEqual(acknowledged, ['own']);
  });
});
