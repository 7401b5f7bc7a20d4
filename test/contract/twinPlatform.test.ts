// The client against the simulator over real sockets: every step of TWIN's article, in every shape
// in which the documents contradict themselves. The ledger is what is believed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { Readable } from 'node:stream';
import { systemClock } from '../../src/extension/core/clock';
import type { FileContent } from '../../src/extension/twin/httpTransport';
import type { LiveEvent, RemoteFile, StartedSession } from '../../src/extension/twin/model';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { TwinClient } from '../../src/extension/twin/twinClient';
import type { TwinConnection } from '../../src/extension/twin/twinConnection';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/simulator';
import { VARIANT_VALUES, type VariantName, type Variants } from '../../src/simulator/variants';
import { useLeakCheck } from '../support/leakCheck';
import { useTestLog } from '../support/testLogger';
import { LiveRecorder } from './liveRecorder';

const log = useTestLog();
useLeakCheck();

type MessageEvent = Extract<LiveEvent, { type: 'message' }>;

describe('TwinClient against the simulator', () => {
  let simulator: Simulator;
  let http: NodeHttpTransport;
  let client: TwinClient;
  let recorder: LiveRecorder;
  let connections: TwinConnection[];

  beforeEach(() => {
    recorder = new LiveRecorder();
    connections = [];
  });

  afterEach(async () => {
    for (const connection of connections) connection.dispose();
    http.dispose();
    await simulator.close();
  });

  async function begin(options: SimulatorOptions = {}): Promise<void> {
    simulator = await startSimulator(options);
    http = new NodeHttpTransport();
    const loadLive = () => Promise.resolve(createSocketIoTransport({ http, clock: systemClock }));
    const { url } = simulator;
    client = new TwinClient({ apiUrl: url, messagesUrl: url, http, loadLive, logger: log.logger });
  }

  const start = (chatId = 'echo'): Promise<StartedSession> =>
    client.startSession(chatId, { name: 'тест' });

  /** Connects and acknowledges as the article says, at once. */
  async function connect(sessionId: string): Promise<TwinConnection> {
    const connection = client.connect(sessionId, {
      onWelcome: recorder.onWelcome,
      onConnect: recorder.onConnect,
      onDisconnect: recorder.onDisconnect,
      onFailure: recorder.onFailure,
      onHeartbeat: recorder.onHeartbeat,
      onEvent: (event) => {
        recorder.onDecodedEvent(event);
        if (event.type === 'message' && event.message.id !== null)
          connection.acknowledge(event.message.id);
      },
    });
    connections.push(connection);
    await recorder.until((seen) => seen.length > 0);
    assert.equal(recorder.seen[0], 'connect');
    return connection;
  }

  const send = (sessionId: string, text: string, attachmentIds: readonly string[] = []) =>
    client.sendMessage(sessionId, { text, attachmentIds, replyToMessageId: null });

  const messages = (): MessageEvent['message'][] =>
    recorder.events
      .filter((event): event is MessageEvent => (event as LiveEvent).type === 'message')
      .map((event) => event.message);

  const untilMessage = (holds: (message: MessageEvent['message']) => boolean): Promise<void> =>
    recorder.until(() => messages().some(holds));

  /** Every message given over the socket was shown once, in order, and acknowledged once. */
  async function checkLedger(sessionId: string): Promise<void> {
    const given = simulator.ledger
      .messagesGiven(sessionId)
      .filter((entry) => entry.by === 'socket')
      .map((entry) => entry.messageId);
    assert.deepEqual(
      messages().map((message) => message.id),
      given,
    );
    await simulator.ledger.until(
      (ledger) => ledger.acknowledgements(sessionId).length >= given.length,
    );
    assert.deepEqual(
      simulator.ledger.acknowledgements(sessionId).map((entry) => entry.messageId),
      given,
    );
    assert.deepEqual(simulator.ledger.complaints(), []);
  }

  /** What the documents' own shapes would have said, and which variant keeps silent about it. */
  const silent = (variants: Partial<Variants>, name: VariantName): boolean =>
    ['null', 'absent', 'emptyString'].includes(variants[name] ?? '');

  function checkPicture(file: RemoteFile | undefined, name: string, variants: Partial<Variants>) {
    const { attachment = 'documented' } = variants;
    if (attachment === 'bareId') {
      assert.deepEqual(file, {
        id: file?.id,
        name: file?.id,
        contentType: null,
        size: null,
        url: null,
      });
      return;
    }
    assert.equal(file?.name, name);
    assert.ok((file.size ?? 0) > 0);
    assert.equal(file.url === null, attachment === 'nullLinks');
    if (attachment === 'documented') assert.match(file.url ?? '', /download=1$/);
  }

  function checkGreeting(session: StartedSession, variants: Partial<Variants>): void {
    const { greeting = 'rest', startMessages = 'documented' } = variants;
    const byRest = greeting !== 'socket' && !silent(variants, 'startMessages');
    assert.equal(session.messages.length, byRest ? 1 : 0);
    for (const message of session.messages) {
      assert.equal(message.author, 'bot');
      assert.equal(message.type, 'regular');
      assert.match(message.text, /^Привет! Я эхо-бот/);
      assert.equal(message.id !== null, startMessages === 'full');
      assert.equal(message.createdAt !== null, startMessages === 'full');
      assert.equal(message.answers.length, silent(variants, 'startAnswers') ? 0 : 6);
      assert.equal(message.attachments.length, 1);
      checkPicture(message.attachments[0], 'welcome.png', variants);
    }
    assert.equal(session.ttl, silent(variants, 'ttl') ? null : 3600);
    assert.ok(session.startedAt !== null && session.clientId !== null);
  }

  async function checkTalk(session: StartedSession, variants: Partial<Variants>): Promise<void> {
    const sent = await send(session.id, 'привет');
    assert.ok(sent.id !== null && sent.createdAt !== null);
    await untilMessage((message) => message.author === 'bot' && message.text === 'привет');
    const echo = messages().find((m) => m.author === 'bot' && m.text === 'привет');
    const { replyTo = 'absent', ownEcho = 'none' } = variants;
    assert.equal(echo?.replyTo?.id ?? null, replyTo === 'absent' ? null : sent.id);
    const own = messages().filter((message) => message.author === 'client');
    assert.deepEqual(
      own.map((message) => message.id),
      ownEcho === 'none' ? [] : [sent.id],
    );
    simulator.say(session.id, { body: 'кнопки', answers: ['Да', 'Нет'] });
    simulator.say(session.id, { body: 'форма', actions: [{ type: 'survey', max: 5 }] });
    await untilMessage((message) => message.text === 'форма');
    const [buttons, form] = messages().slice(-2);
    assert.deepEqual(buttons?.answers, silent(variants, 'eventAnswers') ? [] : ['Да', 'Нет']);
    const actions = silent(variants, 'eventActions') ? [] : [{ type: 'survey', max: 5 }];
    assert.deepEqual(form?.actions, actions);
    assert.ok(recorder.seen.includes('read') && recorder.seen.includes('typing'));
  }

  async function checkOperator(
    session: StartedSession,
    variants: Partial<Variants>,
  ): Promise<void> {
    await send(session.id, 'Позови оператора');
    await untilMessage((message) => message.type === 'help');
    await untilMessage((message) => message.author === 'operator');
    await send(session.id, 'дальше');
    await recorder.until((seen) => seen.filter((what) => what === 'operatorAssigned').length === 2);
    await untilMessage((message) => message.author === 'operator' && message.text !== '');
    await send(session.id, 'спасибо');
    await recorder.until((seen) => seen.includes('operatorLeft'));
    const events = recorder.events as LiveEvent[];
    const [first, second] = events.filter((event) => event.type === 'operatorAssigned');
    assert.ok(first && second);
    assert.equal(first.previous, null);
    assert.deepEqual(
      [second.previous?.id, second.previous?.name],
      [first.operator.id, first.operator.name],
    );
    const hasAvatar = !silent(variants, 'avatar');
    for (const avatar of [first.operator.avatar, second.previous?.avatar])
      assert.equal(Boolean(avatar?.id ?? avatar?.url), hasAvatar);
    const spoke = messages().find((message) => message.author === 'operator');
    assert.equal(spoke?.authorName, first.operator.name);
    assert.equal(spoke.avatar !== null, hasAvatar);
    assert.deepEqual(
      events.filter((event) => event.type === 'operatorStatus').map((event) => event.currentStatus),
      ['AWAY', 'ONLINE'],
    );
    const left = events.find((event) => event.type === 'operatorLeft');
    assert.equal(left?.operatorId, second.operator.id);
  }

  async function checkEnd(session: StartedSession): Promise<void> {
    await send(session.id, 'Стоп');
    await untilMessage((message) => message.type === 'terminal');
    await assert.rejects(send(session.id, 'после конца'), { reason: 'sessionEnded' });
    assert.ok(!recorder.seen.includes('unknown'), 'an event was not understood');
  }

  describe('in every shape', () => {
    const names = Object.keys(VARIANT_VALUES) as VariantName[];
    for (const name of names)
      for (const value of VARIANT_VALUES[name])
        it(`${name}: ${value}`, async () => {
          const variants: Partial<Variants> = { [name]: value };
          await begin({ variants });
          const session = await start();
          checkGreeting(session, variants);
          await connect(session.id);
          await checkTalk(session, variants);
          await checkOperator(session, variants);
          await checkEnd(session);
          await checkLedger(session.id);
        });
  });

  describe('files', () => {
    function fileOf(name: string, bytes: Buffer, contentType = 'text/plain; charset=utf-8') {
      const content: FileContent = {
        name,
        contentType,
        size: bytes.length,
        // eslint-disable-next-line @typescript-eslint/require-await -- a source on memory
        async *read() {
          yield bytes;
        },
      };
      return content;
    }

    for (const name of [
      'отчёт за март.txt',
      '報告 文件.txt',
      '👩‍👩‍👧 семья.txt',
      'e\u0301te\u0301 и\u0306.txt', // as macOS writes them: not composed
      "a;b=c\\d&e%20f'g.txt",
    ])
      it(`arrives whole under its name: ${name}`, async () => {
        await begin();
        const bytes = Buffer.from(`содержимое ${name}\u0000\r\n--boundary`);
        const file = await client.uploadFile(fileOf(name, bytes));
        const [taken] = simulator.ledger.filesTaken();
        assert.deepEqual(Buffer.from(taken?.name ?? ''), Buffer.from(name));
        assert.equal(taken?.sha256, createHash('sha256').update(bytes).digest('hex'));
        assert.equal(taken.contentType, 'text/plain; charset=utf-8');
        assert.equal(file.id, taken.fileId);
        assert.deepEqual([file.name, file.size], [name, bytes.length]);

        const session = await start();
        await send(session.id, '', [file.id]);
        const [message] = simulator.ledger.messagesTaken(session.id);
        assert.deepEqual(message?.attachments, [file.id]);
      });

    it('tells how far it is, up to the last byte', async () => {
      await begin();
      const bytes = Buffer.alloc(3 * 1024 * 1024 + 7, 1);
      const progress: number[] = [];
      await client.uploadFile(fileOf('a.bin', bytes, 'application/octet-stream'), {
        onProgress: (sent) => progress.push(sent),
      });
      assert.ok(progress.length > 3);
      assert.deepEqual(
        progress,
        [...progress].sort((a, b) => a - b),
      );
      assert.equal(progress.at(-1), bytes.length);
    });

    it('takes an empty file', async () => {
      await begin();
      await client.uploadFile(fileOf('пусто.txt', Buffer.alloc(0)));
      assert.equal(simulator.ledger.filesTaken()[0]?.size, 0);
    });

    it('is stopped in the middle: nothing is taken', async () => {
      await begin();
      const controller = new AbortController();
      const upload = client.uploadFile(fileOf('a.bin', Buffer.alloc(20 * 1024 * 1024)), {
        onProgress: () => {
          controller.abort();
        },
        signal: controller.signal,
      });
      await assert.rejects(upload, { reason: 'stopped' });
      assert.equal(simulator.ledger.filesTaken().length, 0);
    });

    it('names a file over the server’s limit as such', async () => {
      await begin({ maxFileBytes: 100_000 });
      const upload = client.uploadFile(fileOf('a.bin', Buffer.alloc(8 * 1024 * 1024)));
      await assert.rejects(upload, { reason: 'tooLarge', status: 413 });
    });

    it('refuses before all has come, and hears the caller out: no reset swallows the answer', async () => {
      await begin();
      simulator.failNext({ route: 'upload', status: 413 });
      const socket = connectSocket(Number(new URL(simulator.url).port), '127.0.0.1');
      const answer = once(socket, 'data');
      const head = 'POST /api/chats/v1/files HTTP/1.1\r\nHost: twin\r\nConnection: close\r\n';
      socket.write(`${head}Content-Length: 3000000\r\n\r\n${'x'.repeat(1_000_000)}`);
      const [words] = (await answer) as [Buffer];
      assert.match(String(words), /^HTTP\/1\.1 413 /u);
      socket.end('x'.repeat(2_000_000));
      await once(socket, 'close'); // which would reject on a reset
    });

    it('hands on what reading the file throws', async () => {
      await begin();
      const content = fileOf('a.txt', Buffer.from('x'));
      const broken = { ...content, read: () => Readable.from(failing()) };
      await assert.rejects(client.uploadFile(broken), /the disk is gone/);
    });
  });

  describe('refusals', () => {
    for (const errorBody of VARIANT_VALUES.errorBody)
      it(`a chat that does not exist, told as ${errorBody}`, async () => {
        await begin({ variants: { errorBody } });
        await assert.rejects(start('no-such-chat'), { reason: 'notFound', status: 404 });
      });

    it('an invalid message is refused, and the session lives on', async () => {
      await begin();
      const session = await start();
      await assert.rejects(send(session.id, ''), { reason: 'refused', status: 400 });
      await send(session.id, 'цел');
    });

    it('a session nobody knows has ended', async () => {
      await begin();
      await assert.rejects(send('gone', 'x'), { reason: 'sessionEnded', status: 404 });
    });

    const failures: [number, string | undefined, string][] = [
      [429, '3', 'rateLimited'],
      [503, undefined, 'rateLimited'],
      [500, undefined, 'refused'],
      [502, undefined, 'refused'],
      [200, undefined, 'protocol'],
    ];
    for (const [status, retryAfter, reason] of failures)
      it(`${status} with a page of HTML is ${reason}, and nothing of it is repeated`, async () => {
        await begin();
        const session = await start();
        const headers: Record<string, string> = retryAfter ? { 'Retry-After': retryAfter } : {};
        simulator.failNext({ route: 'send', status, headers, body: '<html>oops</html>' });
        await assert.rejects(send(session.id, 'x'), {
          reason,
          status,
          retryAfter: retryAfter ? 3_000 : null,
        });
        assert.equal(simulator.ledger.messagesTaken(session.id).length, 0);
      });
  });

  it('asks whether the live channel answers at all, and opens nothing by it', async () => {
    await begin();
    await client.reach();
    simulator.setFaults([{ kind: 'html' }]);
    await client.reach();
    const kinds = new Set(simulator.ledger.entries.map(({ kind }) => kind));
    assert.deepEqual([...kinds], ['faultPlayed']);
    simulator.setFaults([{ kind: 'drop', how: 'reset' }]);
    await assert.rejects(client.reach(), { reason: 'timeout' });
    await assert.rejects(client.reach(AbortSignal.abort()), { reason: 'stopped' });
  });

  it('carries name, external id and variables of a session', async () => {
    await begin();
    const introduction = {
      name: 'VS Code',
      clientExternalId: 'ё-1',
      clientMetadata: { branch: 'main', __proto__x: 'y' },
    };
    const session = await client.startSession('echo', introduction);
    const [started] = simulator.ledger.of('sessionStarted');
    assert.deepEqual(
      {
        name: started?.name,
        clientExternalId: started?.clientExternalId,
        clientMetadata: started?.clientMetadata,
      },
      introduction,
    );
    assert.equal(started?.sessionId, session.id);
  });

  it('never shows a session’s id in the log', async () => {
    await begin();
    const session = await start();
    await connect(session.id);
    await checkEnd(session);
    simulator.emit(session.id, 'somethingNew', { sessionId: session.id });
    await recorder.until((seen) => seen.includes('unknown'));
    assert.ok(log.lines.length > 5);
    assert.deepEqual(
      log.lines.filter((line) => line.text.includes(session.id)),
      [],
    );
  });
});

// eslint-disable-next-line @typescript-eslint/require-await -- fails at once
async function* failing(): AsyncGenerator<Uint8Array> {
  yield* [];
  throw new Error('the disk is gone');
}
