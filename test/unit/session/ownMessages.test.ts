import assert from 'node:assert/strict';
import { reduce } from '../../../src/extension/session/reducer';
import { IllegalTransitionError } from '../../../src/extension/session/stateTable';
import {
  fold,
  incoming,
  message,
  messageRows,
  online,
  PROBLEM,
  queued,
  remoteFile,
  received,
  row,
  sending,
  sent,
  START,
  started,
  textsOf,
} from '../../support/conversations';

describe('reduce: own messages', () => {
  it('shows them at once, and what becomes of them', () => {
    const c = online(queued('a', 'hello'));
    assert.equal(row(c, 'a').delivery, 'queued');
    const d = fold([sending('a')], c);
    assert.equal(row(d, 'a').delivery, 'sending');
    assert.equal(row(fold([sent('a', 's1')], d), 'a').delivery, 'sent');
    const failed = fold([{ type: 'failed', at: START, key: 'a', problem: PROBLEM }], d);
    assert.deepEqual([row(failed, 'a').delivery, row(failed, 'a').problem], ['failed', PROBLEM]);
    const again = fold([{ type: 'requeued', at: START, key: 'a', problem: null }], failed);
    assert.deepEqual([row(again, 'a').delivery, row(again, 'a').problem], ['queued', null]);
    assert.equal(messageRows(fold([{ type: 'removed', at: START, key: 'a' }], again)).length, 0);
  });

  it('throws on a step that the table does not know', () => {
    const c = online(queued('a', 'hello'));
    const unknown = { type: 'becameUnknown', at: START, key: 'a' } as const;
    assert.throws(() => reduce(c, unknown), IllegalTransitionError);
  });

  it('takes the echo after the answer for the same message', () => {
    const c = online(queued('a', 'hi'), sending('a'), sent('a', 's1'));
    const d = fold([message({ id: 's1', author: 'client', text: 'hi' })], c);
    assert.deepEqual(textsOf(d), ['hi']);
  });

  it('takes an echo before the answer for the message under way', () => {
    const echo = message({ id: 's1', author: 'client', text: 'hi' });
    const c = online(queued('a', 'hi'), sending('a'), echo);
    assert.deepEqual([textsOf(c), row(c, 'a').delivery], [['hi'], 'sent']);
    const d = fold([sent('a', 's1'), echo], c);
    assert.deepEqual([textsOf(d), row(d, 'a').delivery], [['hi'], 'sent']);
  });

  it('believes an echo more than a POST that fails after it', () => {
    const taken = online(
      queued('a', 'hi'),
      sending('a'),
      message({ id: 's1', author: 'client', text: 'hi' }),
    );
    for (const event of [
      { type: 'failed', at: START, key: 'a', problem: PROBLEM },
      { type: 'becameUnknown', at: START, key: 'a' },
      { type: 'requeued', at: START, key: 'a', problem: PROBLEM },
    ] as const)
      assert.equal(row(fold([event], taken), 'a').delivery, 'sent', event.type);
  });

  it('waits for the answer where an echo could be of two messages', () => {
    const echo = (id: string) => message({ id, author: 'client', text: 'hi' });
    const two = online(
      queued('a', 'hi'),
      sending('a'),
      { type: 'becameUnknown', at: START, key: 'a' },
      queued('b', 'hi'),
      sending('b'),
      echo('s1'),
    );
    assert.deepEqual([row(two, 'a').delivery, row(two, 'b').delivery], ['unknown', 'sending']);
    const itsOwn = fold([sent('b', 's1')], two);
    assert.deepEqual([row(itsOwn, 'a').delivery, row(itsOwn, 'b').delivery], ['unknown', 'sent']);
    const theOther = fold([sent('b', 's2')], two);
    assert.deepEqual([row(theOther, 'a').delivery, row(theOther, 'b').delivery], ['sent', 'sent']);
    assert.equal(messageRows(theOther).length, 2);
  });

  it('shows what was written elsewhere, and takes it back when it turns out to be ours', () => {
    const other = message({ id: 's1', author: 'client', text: 'HI' });
    const c = online(queued('a', 'hi'), sending('a'), other);
    assert.deepEqual(textsOf(c), ['hi', 'HI']);
    assert.deepEqual(textsOf(fold([sent('a', 's1')], c)), ['hi']);
  });

  it('shows "read", also when the receipt comes before the answer', () => {
    const read = received({ type: 'read', messageId: 's1' });
    const c = online(queued('a', 'hi'), sending('a'), sent('a', 's1'), read);
    assert.equal(row(c, 'a').delivery, 'read');
    const early = online(queued('a', 'hi'), sending('a'), read, sent('a', 's1'));
    assert.equal(row(early, 'a').delivery, 'read');
  });

  it('marks the pressed answer, and frees it when the message is taken back', () => {
    const c = online(message({ id: 'm', answers: ['yes', 'no'] }));
    const [asked] = messageRows(c);
    assert.ok(asked?.answersOpen);
    const answer = { messageKey: asked.key, index: 1 };
    const press = { ...queued('a', 'no'), answer } as Parameters<typeof reduce>[1];
    const d = fold([press], c);
    assert.deepEqual([row(d, asked.key).answersOpen, row(d, asked.key).chosenAnswer], [false, 1]);
    const e = fold([{ type: 'removed', at: START, key: 'a' }], d);
    assert.deepEqual([row(e, asked.key).answersOpen, row(e, asked.key).chosenAnswer], [true, null]);
  });

  it('quotes the row it replies to', () => {
    const c = online(message({ id: 'm', text: 'asked' }));
    const [asked] = messageRows(c);
    assert.ok(asked);
    const d = fold([{ ...queued('a', 'no'), replyTo: asked.key } as never], c);
    assert.deepEqual(row(d, 'a').quote, { messageKey: asked.key, text: 'asked' });
  });

  it('quotes a file that has no text by its name, and so does the other side', () => {
    const attachments = [remoteFile({ name: '__init__.py' }), remoteFile({ name: 'b.txt' })];
    const c = online(message({ id: 'm', text: '', attachments }));
    const [asked] = messageRows(c);
    assert.ok(asked);
    const quote = { messageKey: asked.key, text: '`__init__.py`, `b.txt`' };
    const d = fold([{ ...queued('a', 'no'), replyTo: asked.key } as never], c);
    assert.deepEqual(row(d, 'a').quote, quote);
    const e = fold([message({ id: 'n', replyTo: { id: 'm', text: null } })], c);
    assert.deepEqual(messageRows(e)[1]?.quote, quote);
  });
});

describe('reduce: evidence for a message of unknown fate', () => {
  const lost = (key: string, at = START + 5_000) =>
    [
      queued(key, `text of ${key}`, at),
      sending(key, at),
      { type: 'becameUnknown', at: at + 100, key },
    ] as const;

  it('a receipt that can be for no other message', () => {
    const c = online(...lost('a'), received({ type: 'read', messageId: 's9' }, START + 6_000));
    assert.equal(row(c, 'a').delivery, 'read');
  });

  it('but not one that came before it left', () => {
    const read = received({ type: 'read', messageId: 's9' }, START + 4_000);
    assert.equal(row(online(read, ...lost('a')), 'a').delivery, 'unknown');
  });

  it('but not where it could be for two', () => {
    const read = received({ type: 'read', messageId: 's9' }, START + 9_000);
    const c = online(...lost('a'), ...lost('b'), read);
    assert.deepEqual([row(c, 'a').delivery, row(c, 'b').delivery], ['unknown', 'unknown']);
  });

  it('a quotation', () => {
    const replyTo = { id: 's9', text: 'text of b' };
    const quote = message({ id: 'm', replyTo }, START + 9_000);
    const c = online(...lost('a'), ...lost('b'), quote);
    assert.deepEqual([row(c, 'a').delivery, row(c, 'b').delivery], ['unknown', 'sent']);
  });

  it("the bot's next word after a silence, before or after the POST has failed", () => {
    const greeting = started([incoming({ text: 'Hello' })]);
    const reply = message({ id: 'm' }, START + 9_000);
    assert.equal(row(online(greeting, ...lost('a'), reply), 'a').delivery, 'sent');
    const [q, s, u] = lost('a');
    assert.equal(row(online(greeting, q, s, reply, u), 'a').delivery, 'sent');
  });

  it('but not another part of what the bot was saying, nor the word of an operator', () => {
    const saying = message({ id: 'm0' }, START + 4_500);
    const reply = message({ id: 'm' }, START + 9_000);
    assert.equal(row(online(saying, ...lost('a'), reply), 'a').delivery, 'unknown');
    const operator = message({ id: 'm', author: 'operator' }, START + 9_000);
    assert.equal(row(online(...lost('a'), operator), 'a').delivery, 'unknown');
  });

  it('the person', () => {
    const c = online(...lost('a'), { type: 'confirmedArrived', at: START, key: 'a' });
    assert.equal(row(c, 'a').delivery, 'sent');
  });
});
