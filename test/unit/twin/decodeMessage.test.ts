import assert from 'node:assert/strict';
import { ContractDrift } from '../../../src/extension/twin/contractDrift';
import {
  decodeMessage,
  EVENT_MESSAGE,
  START_MESSAGE,
} from '../../../src/extension/twin/decodeMessage';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();

function decode(record: Record<string, unknown>, shape = EVENT_MESSAGE) {
  return decodeMessage(record, shape, new ContractDrift(log.logger));
}

function driftLines(): readonly string[] {
  return log.lines.map((line) => line.text);
}

describe('decodeMessage', () => {
  it("takes the article's event as it stands, without a word about drift", () => {
    const message = decode({
      id: 'm1',
      authorId: 'a1',
      authorType: 'BOT',
      authorName: 'Эхо',
      type: 'REGULAR',
      body: 'Привет',
      answers: [{ text: 'Да' }],
      createdAt: '2018-10-31T11:56:07+00:00',
      sessionId: 's1',
      attachments: [
        { id: 'f1', name: 'bot.png', contentType: 'image/png', size: '12400', url: 'u' },
      ],
      actions: '[{"key1":"value1"}]',
      avatar: { id: 'f2', name: 'a.png', url: 'v' },
    });
    assert.deepEqual(message, {
      id: 'm1',
      author: 'bot',
      authorName: 'Эхо',
      type: 'regular',
      text: 'Привет',
      answers: ['Да'],
      actions: [{ key1: 'value1' }],
      attachments: [{ id: 'f1', name: 'bot.png', contentType: 'image/png', size: 12400, url: 'u' }],
      avatar: { id: 'f2', name: 'a.png', contentType: null, size: null, url: 'v' },
      createdAt: Date.UTC(2018, 9, 31, 11, 56, 7),
      replyTo: null,
    });
    assert.deepEqual(driftLines(), []);
  });

  it('takes the start answer’s message, which has no id, type, time or author', () => {
    const message = decode({ body: 'Привет', answers: ['Да'], actions: [] }, START_MESSAGE);
    assert.equal(message.id, null);
    assert.equal(message.author, 'bot');
    assert.equal(message.type, 'regular');
    assert.equal(message.createdAt, null);
    assert.deepEqual(message.answers, ['Да']);
    assert.deepEqual(driftLines(), []);
  });

  const answers: [string, unknown, string[]][] = [
    ['strings', ['Да', 'Нет'], ['Да', 'Нет']],
    ...['text', 'body', 'title', 'label', 'name', 'value'].map(
      (name): [string, unknown, string[]] => [`objects by ${name}`, [{ [name]: 'Да' }], ['Да']],
    ),
    ['the first of several names', [{ value: 'v', title: 't', body: 'b', text: '' }], ['b']],
    ['a number as text', [{ value: 5 }, 7], ['5', '7']],
    ['null', null, []],
    ['absent', undefined, []],
    ['one object alone', { text: 'Да' }, ['Да']],
    ['one string alone', 'Да', ['Да']],
    ['JSON in a string', '["Да","Нет"]', ['Да', 'Нет']],
    ['empty ones', ['', { text: '' }, null], []],
  ];
  for (const [what, value, expected] of answers)
    it(`answers: ${what}`, () => {
      assert.deepEqual(decode({ answers: value }).answers, expected);
    });

  const actions: [string, unknown, unknown[]][] = [
    ['array', [{ a: 1 }, { b: 2 }], [{ a: 1 }, { b: 2 }]],
    ['object', { a: 1 }, [{ a: 1 }]],
    ['JSON of an array', '[{"a":1}]', [{ a: 1 }]],
    ['JSON of an object', '{"a":1}', [{ a: 1 }]],
    ['empty string', '', []],
    ['null', null, []],
    ['empty array', [], []],
    ['array of nothing', [{}, [], null], []],
    ['text that is no JSON', 'survey', ['survey']],
  ];
  for (const [what, value, expected] of actions)
    it(`actions: ${what}`, () => {
      assert.deepEqual(decode({ actions: value }).actions, expected);
    });

  const authors: [unknown, string][] = [
    ['BOT', 'bot'],
    ['bot', 'bot'],
    ['Client', 'client'],
    ['OPERATOR', 'operator'],
    ['Supervisor', 'operator'],
    [undefined, 'bot'],
  ];
  for (const [value, expected] of authors)
    it(`author ${String(value)} is ${expected}`, () => {
      assert.equal(decode({ authorType: value }).author, expected);
    });

  it('knows the types without case, and takes an unknown one for regular', () => {
    assert.equal(decode({ type: 'terminal' }).type, 'terminal');
    assert.equal(decode({ type: 'HELP' }).type, 'help');
    assert.equal(decode({ type: 'SURVEY' }).type, 'regular');
  });

  const avatars: [string, unknown, string | null][] = [
    ['object', { id: 'f', url: 'https://h/a.png' }, 'https://h/a.png'],
    ['address', 'https://h/a.png', 'https://h/a.png'],
    ['list', [null, { url: '/a.png' }], '/a.png'],
    ['empty string', '', null],
    ['empty list', [], null],
    ['null', null, null],
    ['an object that says nothing', {}, null],
  ];
  for (const [what, value, expected] of avatars)
    it(`avatar: ${what}`, () => {
      assert.equal(decode({ avatar: value }).avatar?.url ?? null, expected);
    });

  it('prefers the download link, and lives without either', () => {
    const [both, plain, none] = decode({
      attachments: [
        { id: '1', name: 'a', url: 'u', downloadLink: 'd' },
        { id: '2', name: 'a', url: 'u', downloadLink: null },
        { id: '3', name: 'a', url: null, downloadLink: null },
      ],
    }).attachments;
    assert.deepEqual([both?.url, plain?.url, none?.url], ['d', 'u', null]);
  });

  it('takes a bare id for an attachment, and makes a name of what there is', () => {
    const files = decode({
      attachments: [
        'f1',
        'https://h/%D1%84.png?x=1',
        { id: 'f2', baseName: 'bot', extension: 'png', sugestedExtension: 'png' },
        { id: 'f3', url: '/files/%E0%A4%A.txt' },
      ],
    }).attachments;
    assert.deepEqual(
      files.map(({ id, name }) => [id, name]),
      [
        ['f1', 'f1'],
        [null, 'ф.png'],
        ['f2', 'bot.png'],
        ['f3', '%E0%A4%A.txt'],
      ],
    );
  });

  const sizes: [unknown, number | null][] = [
    [5, 5],
    ['5', 5],
    [-1, null],
    ['five', null],
    [null, null],
    [{}, null],
  ];
  for (const [value, expected] of sizes)
    it(`size ${JSON.stringify(value)} is ${String(expected)}`, () => {
      const [file] = decode({ attachments: [{ id: 'f', size: value }] }).attachments;
      assert.equal(file?.size, expected);
    });

  const times: [unknown, number | null][] = [
    ['2018-10-31T11:56:07+00:00', Date.UTC(2018, 9, 31, 11, 56, 7)],
    ['2018-10-31T14:56:07.5+03:00', Date.UTC(2018, 9, 31, 11, 56, 7, 500)],
    ['2018-10-31 11:56:07', Date.UTC(2018, 9, 31, 11, 56, 7)],
    [1540986967, 1540986967000],
    [1540986967000, 1540986967000],
    ['1540986967', 1540986967000],
    ['yesterday', null],
    ['', null],
    [1e300, null],
    [{}, null],
  ];
  for (const [value, expected] of times)
    it(`time ${JSON.stringify(value)} is ${String(expected)}`, () => {
      assert.equal(decode({ createdAt: value }).createdAt, expected);
    });

  it('finds what a message answers to, in both shapes', () => {
    assert.deepEqual(decode({ replyTo: { id: 'm', body: 'b' } }).replyTo, { id: 'm', text: 'b' });
    assert.deepEqual(decode({ replyTo: { id: 'm' } }).replyTo, { id: 'm', text: null });
    assert.deepEqual(decode({ replyToMessageId: 'm' }).replyTo, { id: 'm', text: null });
    assert.equal(decode({ replyTo: null }).replyTo, null);
  });

  it('shows a body that is no text as what it is', () => {
    assert.equal(decode({ body: 5 }).text, '5');
    assert.equal(decode({ body: { a: [1] } }).text, '{"a":[1]}');
    assert.equal(decode({ body: null }).text, '');
  });

  it('logs a deviation once for each path, by kind and not by content', () => {
    const drift = new ContractDrift(log.logger);
    for (let i = 0; i < 3; i++)
      decodeMessage({ body: '', answers: [{ text: 'секрет' }] }, START_MESSAGE, drift);
    assert.deepEqual(driftLines(), [
      'contract drift: start.messages[].answers[]: expected string, got object',
    ]);
  });

  it('bounds what an inventive server can make it remember', () => {
    const drift = new ContractDrift(log.logger);
    for (let i = 0; i < 2_000; i++) drift.report(`event${i}`, 'a documented event', null);
    drift.report('x'.repeat(1_000_000), 'anything', null);
    assert.equal(log.lines.length, 500);
  });
});
