import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../../src/simulator/simulator';
import { VARIANT_VALUES } from '../../../src/simulator/variants';
import { call, send, startPath, startSession } from './platformClient';

describe('the REST side', () => {
  let simulator: Simulator;
  let time: number;

  beforeEach(async () => {
    time = Date.UTC(2025, 0, 1);
    simulator = await startSimulator({ now: () => time, ttlSeconds: 60 });
  });

  afterEach(() => simulator.close());

  it('keeps what a session was started with', async () => {
    const body = { name: 'Ann', clientExternalId: 'ext', clientMetadata: { plan: 'gold' } };
    const { status, text } = await call(simulator, 'POST', startPath('menu'), body);
    assert.equal(status, 201);
    const [started] = simulator.ledger.of('sessionStarted');
    const { id } = JSON.parse(text) as { id: string };
    assert.deepEqual(started, {
      kind: 'sessionStarted',
      sessionId: id,
      chatId: 'menu',
      at: time,
      ...body,
    });
  });

  it('refuses an unknown chat, session, path and method with 404', async () => {
    const { id } = await startSession(simulator);
    for (const [method, path] of [
      ['POST', startPath('no-such-chat')],
      ['POST', '/api/v1/sessions/no-such-session/messages'],
      ['POST', '/api/chats/v1/nothing'],
      ['PATCH', `/api/v1/sessions/${id}/messages`],
      ['GET', '/storage/no-such-file/a.txt'],
      ['POST', '/api/v1/sessions/%E0%A4%A/messages'],
    ] as const) {
      const body = method === 'GET' ? undefined : { name: 'x', body: 'x' };
      const { status, text } = await call(simulator, method, path, body);
      assert.deepEqual([path, status, text], [path, 404, '{"error":"Entity not found"}']);
    }
  });

  it('refuses wrong bodies with 400 and says which field', async () => {
    const { id } = await startSession(simulator);
    const messages = `/api/v1/sessions/${id}/messages`;
    for (const [path, body, field] of [
      [startPath('echo'), {}, 'name'],
      [startPath('echo'), { name: 7 }, 'name'],
      [startPath('echo'), { name: 'x', clientExternalId: 7 }, 'clientExternalId'],
      [startPath('echo'), { name: 'x', clientMetadata: [] }, 'clientMetadata'],
      [startPath('echo'), [], 'body'],
      [messages, {}, 'body'],
      [messages, { attachments: [] }, 'body'],
      [messages, { body: ' ', attachments: [] }, 'body'],
      [messages, { body: 'x', attachments: 'id' }, 'attachments'],
      [messages, { body: 'x', attachments: ['no-such-file'] }, 'attachments'],
      [messages, { body: 'x', replyToMessageId: 1 }, 'replyToMessageId'],
    ] as const) {
      const { status, text } = await call(simulator, 'POST', path, body);
      const { error, details } = JSON.parse(text) as { error: string; details: object };
      assert.deepEqual(
        [status, error, Object.keys(details)],
        [400, 'Invalid input parameters', [field]],
        JSON.stringify(body),
      );
    }
    assert.deepEqual(simulator.ledger.messagesTaken(id), []);
  });

  it('wants the mark of a widget, as no token is sent', async () => {
    const path = startPath('echo').replace('?x_widget=1', '');
    assert.equal((await call(simulator, 'POST', path, { name: 'x' })).status, 401);
    assert.equal((await call(simulator, 'POST', '/api/chats/v1/files')).status, 401);
  });

  it('takes a message with everything that belongs to it', async () => {
    const { id } = await startSession(simulator);
    const message = { body: 'да', attachments: [], replyToMessageId: 'm-1' };
    const { status, text } = await send(simulator, id, message);
    assert.equal(status, 201);
    const { id: messageId, createdAt } = JSON.parse(text) as { id: string; createdAt: string };
    assert.equal(createdAt, '2025-01-01T00:00:00+00:00');
    assert.deepEqual(simulator.ledger.messagesTaken(id), [
      { kind: 'messageTaken', sessionId: id, messageId, at: time, ...message },
    ]);
  });

  it('takes nothing into a session that has ended or outlived its time', async () => {
    const ended = await startSession(simulator);
    await send(simulator, ended.id, { body: 'стоп' });
    await simulator.ledger.until((ledger) => ledger.of('sessionEnded').length > 0);
    const outlived = await startSession(simulator);
    time += 60_000;
    for (const endedStatus of VARIANT_VALUES.endedStatus) {
      simulator.setVariants({ endedStatus });
      for (const { id } of [ended, outlived]) {
        assert.equal((await send(simulator, id, { body: 'x' })).status, Number(endedStatus));
      }
    }
    assert.equal(simulator.ledger.messagesTaken(outlived.id).length, 0);
  });

  it('refuses in each shape', async () => {
    const shapes: string[] = [];
    for (const errorBody of VARIANT_VALUES.errorBody) {
      simulator.setVariants({ errorBody });
      const { text, contentType } = await call(simulator, 'POST', startPath('x'), { name: 'x' });
      shapes.push(contentType.startsWith('text/html') ? text.slice(0, 6) : text);
    }
    assert.deepEqual(shapes, [
      '{"error":"Entity not found"}',
      '{"error":{"code":404,"message":"Entity not found"}}',
      '{"message":"Entity not found"}',
      '<html>',
    ]);
  });

  it('plays the failure it was told, once and on that call alone', async () => {
    const { id } = await startSession(simulator);
    simulator.failNext({
      route: 'send',
      status: 500,
      headers: { 'Content-Type': 'text/html', 'Retry-After': '3' },
      body: '<h1>Oops</h1>',
    });
    assert.equal((await call(simulator, 'POST', startPath('echo'), { name: 'x' })).status, 201);
    assert.deepEqual(await send(simulator, id, { body: 'one' }), {
      status: 500,
      contentType: 'text/html',
      text: '<h1>Oops</h1>',
    });
    assert.equal((await send(simulator, id, { body: 'two' })).status, 201);
    assert.deepEqual(
      simulator.ledger.messagesTaken(id).map(({ body }) => body),
      ['two'],
    );
  });

  it('continues the last live session of the same client, and greets a new one', async () => {
    const request = { name: 'x', clientExternalId: 'ann' };
    const put = async (): Promise<{ id: string; messages: unknown[] }> => {
      const { status, text } = await call(simulator, 'PUT', startPath('echo'), request);
      assert.equal(status, 201);
      return JSON.parse(text) as { id: string; messages: unknown[] };
    };
    const first = await put();
    assert.equal(first.messages.length, 1);
    await startSession(simulator);
    const second = await put();
    assert.deepEqual([second.id, second.messages], [first.id, []]);
    time += 60_000;
    assert.notEqual((await put()).id, first.id);
    simulator.setVariants({ continue: 'refused' });
    assert.equal((await call(simulator, 'PUT', startPath('echo'), request)).status, 401);
  });

  it('offers history and closing only where the variant says so', async () => {
    const { id } = await startSession(simulator);
    await send(simulator, id, { body: 'раз' });
    await simulator.ledger.until((ledger) => ledger.messagesTaken(id).length > 0);
    const history = `/api/chats/v1/sessions/${id}/messages`;
    assert.equal((await call(simulator, 'GET', history)).status, 401);
    assert.equal((await call(simulator, 'DELETE', `/api/chats/v1/sessions/${id}`)).status, 401);
    simulator.setVariants({ history: 'offered', close: 'offered' });
    const { text } = await call(simulator, 'GET', history);
    const { count, items } = JSON.parse(text) as { count: number; items: { body: string }[] };
    assert.equal(count, items.length);
    assert.equal(items[1]?.body, 'раз');
    assert.equal((await call(simulator, 'DELETE', `/api/chats/v1/sessions/${id}`)).status, 204);
    assert.equal((await send(simulator, id, { body: 'x' })).status, 410);
  });

  it('gives the start answer in each of its outer shapes', async () => {
    const keysOf = async (): Promise<unknown[]> => {
      const { messages, ttl } = await startSession(simulator);
      return [Array.isArray(messages) ? messages.length : messages, ttl];
    };
    assert.deepEqual(await keysOf(), [1, 60]);
    simulator.setVariants({ startMessages: 'absent', ttl: 'absent' });
    assert.deepEqual(await keysOf(), [undefined, undefined]);
    simulator.setVariants({ startMessages: 'null' });
    assert.deepEqual(await keysOf(), [null, undefined]);
    simulator.setVariants({ startMessages: 'documented', greeting: 'socket' });
    assert.deepEqual(await keysOf(), [0, undefined]);
  });
});
