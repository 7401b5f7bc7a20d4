import assert from 'node:assert/strict';
import { toView } from '../../../src/extension/session/conversation';
import {
  connection,
  fold,
  happenings,
  incoming,
  message,
  messageRows,
  online,
  queued,
  received,
  remoteFile,
  sending,
  sent,
  START,
  started,
  textsOf,
} from '../../support/conversations';

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
