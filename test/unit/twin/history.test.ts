import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { ContractDrift } from '../../../src/extension/twin/contractDrift';
import { decodeHistory } from '../../../src/extension/twin/decodeAnswer';
import type { HttpRequest } from '../../../src/extension/twin/httpTransport';
import { TwinClient } from '../../../src/extension/twin/twinClient';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();

describe('The history', () => {
  const decode = (value: unknown) => decodeHistory(value, 200, new ContractDrift(log.logger));
  const item = { id: 'm1', authorType: 'BOT', body: 'hi' };

  for (const [what, value, count] of [
    ['as documented', { count: 7, items: [item] }, 7],
    ['with its count in a string', { count: '7', items: [item] }, 7],
    ['without a count', { items: [item] }, null],
    ['under another name', { messages: [item] }, null],
    ['as a list alone', [item], null],
    ['with what is no message', { count: null, items: [item, null, 'x', 3] }, null],
  ] as const)
    it(`is taken ${what}`, () => {
      const history = decode(value);
      assert.deepEqual(
        [history.count, history.messages.map(({ id, text }) => [id, text])],
        [count, [['m1', 'hi']]],
      );
    });

  for (const value of [{}, null, 'x', { items: {} }])
    it(`is not made of ${JSON.stringify(value)}`, () => {
      assert.throws(() => decode(value), { name: 'TwinError', reason: 'protocol' });
    });

  function client(status: number, asked: HttpRequest[] = []): TwinClient {
    return new TwinClient({
      apiUrl: 'http://api.test',
      messagesUrl: 'http://messages.test',
      http: {
        dropIdle: () => undefined,
        request: (request) => {
          asked.push(request);
          return Promise.resolve({ status, headers: {}, body: '{"count":0,"items":[]}' });
        },
      },
      loadLive: () => Promise.reject(new Error('not asked for')),
      logger: log.logger,
    });
  }

  it('is asked for at the API host', async () => {
    const asked: HttpRequest[] = [];
    assert.deepEqual(await client(200, asked).history('s/1'), { count: 0, messages: [] });
    const [{ method, url } = { method: '', url: '' }] = asked;
    assert.equal(
      `${method} ${String(url)}`,
      'GET http://api.test/api/chats/v1/sessions/s%2F1/messages?x_widget=1',
    );
  });

  for (const status of [401, 403, 404, 405])
    it(`is not offered: ${status}`, async () => {
      assert.equal(await client(status).history('s'), null);
    });

  for (const status of [429, 500, 503])
    it(`cannot be had now: ${status}`, async () => {
      await assert.rejects(client(status).history('s'), TwinError);
    });
});
