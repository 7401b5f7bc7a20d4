// Answers of a REST server that is broken, strange or hostile, into the real client.

import { TwinError } from '../../src/extension/core/errors';
import type { HttpResponse, HttpTransport } from '../../src/extension/twin/httpTransport';
import { TwinClient } from '../../src/extension/twin/twinClient';
import { useTestLog } from '../support/testLogger';
import { SeededRandom } from '../support/seeds';
import { fuzz } from './fuzz';

const log = useTestLog();

const STATUSES = [200, 204, 302, 400, 404, 409, 413, 429, 500, 503] as const;

describe('REST bodies', () => {
  let body = '';
  let status = 201;

  const http: HttpTransport = {
    request: (): Promise<HttpResponse> => {
      const headers = { 'retry-after': body.slice(0, 40), date: body.slice(0, 30) };
      return Promise.resolve({ status, headers, body });
    },
    dropIdle: () => undefined,
  };

  const client = new TwinClient({
    apiUrl: 'http://api.test',
    messagesUrl: 'http://messages.test',
    http,
    loadLive: () => Promise.reject(new Error('Nobody connects here')),
    logger: log.logger,
  });

  const calls: readonly (() => Promise<unknown>)[] = [
    () => client.startSession('chat', { name: 'fuzz', clientExternalId: '', clientMetadata: {} }),
    () => client.sendMessage('s', { text: 'x', attachmentIds: [], replyToMessageId: null }),
    () =>
      client.uploadFile({
        name: 'a',
        contentType: 'text/plain',
        size: 1,
        read: async function* () {
          yield await Promise.resolve(new Uint8Array(1));
        },
      }),
    () => client.history('s'),
  ];

  it('are taken or refused with a TwinError, whatever they are', async function () {
    this.timeout(0); // bounded by what each case may cost
    await fuzz({
      of: 0.4,
      make: (grammar) => grammar.restBody(),
      feed: (text) =>
        [201, new SeededRandom(text.length).pick(STATUSES)].flatMap((answered) =>
          calls.map((call) => async () => {
            body = text;
            status = answered;
            await orTwinError(call);
            log.reset();
          }),
        ),
    });
  });
});

async function orTwinError(call: () => Promise<unknown>): Promise<void> {
  try {
    // Whoever takes it writes it down: that must be possible, too.
    JSON.stringify(await call());
  } catch (error) {
    if (!(error instanceof TwinError)) throw error;
  }
}
