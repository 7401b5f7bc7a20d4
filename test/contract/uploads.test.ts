// Files from the disk to the simulator over real sockets: cut in the middle, given up, refused,
// changed meanwhile; and that every name arrives byte by byte.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/extension/core/clock';
import type { ChatSession } from '../../src/extension/session/chatSession';
import { clear } from '../../src/extension/session/cleared';
import { SessionManager } from '../../src/extension/session/sessionManager';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { TwinClient } from '../../src/extension/twin/twinClient';
import { openFileOnDisk } from '../../src/extension/vscode/fileOnDisk';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import type { PendingAttachment } from '../../src/shared/conversation';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import { FOREIGN_NAMES, HOSTILE_NAMES } from '../support/fileNames';
import { useLeakCheck } from '../support/leakCheck';
import { MemoryJournalStorage } from '../support/memoryJournalStorage';
import { useTestLog } from '../support/testLogger';

const log = useTestLog();
useLeakCheck();

const MEGABYTE = 1024 * 1024;
const SIZE = 6 * MEGABYTE;
const LIMIT = 8 * MEGABYTE;

describe('Uploads to the simulator', () => {
  let simulator: Simulator;
  let http: NodeHttpTransport;
  let manager: SessionManager;
  let session: ChatSession;
  let folder: string;

  beforeEach(async () => {
    simulator = await startSimulator({ maxFileBytes: LIMIT });
    http = new NodeHttpTransport();
    folder = await mkdtemp(path.join(tmpdir(), 'twin-uploads-'));
    const loadLive = () => Promise.resolve(createSocketIoTransport({ http, clock: systemClock }));
    manager = new SessionManager({
      storage: new MemoryJournalStorage(),
      createApi: (addresses) =>
        new TwinClient({ ...addresses, http, loadLive, logger: log.logger }),
      clock: systemClock,
      random: () => 0.1,
      createId: randomUUID,
      logger: log.logger,
    });
    const { url } = simulator;
    const who = { name: 'тест', clientExternalId: null, clientMetadata: {} };
    const where = { chatId: 'echo', demo: false, apiUrl: url, messagesUrl: url };
    session = await manager.startChat({ ...where, ...who });
    await until(() => session.conversation.connection === 'online');
  });

  afterEach(async () => {
    await manager.flush();
    manager.dispose();
    http.dispose();
    await simulator.close();
    await rm(folder, { recursive: true });
  });

  /** Resolves when the conversation is as wanted. */
  function until(isReached: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isReached()) return;
        listening.dispose();
        resolve();
      };
      const listening = session.onDidChange(look);
      look();
    });
  }

  const pending = (id: string): PendingAttachment | undefined =>
    session.conversation.composer.pending.find((file) => file.id === id);
  const isOver = (id: string) => () => pending(id)?.state !== 'uploading';

  async function attach(name = 'запись.bin', size = SIZE): Promise<string> {
    const file = path.join(folder, randomUUID());
    await writeFile(file, Buffer.alloc(size, name));
    const { read } = await openFileOnDisk(file, 0);
    const contentType = 'application/octet-stream';
    return session.attach(clear({ name, contentType, size, unsaved: false, read }));
  }

  function send(...attachmentIds: readonly string[]): string {
    const key = randomUUID();
    session.send({ key, text: clear('вот он'), attachmentIds, replyTo: null });
    return key;
  }

  const refusals = (): number =>
    simulator.ledger.of('requestRefused').filter((it) => it.path.endsWith('/files')).length;

  async function oneFileInOneMessage(): Promise<void> {
    const { ledger } = simulator;
    const message = await ledger.until((it) => it.of('messageTaken')[0]);
    const files = ledger.filesTaken();
    assert.deepEqual(
      files.map(({ size }) => size),
      [SIZE],
    );
    assert.deepEqual(
      message.attachments,
      files.map(({ fileId }) => fileId),
    );
    assert.equal(ledger.of('messageTaken').length, 1);
  }

  for (const percent of [0, 50, 99]) {
    it(`brings one file after a cut at ${percent} %, and no message without it`, async () => {
      simulator.setFaults([{ kind: 'cutUpload', percent, times: 1 }]);
      const id = await attach();
      await until(isOver(id));
      assert.deepEqual([pending(id)?.state, simulator.ledger.filesTaken()], ['failed', []]);
      session.composer.uploads.retry(id);
      await until(isOver(id));
      send(id);
      await oneFileInOneMessage();
    });

    it(`holds the message back whose file is cut at ${percent} %, and sends both again`, async () => {
      simulator.setFaults([{ kind: 'cutUpload', percent, times: 1 }]);
      const key = send(await attach());
      const row = () => session.conversation.rows.find((it) => it.key === key);
      await until(() => (row() as { delivery?: string } | undefined)?.delivery === 'failed');
      assert.deepEqual(simulator.ledger.of('messageTaken'), []);
      session.sendAgain(key);
      await oneFileInOneMessage();
    });
  }

  it('cuts the connection of a file that is taken away', async () => {
    simulator.setFaults([{ kind: 'slowUpload', bytesPerSecond: MEGABYTE }]);
    const id = await attach();
    await until(() => (pending(id)?.sentBytes ?? 0) > 0);
    session.composer.uploads.remove(id);
    await simulator.ledger.until(() => refusals() === 1);
    assert.deepEqual([pending(id), simulator.ledger.filesTaken()], [undefined, []]);
  });

  it('cuts all that is under way, and brings each when it is tried again', async () => {
    simulator.setFaults([{ kind: 'slowUpload', bytesPerSecond: MEGABYTE }]);
    const ids = [await attach('a'), await attach('b')];
    await until(() => ids.every((id) => (pending(id)?.sentBytes ?? 0) > 0));
    session.composer.uploads.cancelAll();
    await simulator.ledger.until(() => refusals() === 2);
    simulator.setFaults([]);
    for (const id of ids) session.composer.uploads.retry(id);
    await until(() => ids.every((id) => pending(id)?.state === 'ready'));
    assert.deepEqual(
      simulator.ledger
        .filesTaken()
        .map(({ name }) => name)
        .sort(),
      ['a', 'b'],
    );
  });

  it('does not bring to a host what is as large as a file that it refused', async () => {
    const first = await attach('large', LIMIT + MEGABYTE);
    await until(isOver(first));
    const second = await attach('larger', LIMIT + 2 * MEGABYTE);
    await until(isOver(second));
    assert.deepEqual(
      [first, second].map((id) => pending(id)?.problem?.reason),
      ['tooLargeForHost', 'tooLargeBefore'],
    );
    assert.equal(refusals(), 1);
  });

  it('brings nothing of a file that shrinks on its way', async () => {
    simulator.setFaults([{ kind: 'slowUpload', bytesPerSecond: 2 * MEGABYTE }]);
    const file = path.join(folder, 'log.txt');
    await writeFile(file, Buffer.alloc(3 * SIZE));
    const { read, size } = await openFileOnDisk(file, 0);
    const about = { name: 'log.txt', contentType: 'text/plain', unsaved: false };
    const id = session.attach(clear({ ...about, size, read }));
    await until(() => (pending(id)?.sentBytes ?? 0) > 0);
    await truncate(file, SIZE);
    await until(isOver(id));
    assert.equal(pending(id)?.problem?.reason, 'fileChanged');
    await simulator.ledger.until(() => refusals() === 1);
    assert.deepEqual(simulator.ledger.filesTaken(), []);
  });

  it('brings 200 hostile and 100 foreign names byte by byte', async () => {
    assert.ok(HOSTILE_NAMES.length >= 200 && FOREIGN_NAMES.length >= 100);
    const names = [...HOSTILE_NAMES, ...FOREIGN_NAMES];
    for (const name of names) await attach(name, 1);
    const taken = await simulator.ledger.until(
      (ledger) => ledger.filesTaken().length === names.length && ledger.filesTaken(),
    );
    const bytes = (all: readonly string[]) =>
      all.map((it) => Buffer.from(it).toString('hex')).sort();
    assert.deepEqual(bytes(taken.map(({ name }) => name)), bytes(names));
  });
});
