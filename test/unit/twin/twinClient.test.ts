import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import type {
  HttpRequest,
  HttpResponse,
  HttpTransport,
} from '../../../src/extension/twin/httpTransport';
import type {
  LiveTransportFactory,
  LiveTransportListener,
} from '../../../src/extension/twin/liveTransport';
import { startBody } from '../../../src/extension/twin/requestBody';
import { TwinClient, type TwinClientOptions } from '../../../src/extension/twin/twinClient';
import type { TwinConnectionListener } from '../../../src/extension/twin/twinConnection';
import { settle } from '../../support/manualClock';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();

/** Answers each call with the same, and keeps what was asked. */
class CannedHttp implements HttpTransport {
  readonly requests: HttpRequest[] = [];
  /** How many calls had been made whenever what is idle was let go of. */
  readonly dropped: number[] = [];

  constructor(
    private readonly status: number,
    private readonly body: string,
  ) {}

  request(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    return Promise.resolve({ status: this.status, headers: {}, body: this.body });
  }

  dropIdle(): void {
    this.dropped.push(this.requests.length);
  }
}

function clientOver(http: HttpTransport, options: Partial<TwinClientOptions> = {}): TwinClient {
  return new TwinClient({
    apiUrl: 'https://api.test/',
    messagesUrl: 'https://messages.test/base/',
    http,
    loadLive: () => Promise.reject(new Error('not in this test')),
    logger: log.logger,
    ...options,
  });
}

const MESSAGE = { text: 'Привет', attachmentIds: [], replyToMessageId: null };
const CREATED = '{"id":"m1","createdAt":"2018-10-31T11:56:07+00:00"}';

describe('startBody', () => {
  it('leaves out what is empty', () => {
    assert.deepEqual(startBody({ name: 'n', clientExternalId: '', clientMetadata: {} }), {
      name: 'n',
    });
    const full = { name: 'n', clientExternalId: 'e', clientMetadata: { a: 'b' } };
    assert.deepEqual(startBody(full), full);
  });
});

describe('TwinClient', () => {
  it('starts a session over a connection of its own: an idle one may have died in silence', async () => {
    const http = new CannedHttp(201, '{"id":"S"}');
    await clientOver(http).startSession('chat', { name: 'n' });
    assert.deepEqual([http.dropped, http.requests.length], [[0], 1]);
  });

  it('starts a session as documented, and never shows its id', async () => {
    const http = new CannedHttp(201, '{"id":"secret-session","ttl":3600,"messages":null}');
    const client = clientOver(http);
    const session = await client.startSession('chat/1', { name: 'n' });
    assert.deepEqual(session, {
      id: 'secret-session',
      clientId: null,
      startedAt: null,
      ttl: 3600,
      messages: [],
    });
    const [request] = http.requests;
    assert.equal(
      request?.url.href,
      'https://api.test/api/chats/v1/chats/chat%2F1/sessions?x_widget=1',
    );
    assert.deepEqual(request.json, { name: 'n' });
    log.logger.info('said of secret-session by anybody');
    assert.ok(log.lines.length > 0);
    assert.ok(!log.lines.some((line) => line.text.includes('secret-session')));
  });

  it('sends a message as documented', async () => {
    const http = new CannedHttp(201, CREATED);
    const message = { text: 't', attachmentIds: ['f'], replyToMessageId: 'm0' };
    const sent = await clientOver(http).sendMessage('s1', message);
    assert.deepEqual(sent, { id: 'm1', createdAt: Date.UTC(2018, 9, 31, 11, 56, 7) });
    const [request] = http.requests;
    assert.equal(request?.url.href, 'https://messages.test/base/api/v1/sessions/s1/messages');
    assert.deepEqual(request.json, { body: 't', attachments: ['f'], replyToMessageId: 'm0' });
  });

  it('always sends a list of attachments, as the article’s program does', async () => {
    const http = new CannedHttp(201, CREATED);
    await clientOver(http).sendMessage('s1', MESSAGE);
    assert.deepEqual(http.requests[0]?.json, { body: 'Привет', attachments: [] });
  });

  it('takes an uploaded file in a list or alone', async () => {
    const content = {
      name: 'a',
      contentType: 'b',
      size: 0,
      read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error()) }) }),
    };
    for (const body of ['[{"id":"f1","name":"a"}]', '{"id":"f1","name":"a"}'])
      assert.equal((await clientOver(new CannedHttp(201, body)).uploadFile(content)).id, 'f1');
    const http = new CannedHttp(201, '[{"id":"f1"}]');
    await clientOver(http).uploadFile(content);
    assert.equal(http.requests[0]?.timeout, 90_000); // the server may think about a large file
    for (const body of ['[]', '[{}]', 'null'])
      await assert.rejects(clientOver(new CannedHttp(201, body)).uploadFile(content), {
        reason: 'protocol',
      });
  });

  for (const body of ['<html>Sign in to the hotel</html>', '{"id":"m1","crea', ''])
    it(`calls a good answer that is no JSON a protocol error: ${body}`, async () => {
      const call = clientOver(new CannedHttp(201, body)).sendMessage('s1', MESSAGE);
      await assert.rejects(call, (error) => {
        assert.ok(TwinError.is(error, 'protocol'));
        return error.isOutcomeUnknown;
      });
    });

  it('needs a session id, and nothing else, of a start answer', async () => {
    for (const body of ['[]', '{}', '{"id":""}', '{"id":null}', '5'])
      await assert.rejects(clientOver(new CannedHttp(201, body)).startSession('c', { name: 'n' }), {
        reason: 'protocol',
      });
    const started = await clientOver(new CannedHttp(200, '{"id":7,"ttl":"60"}')).startSession('c', {
      name: 'n',
    });
    assert.deepEqual([started.id, started.ttl], ['7', 60]);
  });

  for (const id of ['', '.', '..'])
    it(`makes no call with the id "${id}", which a URL would swallow`, async () => {
      const http = new CannedHttp(201, CREATED);
      await assert.rejects(clientOver(http).startSession(id, { name: 'n' }), {
        reason: 'notFound',
      });
      assert.equal(http.requests.length, 0);
    });

  it('refuses a base that is no address', async () => {
    const client = clientOver(new CannedHttp(201, CREATED), { apiUrl: 'nonsense' });
    await assert.rejects(client.startSession('c', { name: 'n' }), { reason: 'refused' });
  });
});

describe('TwinClient.connect', () => {
  class Recorder implements TwinConnectionListener {
    readonly seen: unknown[] = [];
    onWelcome = (): void => void this.seen.push('welcome');
    onConnect = (): void => void this.seen.push('connect');
    onDisconnect = (reason: string): void => void this.seen.push(reason);
    onFailure = (error: TwinError): void => void this.seen.push(error.reason);
    onHeartbeat = (): void => undefined;
    onEvent = (event: { type: string }): void => void this.seen.push(event.type);
  }

  function liveTransport() {
    const emitted: unknown[] = [];
    const opened: LiveTransportListener[] = [];
    let disposals = 0;
    const open: LiveTransportFactory = (_origin, _sessionId, listener) => {
      opened.push(listener);
      return {
        emit: (name, payload) => emitted.push([name, payload]),
        dispose: () => disposals++,
      };
    };
    return { open, opened, emitted, disposals: () => disposals };
  }

  it('decodes events and acknowledges in the documented words', async () => {
    const live = liveTransport();
    const recorder = new Recorder();
    const client = clientOver(new CannedHttp(200, ''), {
      loadLive: () => Promise.resolve(live.open),
    });
    const connection = client.connect('secret-session', recorder);
    await settle();
    live.opened[0]?.onConnect();
    live.opened[0]?.onEvent('chatMessageCreatedEmit', { id: 'm1', body: 'b' });
    connection.acknowledge('m1');
    assert.deepEqual(recorder.seen, ['connect', 'message']);
    assert.deepEqual(live.emitted, [
      ['messageReceived', { action: 'chatMessageCreated', data: { id: 'm1' } }],
    ]);
    connection.dispose();
    connection.dispose();
    assert.equal(live.disposals(), 1);
    live.opened[0]?.onEvent('chatMessageCreatedEmit', { id: 'm2', body: 'b' });
    live.opened[0]?.onDisconnect('late');
    connection.acknowledge('m2');
    assert.equal(recorder.seen.length, 2);
    assert.equal(live.emitted.length, 1);
  });

  it('opens nothing when it is disposed of before the transport is loaded', async () => {
    const live = liveTransport();
    let finishLoading: (open: LiveTransportFactory) => void = () => undefined;
    const loaded = new Promise<LiveTransportFactory>((resolve) => (finishLoading = resolve));
    const client = clientOver(new CannedHttp(200, ''), { loadLive: () => loaded });
    const connection = client.connect('s1', new Recorder());
    connection.acknowledge('m1');
    connection.dispose();
    finishLoading(live.open);
    await settle();
    assert.equal(live.opened.length, 0);
  });

  it('says so when the transport cannot be loaded', async () => {
    log.expectError(/could not be loaded/);
    const recorder = new Recorder();
    const client = clientOver(new CannedHttp(200, ''));
    const connection = client.connect('s1', recorder);
    await settle();
    assert.deepEqual(recorder.seen, ['protocol']);
    connection.dispose();
  });
});
