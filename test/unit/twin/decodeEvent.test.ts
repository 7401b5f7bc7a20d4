import assert from 'node:assert/strict';
import { ContractDrift } from '../../../src/extension/twin/contractDrift';
import { decodeEvent } from '../../../src/extension/twin/decodeEvent';
import type { LiveEvent } from '../../../src/extension/twin/model';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();

function decode(name: string, payload: unknown): LiveEvent {
  return decodeEvent(name, payload, new ContractDrift(log.logger));
}

const ASSIGNED = {
  id: 'e1',
  operatorId: 'o2',
  operatorName: 'Анна',
  avatar: 'https://h/a.png',
  previousOperatorId: 'o1',
  previousOperatorName: 'Олег',
  previousOperatorAvatar: [],
};

describe('decodeEvent', () => {
  for (const name of ['chatMessageCreatedEmit', 'chatMessageCreated', 'CHATMESSAGECREATEDEMIT'])
    it(`knows a message under ${name}`, () => {
      const event = decode(name, { id: 'm', body: 'b', type: 'REGULAR', authorType: 'BOT' });
      assert.equal(event.type, 'message');
    });

  for (const said of [{ body: 'b' }, { type: 'REGULAR' }])
    it(`keeps a message that has an operator’s id a message: ${JSON.stringify(said)}`, () => {
      const payload = { id: 'm', operatorId: 'o', ...said };
      assert.equal(decode('chatMessageCreatedEmit', payload).type, 'message');
    });

  for (const name of [
    'chatMessageCreatedEmit',
    'operatorStatusChangedEmit',
    'whatever',
    '__proto__',
  ])
    it(`knows an operator’s assignment by its shape under ${name}`, () => {
      assert.deepEqual(decode(name, ASSIGNED), {
        type: 'operatorAssigned',
        id: 'e1',
        operator: {
          id: 'o2',
          name: 'Анна',
          avatar: {
            id: null,
            name: 'a.png',
            contentType: null,
            size: null,
            url: 'https://h/a.png',
          },
        },
        previous: { id: 'o1', name: 'Олег', avatar: null },
      });
    });

  it('has no previous operator when the bot was before', () => {
    const event = decode('x', { ...ASSIGNED, previousOperatorId: null, previousOperatorName: '' });
    assert.equal(event.type === 'operatorAssigned' && event.previous, null);
  });

  for (const name of ['operatorStatusChangedEmit', 'operatorLoggedOutEmit'])
    it(`knows an operator’s leaving by its shape under ${name}`, () => {
      const expected = { type: 'operatorLeft', operatorId: 'o1' };
      assert.deepEqual(decode(name, { operatorId: 'o1' }), expected);
    });

  it('knows an operator’s status', () => {
    const payload = { operatorId: 'o1', previousStatus: 'ONLINE', currentStatus: 'AWAY' };
    assert.deepEqual(decode('operatorStatusChangedEmit', payload), {
      type: 'operatorStatus',
      ...payload,
    });
  });

  it('knows typing, and that one’s own is none', () => {
    const typing = (payload: unknown) => decode('showTypingIndicatorEmit', payload);
    assert.deepEqual(typing({ authorType: 'BOT' }), { type: 'typing', author: 'bot' });
    assert.deepEqual(typing({ authorType: 'operator' }), { type: 'typing', author: 'operator' });
    assert.deepEqual(typing(undefined), { type: 'typing', author: 'bot' });
    assert.equal(typing({ authorType: 'CLIENT' }).type, 'unknown');
    const byOne = { authorType: 'OPERATOR', operatorId: 'o1', operatorName: 'Anna' };
    assert.deepEqual(typing(byOne), { type: 'typing', author: 'operator' });
  });

  it('knows a read receipt', () => {
    for (const payload of [{ messageId: 'm' }, { id: 'm' }, 'm', { id: 'm', operatorId: 'o1' }])
      assert.deepEqual(decode('chatMessageReadEmit', payload), { type: 'read', messageId: 'm' });
  });

  it('takes a payload in a list, with others, or as JSON in a string', () => {
    const read = { type: 'read', messageId: 'm' };
    assert.deepEqual(decode('chatMessageReadEmit', [{ messageId: 'm' }, 'more']), read);
    assert.deepEqual(decode('chatMessageReadEmit', '{"messageId":"m"}'), read);
  });

  const strange: [string, unknown][] = [
    ['chatMessageEdited', { id: 'm', body: 'b', type: 'REGULAR' }],
    ['chatSessionDeleted', {}],
    ['chatMessageCreatedEmit', {}],
    ['chatMessageCreatedEmit', null],
    ['chatMessageCreatedEmit', 'no JSON'],
    ['chatMessageCreatedEmit', []],
    ['chatMessageReadEmit', {}],
    ['operatorStatusChangedEmit', { currentStatus: null }],
    ['', undefined],
    ['constructor', { toString: 1 }],
  ];
  for (const [name, payload] of strange)
    it(`keeps what it does not understand: ${name} ${JSON.stringify(payload)}`, () => {
      assert.deepEqual(decode(name, payload), { type: 'unknown', name, payload });
      assert.ok(log.lines.some((line) => line.text.includes('contract drift')));
    });

  it('is not fooled by inherited fields', () => {
    const payload: unknown = JSON.parse('{"__proto__":{"operatorId":"o1","operatorName":"x"}}');
    assert.equal(decode('chatMessageCreatedEmit', payload).type, 'unknown');
    const heir: unknown = Object.create({ operatorId: 'o1', messageId: 'm' });
    assert.equal(decode('chatMessageReadEmit', heir).type, 'unknown');
  });

  it('leaves `__proto__` out of actions', () => {
    const actions: unknown = JSON.parse('[{"a":{"__proto__":{"polluted":true},"b":1}}]');
    const event = decode('chatMessageCreatedEmit', { id: 'm', actions });
    assert.deepEqual(event.type === 'message' && event.message.actions, [{ a: { b: 1 } }]);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  });

  it('cuts data that is too deep for whoever recurses after us', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const event = decode('chatMessageCreatedEmit', {
      id: 'm',
      actions: `{"a":${deep}}`,
      body: deep,
    });
    assert.ok(event.type === 'message');
    assert.ok(JSON.stringify(event.message.actions).length < 1_000);
    assert.equal(event.message.text, deep);
  });

  it('survives getters that throw, buffers, functions and numbers in every place', () => {
    const trap = {
      get body(): string {
        throw new Error('trap');
      },
    };
    assert.equal(decode('chatMessageCreatedEmit', trap).type, 'unknown');
    const odd = [new Uint8Array(8), () => 1, Symbol('s'), 7n, NaN, true, -0, [[[]]], { a: [] }];
    const names = ['id', 'body', 'type', 'answers', 'actions', 'avatar', 'attachments', 'replyTo'];
    for (const value of odd)
      for (const name of names) decode('chatMessageCreatedEmit', { id: 'm', [name]: value });
  });

  it('is not stopped by size', () => {
    const event = decode('chatMessageCreatedEmit', {
      id: 'm',
      body: 'x'.repeat(1_000_000),
      answers: Array.from({ length: 5_000 }, (_, i) => ({ text: `ответ ${i}` })),
    });
    assert.ok(event.type === 'message');
    assert.equal(event.message.answers.length, 5_000);
    assert.equal(event.message.text.length, 1_000_000);
  });
});
