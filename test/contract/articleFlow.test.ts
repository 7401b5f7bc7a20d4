// The Python program of TWIN's integration article, step by step, with nothing but Node's HTTP and
// socket.io-client 2.5: a second client that shares no code with ours. Its socket URL
// `https://…/operator/socket.io/?key=…` becomes host, path and query, as JavaScript wants it.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import io from 'socket.io-client';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';

const CHAT_ID = '3eb5cf6d-4d20-41c2-b886-f60374d11d19';

/** What the article's program reads of a message. */
interface PrintedMessage {
  readonly id: string;
  readonly type: string;
  readonly authorType: string;
  readonly body: string;
}

interface StartedSession {
  readonly id: string;
  readonly messages: readonly {
    readonly authorType: string;
    readonly body: string;
    readonly answers: readonly string[];
    readonly attachments: readonly { readonly name: string; readonly url: string }[];
  }[];
}

/** `requests.request("POST", url, headers=…, data=json.dumps(payload)).json()`. */
async function post(url: string, payload: unknown): Promise<unknown> {
  const { status, content } = await exchange('POST', url, JSON.stringify(payload));
  assert.equal(status, 201);
  return JSON.parse(content.toString('utf8'));
}

function exchange(
  method: string,
  url: string,
  body?: string,
): Promise<{ status: number | undefined; content: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' };
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode, content: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject).end(body);
  });
}

/** The article's listening half: prints each message, acknowledges it, stops at TERMINAL. */
function listen(
  url: string,
  sessionId: string,
): {
  readonly printed: readonly string[];
  readonly connected: Promise<void>;
  readonly hear: (body: string) => Promise<void>;
  readonly terminated: Promise<void>;
  readonly disconnect: () => void;
} {
  const socket = io(url, {
    path: '/operator/socket.io',
    query: { key: sessionId },
    transports: ['polling', 'websocket'],
    forceNew: true,
    reconnection: false,
  });
  const printed: string[] = [];
  let look: () => void = () => undefined;
  const terminated = new Promise<void>((resolve) => {
    socket.on('chatMessageCreatedEmit', (data: PrintedMessage) => {
      printed.push(`${data.authorType}: ${data.body}`);
      socket.emit('messageReceived', { action: 'chatMessageCreated', data: { id: data.id } });
      if (data.type === 'TERMINAL') {
        resolve();
      }
      look();
    });
  });
  return {
    printed,
    terminated,
    connected: new Promise((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
      socket.on('error', reject);
    }),
    hear: (body) =>
      new Promise((resolve) => {
        look = () => {
          if (printed.includes(body)) {
            resolve();
          }
        };
        look();
      }),
    disconnect: () => {
      socket.close();
    },
  };
}

describe("the article's program", () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await startSimulator();
  });

  afterEach(() => simulator.close());

  it('starts, reads the greeting, talks, acknowledges each message and ends at "стоп"', async () => {
    const { url, ledger } = simulator;
    const session = (await post(`${url}/api/chats/v1/chats/${CHAT_ID}/sessions?x_widget=1`, {
      name: 'Test: 01.01.2025_12.00.00',
    })) as StartedSession;
    const [greeting] = session.messages;
    assert.ok(greeting);
    assert.equal(greeting.authorType, 'BOT');
    assert.ok(greeting.body.includes('эхо-бот'));
    assert.ok(greeting.answers.includes('Стоп'));
    const [picture] = greeting.attachments;
    assert.ok(picture);
    const { content } = await exchange('GET', picture.url);
    assert.equal(content.subarray(1, 4).toString(), 'PNG');

    const listener = listen(url, session.id);
    await listener.connected;
    for (const word of ['привет', 'как дела?']) {
      const sent = post(`${url}/api/v1/sessions/${session.id}/messages`, {
        body: word,
        attachments: [],
      });
      await Promise.all([sent, listener.hear(`BOT: ${word}`)]);
    }
    await post(`${url}/api/v1/sessions/${session.id}/messages`, { body: 'стоп', attachments: [] });
    await listener.terminated;

    assert.deepEqual(
      ledger.messagesTaken(session.id).map(({ body }) => body),
      ['привет', 'как дела?', 'стоп'],
    );
    const given = ledger.messagesGiven(session.id).filter(({ by }) => by === 'socket');
    assert.deepEqual(
      listener.printed,
      given.map(({ body }) => `BOT: ${body}`),
    );
    assert.equal(given.length, 3);
    await ledger.until(() => ledger.acknowledgements(session.id).length >= given.length);
    assert.deepEqual(
      ledger.acknowledgements(session.id).map(({ messageId }) => messageId),
      given.map(({ messageId }) => messageId),
    );
    assert.deepEqual(ledger.complaints(), []);

    listener.disconnect();
    await ledger.until(() => ledger.of('socketDisconnected').length > 0);
    assert.equal(ledger.of('sessionEnded').length, 1);
  });

  it('uploads a file as the article does and names it in a message', async () => {
    const { url, ledger } = simulator;
    const session = (await post(`${url}/api/chats/v1/chats/${CHAT_ID}/sessions?x_widget=1`, {
      name: 'Test',
    })) as StartedSession;
    // What `requests` makes of files=[("file[]", ("for_test.png", …, "image/png"))].
    const body = [
      '--0123456789abcdef',
      'Content-Disposition: form-data; name="file[]"; filename="for_test.png"',
      'Content-Type: image/png',
      '',
      'not really a picture',
      '--0123456789abcdef--',
      '',
    ].join('\r\n');
    const file = await new Promise<{ id: string; size: number }>((resolve, reject) => {
      const headers = { 'Content-Type': 'multipart/form-data; boundary=0123456789abcdef' };
      const target = `${url}/api/chats/v1/files?x_widget=1`;
      request(target, { method: 'POST', headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          assert.equal(response.statusCode, 201);
          resolve((JSON.parse(text) as [{ id: string; size: number }])[0]);
        });
      })
        .on('error', reject)
        .end(body);
    });
    assert.equal(file.size, 'not really a picture'.length);
    await post(`${url}/api/v1/sessions/${session.id}/messages`, {
      body: 'вот файл',
      attachments: [file.id],
    });
    assert.deepEqual(
      ledger.messagesTaken(session.id).map(({ attachments }) => attachments),
      [[file.id]],
    );
    assert.equal(ledger.filesTaken()[0]?.name, 'for_test.png');
  });
});
