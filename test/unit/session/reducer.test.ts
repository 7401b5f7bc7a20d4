import assert from 'node:assert/strict';
import { toView } from '../../../src/extension/session/conversation';
import { reduce } from '../../../src/extension/session/reducer';
import { IllegalTransitionError } from '../../../src/extension/session/stateTable';
import {
  connection,
  fold,
  happenings,
  incoming,
  message,
  messageRows,
  online,
  PROBLEM,
  queued,
  received,
  remoteFile,
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

describe('reduce: the other side', () => {
  it('drops what came before', () => {
    const c = online(message({ id: 'm' }));
    assert.equal(toView(fold([message({ id: 'm' })], c)), toView(c));
  });

  it('closes older answers for a newer message, and not for an older one', () => {
    const asked = message({ id: 'm', answers: ['yes'], createdAt: START + 2_000 }, START + 3_000);
    const c = online(asked);
    const older = fold([message({ id: 'o', createdAt: START + 1_000 }, START + 3_000)], c);
    assert.deepEqual(
      messageRows(older).map((it) => it.answersOpen),
      [false, true],
    );
    const newer = fold([message({ id: 'n', createdAt: START + 3_000 }, START + 3_000)], c);
    assert.deepEqual(
      messageRows(newer).map((it) => it.answersOpen),
      [false, false],
    );
  });

  it('gives the turn to a form as to answers, and back when the message is taken back', () => {
    const c = online(message({ id: 'm', actions: [{ fields: ['name'] }] }));
    const open = (it: typeof c) => messageRows(it).map(({ answersOpen }) => answersOpen);
    assert.deepEqual(open(c), [true]);
    const d = fold([queued('a', 'Name: Anna')], c);
    assert.deepEqual(open(d), [false, false]);
    assert.deepEqual(open(fold([{ type: 'removed', at: START, key: 'a' }], d)), [true]);
    const own = online(message({ id: 'o', author: 'client', actions: [{ fields: ['name'] }] }));
    assert.deepEqual(open(own), [false]);
  });

  it('opens a form that only the second shape of the greeting has', () => {
    const c = online(
      started([incoming({ text: 'Hello' })]),
      message({ id: 'g', text: 'Hello', actions: [{ fields: ['name'] }] }),
    );
    assert.deepEqual(
      messageRows(c).map(({ answersOpen }) => answersOpen),
      [true],
    );
  });

  it('keeps times between the start and now, whatever the clocks', () => {
    const at = START + 5_000;
    const times = [START - 1e9, START + 1e9, START + 2_000, null];
    const shown = times.map((createdAt) => {
      const [first] = messageRows(online(message({ id: 'm', createdAt }, at)));
      return first?.at;
    });
    assert.deepEqual(shown, [START, at, START + 2_000, at]);
    // The clock here is a day behind.
    const day = 86_400_000;
    const behind = online(
      started([], START - day),
      message({ id: 'm', createdAt: START + 2_000 }, START - day + 3_000),
    );
    assert.equal(messageRows(behind)[0]?.at, START - day + 2_000);
  });

  it('keeps the order of what comes with times before the start', () => {
    const c = online(
      message({ id: 'a', text: 'a', createdAt: START - 1_000 }),
      message({ id: 'b', text: 'b', createdAt: START - 2_000 }),
    );
    assert.deepEqual(textsOf(c), ['a', 'b']);
  });

  it('shows once what comes again without an id, by its words and its time', () => {
    const said = (text: string, createdAt: number | null) => message({ text, createdAt });
    const twice = online(said('a', START + 500), said('a', START + 500));
    assert.deepEqual(textsOf(twice), ['a']);
    const others = [said('a', START + 600), said('b', START + 500), said('a', null)];
    assert.equal(textsOf(fold(others, twice)).length, 4);
  });

  it('keeps the order of what comes after the clock here was set back', () => {
    const hour = 3_600_000;
    const c = online(
      message({ id: 'm1', text: 'one', createdAt: START + 60_000 }, START + 60_000),
      message({ id: 'm2', text: 'two', createdAt: START + 300_000 }, START + 300_000 - hour),
      message({ id: 'm4', text: 'four', createdAt: START + 600_000 }, START + 600_000 - hour),
      message({ id: 'm3', text: 'three', createdAt: START + 500_000 }, START + 650_000 - hour),
      message({ id: 'm5', text: 'wrong date', createdAt: START + 1e9 }, START + 660_000 - hour),
      message({ id: 'm6', text: 'five', createdAt: START + 700_000 }, START + 700_000 - hour),
    );
    assert.deepEqual(textsOf(c), ['one', 'two', 'three', 'four', 'wrong date', 'five']);
  });

  it('never puts a reply before its question, though events tell whole seconds only', () => {
    const c = online(
      queued('a', 'question'),
      sending('a'),
      sent('a', 's1', START + 700),
      message({ id: 'm', text: 'reply', createdAt: START }, START + 900),
    );
    assert.deepEqual(textsOf(c), ['question', 'reply']);
  });

  it('says who types, until he speaks, is replaced, or is not heard any more', () => {
    const typing = { type: 'typing', by: 'bot' } as const;
    const c = online(message({ id: 'm', authorName: 'Bot' }), typing);
    assert.deepEqual(c.view.typing, { by: 'bot', name: 'Bot' });
    const operator = { id: 'o', name: 'Anna', avatar: null };
    const ways = [
      message({ id: 'n' }),
      received({ type: 'operatorAssigned', id: 'e', operator, previous: null }),
      { type: 'ended', at: START, by: 'person' } as const,
      connection('reconnecting'),
      { type: 'typing', by: null } as const,
    ];
    for (const way of ways) assert.equal(fold([way], c).view.typing, null, way.type);
  });

  it('follows operators', () => {
    const anna = { id: 'o1', name: 'Anna', avatar: remoteFile({ url: '/anna' }) };
    const boris = { id: 'o2', name: 'Boris', avatar: null };
    const help = message({ id: 'h', type: 'help', text: 'Wait' }, START + 2_000);
    const asked = online(message({ id: 'g', authorName: 'Bot' }), help);
    assert.equal(asked.view.operatorRequestedAt, START + 2_000);
    const assigned = received({
      type: 'operatorAssigned',
      id: 'e',
      operator: anna,
      previous: null,
    });
    const came = fold([assigned, assigned], asked);
    assert.equal(came.view.operatorRequestedAt, null);
    assert.deepEqual([came.view.peer?.kind, came.view.peer?.name], ['operator', 'Anna']);
    const status = { operatorId: 'o2', previousStatus: 'ONLINE', currentStatus: 'AWAY' };
    const later = fold(
      [
        received({ type: 'operatorAssigned', id: 'e2', operator: boris, previous: anna }),
        received({ type: 'operatorStatus', ...status }),
        received({ type: 'operatorStatus', ...status }),
      ],
      came,
    );
    assert.equal(later.view.peer?.name, 'Boris');
    const left = received({ type: 'operatorLeft', operatorId: 'o2' });
    const gone = fold([left, left], later);
    assert.deepEqual([gone.view.peer?.kind, gone.view.peer?.name], ['bot', 'Bot']);
    assert.deepEqual(happenings(gone), [
      'operatorRequested',
      'operatorAssigned',
      'operatorReplaced',
      'operatorStatus',
      'operatorLeft',
    ]);
  });

  it('ends at TERMINAL, once, and still takes what was late', () => {
    const last = message({ id: 't', type: 'terminal', text: 'Bye', createdAt: START + 3_000 });
    const c = online(message({ id: 'm', answers: ['yes'] }), last);
    assert.equal(c.view.connection, 'ended');
    assert.ok(messageRows(c).every((it) => !it.answersOpen));
    const late = message({ id: 'l', text: 'late', createdAt: START + 2_000 }, START + 4_000);
    const d = fold([{ type: 'ended', at: START, by: 'person' }, late], c);
    assert.deepEqual(textsOf(d), ['text', 'late', 'Bye']);
    assert.deepEqual(happenings(d), ['ended']);
  });

  it('counts the lifetime from the arrival of the start answer', () => {
    assert.equal(online(started([], START + 50)).view.expiresAt, START + 50 + 3_600_000);
  });

  it('gives a file one key, and its address to the host alone', () => {
    const avatar = remoteFile({ url: '/face' });
    const c = online(message({ id: 'm', avatar }), message({ id: 'n', avatar }));
    const keys = messageRows(c).map((it) => it.avatar?.key ?? '');
    assert.equal(keys[0], keys[1]);
    assert.deepEqual(c.files.get(keys[0] ?? '')?.file, avatar);
    assert.ok(!JSON.stringify(c.view).includes('/face'));
    assert.ok(!JSON.stringify(c.view).includes('secret-session'));
  });

  it('keeps unchanged rows by reference', () => {
    const c = online(message({ id: 'm' }), queued('a', 'x'), sending('a'));
    const d = fold([sent('a', 's1')], c);
    assert.equal(d.view.rows[0], c.view.rows[0]);
    assert.notEqual(d.view.rows[1], c.view.rows[1]);
  });
});

describe('reduce: the composer', () => {
  it("gives the draft a new version only where the host changes it, and nothing to the person's typing", () => {
    const c = online({ type: 'draftChanged', text: 'he', by: 'person' });
    assert.deepEqual(c.view.composer.draft, { text: 'he', version: 0 });
    const d = fold([{ type: 'draftChanged', text: 'hello', by: 'host' }], c);
    assert.deepEqual(d.view.composer.draft, { text: 'hello', version: 1 });
  });

  it('follows an attachment from its start to its end', () => {
    const added = {
      type: 'attachmentAdded',
      id: 'x',
      name: 'a.txt',
      contentType: 'text/plain',
      size: 10,
      unsaved: true,
    } as const;
    const states = (...events: Parameters<typeof fold>[0]) =>
      online(added, ...events).view.composer.pending.map((it) => [it.state, it.sentBytes]);
    assert.deepEqual(states(), [['uploading', 0]]);
    assert.deepEqual(states({ type: 'attachmentProgress', id: 'x', sentBytes: 4 }), [
      ['uploading', 4],
    ]);
    assert.deepEqual(states({ type: 'attachmentReady', id: 'x', file: remoteFile() }), [
      ['ready', 10],
    ]);
    const failed = { type: 'attachmentFailed', id: 'x', problem: PROBLEM } as const;
    assert.deepEqual(states(failed), [['failed', 0]]);
    assert.deepEqual(states(failed, { type: 'attachmentRetried', id: 'x' }), [['uploading', 0]]);
    assert.deepEqual(states({ type: 'attachmentRemoved', id: 'x' }), []);
  });
});

describe('reduce: the greeting', () => {
  const greeting = incoming({ text: 'Hello', answers: ['yes'] });

  it('comes once, by the start answer and by the socket', () => {
    const again = message({ id: 'g', text: 'Hello', answers: ['yes'], authorName: 'Bot' });
    const c = online(started([greeting]), again);
    assert.deepEqual(textsOf(c), ['Hello']);
    assert.equal(messageRows(c)[0]?.authorName, 'Bot');
    assert.ok(messageRows(c)[0]?.answersOpen);
    assert.deepEqual(textsOf(fold([again], c)), ['Hello']);
  });

  it('takes the answers from whichever brings them', () => {
    const bare = incoming({ text: 'Hello' });
    const c = online(started([bare]), message({ id: 'g', text: 'Hello', answers: ['yes'] }));
    assert.deepEqual(
      messageRows(c).map((it) => [it.answers, it.answersOpen]),
      [[['yes'], true]],
    );
  });

  it('is not taken for a reply of the same words', () => {
    const reply = message({ id: 'r', text: 'Hello', createdAt: START + 60_000 }, START + 60_000);
    const at = START + 59_000;
    const c = online(started([greeting]), queued('a', 'menu', at), sending('a', at), reply);
    assert.deepEqual(textsOf(c), ['Hello', 'menu', 'Hello']);
    const late = message({ id: 'g', text: 'Hello', createdAt: START }, START + 61_000);
    assert.deepEqual(textsOf(fold([late], c)), ['Hello', 'menu', 'Hello']);
  });
});
