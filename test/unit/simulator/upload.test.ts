import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { startSimulator, type Simulator } from '../../../src/simulator/simulator';

const PATH = '/api/chats/v1/files?x_widget=1';

interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly url: string;
  readonly downloadLink: string;
}

describe('uploads', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await startSimulator({ maxFileBytes: 100_000, now: () => 0 });
  });

  afterEach(() => simulator.close());

  async function upload(...files: File[]): Promise<{ status: number; text: string }> {
    const form = new FormData();
    for (const file of files) {
      form.append('file[]', file);
    }
    return post(form);
  }

  async function post(
    body: FormData | Uint8Array<ArrayBuffer>,
    contentType?: string,
  ): Promise<{ status: number; text: string }> {
    const headers = contentType === undefined ? {} : { 'Content-Type': contentType };
    const answer = await fetch(`${simulator.url}${PATH}`, { method: 'POST', body, headers });
    return { status: answer.status, text: await answer.text() };
  }

  it('keeps names in any alphabet, content types and bytes as they came', async () => {
    const names = [
      'Отчёт за март №1.ts',
      'naïve café.txt',
      '日本語 ファイル.md',
      'кавычки "внутри".txt',
      'a;b=c, d.txt',
      '../back\\slash/..',
      '😀.bin',
      'é'.normalize('NFD'),
    ];
    const content = randomBytes(70_001);
    const { status, text } = await upload(
      ...names.map((name) => new File([content], name, { type: 'text/plain; charset=utf-8' })),
    );
    assert.equal(status, 201);
    const answers = JSON.parse(text) as UploadedFile[];
    assert.deepEqual(
      answers.map(({ name }) => name),
      names,
    );
    const sha256 = createHash('sha256').update(content).digest('hex');
    assert.deepEqual(
      simulator.ledger.filesTaken(),
      names.map((name, index) => ({
        kind: 'fileTaken',
        at: 0,
        fileId: answers[index]?.id,
        name,
        contentType: 'text/plain; charset=utf-8',
        size: content.length,
        sha256,
      })),
    );
  });

  it('gives a file back by both of its links', async () => {
    const { text } = await upload(
      new File(['привет'], 'п.txt', { type: 'text/x-p; charset=utf-8' }),
    );
    const [file] = JSON.parse(text) as UploadedFile[];
    assert.ok(file);
    for (const [link, how] of [
      [file.url, 'inline'],
      [file.downloadLink, 'attachment'],
    ] as const) {
      const answer = await fetch(link);
      assert.equal(answer.headers.get('content-type'), 'text/x-p; charset=utf-8');
      assert.equal(answer.headers.get('content-length'), '12');
      assert.ok(answer.headers.get('content-disposition')?.startsWith(how));
      assert.equal(await answer.text(), 'привет');
    }
  });

  it('takes an empty file and one of exactly the limit, and no larger one', async () => {
    assert.equal((await upload(new File([], 'empty'))).status, 201);
    assert.equal((await upload(new File([new Uint8Array(100_000)], 'full'))).status, 201);
    const tooLarge = await upload(
      new File(['small'], 'small'),
      new File([new Uint8Array(100_001)], 'large'),
    );
    assert.equal(tooLarge.status, 413);
    assert.equal(simulator.ledger.filesTaken().length, 2);
  });

  it('takes empty files among others', async () => {
    await upload(new File([], 'a'), new File(['b'], 'b'), new File([], 'c'), new File([], 'd'));
    assert.deepEqual(
      simulator.ledger.filesTaken().map(({ name, size }) => `${name} ${size}`),
      ['a 0', 'b 1', 'c 0', 'd 0'],
    );
  });

  it('answers 413 to a body that goes far beyond the limit, instead of hanging up', async () => {
    assert.equal((await upload(new File([new Uint8Array(20_000_000)], 'huge'))).status, 413);
  });

  it('refuses what is not multipart, holds no file, or is torn', async () => {
    const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
    const other = new FormData();
    other.append('other', new File(['x'], 'x'));
    const type = 'multipart/form-data; boundary=B';
    const part = '--B\r\nContent-Disposition: form-data; name="file[]"; filename="a"\r\n\r\n';
    assert.equal((await post(other)).status, 400);
    assert.equal((await post(bytes('{}'), 'application/json')).status, 400);
    assert.equal((await post(bytes(''), type)).status, 400);
    assert.equal((await post(bytes('nothing'), type)).status, 400);
    assert.equal((await post(bytes(`${part}torn`), type)).status, 400);
    assert.equal((await post(bytes('--B--\r\n'), type)).status, 400);
    assert.deepEqual(simulator.ledger.filesTaken(), []);
    assert.equal((await post(bytes(`${part}whole\r\n--B--\r\n`), type)).status, 201);
  });

  it('survives a client that hangs up in the middle', async () => {
    const { port } = new URL(simulator.url);
    const socket = connectTcp(Number(port), '127.0.0.1');
    socket.end(
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n` +
        'Content-Type: multipart/form-data; boundary=B\r\n\r\n--B\r\nContent-Disposition: form',
    );
    await simulator.ledger.until((ledger) => ledger.of('requestRefused').length > 0);
    assert.deepEqual(simulator.ledger.filesTaken(), []);
  });
});
