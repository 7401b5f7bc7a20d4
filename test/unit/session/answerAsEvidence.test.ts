// Whether the bot's next word proves that a message of unknown fate has arrived.

import assert from 'node:assert/strict';
import type { SessionEvent } from '../../../src/extension/session/sessionEvent';
import type { Conversation } from '../../../src/extension/session/conversation';
import {
  incoming,
  message,
  online,
  queued,
  received,
  row,
  sending,
  sent,
  START,
  started,
} from '../../support/conversations';

/** The bot has greeted. */
const greeted = (...events: readonly SessionEvent[]): Conversation =>
  online(started([incoming({ text: 'Hello' })]), ...events);

const lost: readonly SessionEvent[] = [
  queued('k', 'lost', START + 60_000),
  sending('k', START + 60_000),
  { type: 'becameUnknown', at: START + 61_000, key: 'k' },
];
const word = message({ id: 'm', text: 'word' }, START + 62_000);

describe('the next word of a bot', () => {
  it('settles a message of unknown fate where the server gives no receipts', () => {
    assert.equal(row(greeted(...lost, word), 'k').delivery, 'sent');
  });

  it('proves nothing where it may be the greeting, of which no word was here yet', () => {
    const first = message({ id: 'm', text: 'Hello' }, START + 62_000);
    assert.equal(row(online(...lost, first), 'k').delivery, 'unknown');
    const next = [
      queued('l', 'next', START + 90_000),
      sending('l', START + 90_000),
      { type: 'becameUnknown', at: START + 91_000, key: 'l' } as const,
    ];
    assert.equal(
      row(online(first, ...next, message({ id: 'n' }, START + 92_000)), 'l').delivery,
      'sent',
    );
  });

  it('proves nothing where it gives them and none has come: a bot may speak unasked', () => {
    const read = [
      queued('a', 'before'),
      sending('a'),
      sent('a', 's'),
      received({ type: 'read', messageId: 's' }),
      message({ id: 'n', text: 'to the first' }, START + 30_000),
    ];
    assert.equal(row(greeted(...read, ...lost, word), 'k').delivery, 'unknown');
  });

  it('proves nothing while the answer to an earlier one is due', () => {
    const before = [
      queued('a', 'before'),
      sending('a', START + 59_000),
      sent('a', 's', null, START + 59_100),
    ];
    assert.equal(row(greeted(...before, ...lost, word), 'k').delivery, 'unknown');
    const answered = message({ id: 'n', text: 'to the first' }, START + 59_500);
    const later = [
      queued('l', 'late', START + 90_000),
      sending('l', START + 90_000),
      { type: 'becameUnknown', at: START + 91_000, key: 'l' } as const,
      message({ id: 'o', text: 'to the last' }, START + 92_000),
    ];
    assert.equal(row(greeted(...before, answered, ...later), 'l').delivery, 'sent');
  });
});

describe('where the clock here was set back', () => {
  const HOUR = 3_600_000;

  it('a word that was said before the message left does not settle it', () => {
    const back = lost.map((event) => ({ ...event, at: START + 60_000 - HOUR }) as SessionEvent);
    const old = { id: 'm', text: 'missed', createdAt: START + 30_000 };
    assert.equal(
      row(greeted(...back, message(old, START + 62_000 - HOUR)), 'k').delivery,
      'unknown',
    );
    const heard = message({ id: 'l', text: 'heard since' }, START + 10_000 - HOUR);
    assert.equal(
      row(greeted(heard, ...back, message(old, START + 62_000 - HOUR)), 'k').delivery,
      'unknown',
    );
    const late = message({ ...old, createdAt: START + 59_000 - 1_500 }, START + 62_000);
    assert.equal(row(greeted(...lost, late), 'k').delivery, 'unknown');
  });

  it('is not taken to be so for what clocks are put right by', () => {
    const put = lost.map((event, index) => ({ ...event, at: START + 60_000 - index * 500 }));
    assert.equal(row(greeted(...(put as SessionEvent[]), word), 'k').delivery, 'sent');
  });
});

describe('after a restart, when a message may have been forgotten for a bad disk,', () => {
  const resumed: SessionEvent = { type: 'resumed', at: START + 61_500 };
  const quoting = (text: string | null): SessionEvent =>
    message({ id: 'm', text: 'word', replyTo: { id: 's', text } }, START + 62_000);
  const read = received({ type: 'read', messageId: 's' }, START + 62_000);

  for (const [what, evidence] of [
    ['the next word of the bot', word],
    ['a receipt for a message not known here', read],
    ['a quote of one, without its words,', quoting(null)],
  ] as const)
    it(`${what} proves nothing`, () => {
      assert.notEqual(row(greeted(...lost, evidence), 'k').delivery, 'unknown');
      assert.equal(row(greeted(...lost, resumed, evidence), 'k').delivery, 'unknown');
      assert.equal(row(greeted(resumed, ...lost, evidence), 'k').delivery, 'unknown');
    });

  it('what gives the words of a message proves that it has arrived', () => {
    const echo = message({ id: 's', author: 'client', text: 'lost' }, START + 62_000);
    for (const evidence of [echo, quoting('lost')])
      assert.equal(row(greeted(...lost, resumed, evidence), 'k').delivery, 'sent');
  });
});
