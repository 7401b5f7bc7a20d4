// The whole session (client, journal on disk, reducer) against the simulator over real sockets: what
// is shown is compared with the ledger, in every shape in which the documents contradict themselves.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/extension/core/clock';
import type { ChatSession } from '../../src/extension/session/chatSession';
import { clear } from '../../src/extension/session/cleared';
import { SessionManager } from '../../src/extension/session/sessionManager';
import type { SessionSettings } from '../../src/extension/session/sessionSettings';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { TwinClient } from '../../src/extension/twin/twinClient';
import { FileJournalStorage } from '../../src/extension/vscode/fileJournalStorage';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import type { ConversationView, Happening, MessageRow } from '../../src/shared/conversation';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import { VARIANT_VALUES, type VariantName, type Variants } from '../../src/simulator/variants';
import { useLeakCheck } from '../support/leakCheck';
import { useTestLog } from '../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('A session against the simulator', () => {
  let simulator: Simulator;
  let http: NodeHttpTransport;
  let folder: string;
  let manager: SessionManager;

  async function begin(variants: Partial<Variants> = {}): Promise<void> {
    simulator = await startSimulator({ variants });
    manager = openManager();
  }

  function openManager(): SessionManager {
    const loadLive = () => Promise.resolve(createSocketIoTransport({ http, clock: systemClock }));
    return new SessionManager({
      storage: new FileJournalStorage(folder),
      createApi: (addresses) =>
        new TwinClient({ ...addresses, http, loadLive, logger: log.logger }),
      clock: systemClock,
      random: () => 0.1,
      createId: randomUUID,
      logger: log.logger,
    });
  }

  async function start(chatId = 'echo'): Promise<ChatSession> {
    return manager.startChat({ ...settings(), chatId });
  }

  function settings(): Omit<SessionSettings, 'chatId'> {
    const { url } = simulator;
    return {
      demo: false,
      apiUrl: url,
      messagesUrl: url,
      name: 'тест',
      clientExternalId: null,
      clientMetadata: {},
    };
  }

  beforeEach(async () => {
    http = new NodeHttpTransport();
    folder = await mkdtemp(path.join(tmpdir(), 'twin-session-'));
  });

  afterEach(async () => {
    await manager.flush();
    manager.dispose();
    http.dispose();
    await simulator.close();
    await rm(folder, { recursive: true });
  });

  function send(session: ChatSession, text: string): void {
    session.send({ key: randomUUID(), text: clear(text), attachmentIds: [], replyTo: null });
  }

  const sessionId = (): string => simulator.ledger.of('sessionStarted').at(-1)?.sessionId ?? '';

  /** Everything said, in order, as the ledger has it: each message once. */
  function saidByLedger(variants: Partial<Variants>): readonly string[] {
    const { startMessages = 'documented' } = variants;
    const withheld = startMessages === 'null' || startMessages === 'absent';
    const bodies = new Map<string, string>();
    for (const entry of simulator.ledger.entries) {
      if (entry.kind !== 'messageTaken' && entry.kind !== 'messageGiven') continue;
      if (entry.kind === 'messageGiven' && entry.by === 'rest' && withheld) continue;
      if (!bodies.has(entry.messageId)) bodies.set(entry.messageId, entry.body);
    }
    return [...bodies.values()];
  }

  async function checkLedger(session: ChatSession, variants: Partial<Variants>): Promise<void> {
    const { ledger } = simulator;
    assert.deepEqual(
      messagesOf(session.conversation).map((row) => row.text),
      saidByLedger(variants),
    );
    const full = variants.startMessages === 'full';
    const given = ledger.messagesGiven(sessionId()).filter((it) => it.by === 'socket' || full);
    const due = [...new Set(given.map((it) => it.messageId))].sort();
    await ledger.until(() => ledger.acknowledgements(sessionId()).length >= due.length);
    const acknowledged = ledger.acknowledgements(sessionId()).map((it) => it.messageId);
    assert.deepEqual(acknowledged.sort(), due);
    assert.deepEqual(ledger.complaints(), []);
  }

  describe('in every shape of the documents', () => {
    for (const name of Object.keys(VARIANT_VALUES) as VariantName[])
      for (const value of VARIANT_VALUES[name])
        it(`${name}: ${value}`, async () => {
          const variants: Partial<Variants> = { [name]: value };
          await begin(variants);
          const session = await start();
          await until(session, (view) => view.connection === 'online');
          await talk(session);
          await checkLedger(session, variants);
        });
  });

  /** One of everything: a reply, an operator who comes, is replaced and leaves, the end. */
  async function talk(session: ChatSession): Promise<void> {
    send(session, 'привет');
    await until(session, (view) => heard(view, 'привет') && isSettled(view));
    send(session, 'Позови оператора');
    await until(session, (view) => view.peer?.kind === 'operator' && said(view, 'operator') > 0);
    send(session, 'дальше');
    await until(session, (view) => happened(view, 'operatorReplaced'));
    send(session, 'спасибо');
    await until(session, (view) => happened(view, 'operatorLeft') && isSettled(view));
    assert.equal(session.conversation.peer?.kind, 'bot');
    send(session, 'Стоп');
    await until(session, (view) => view.connection === 'ended' && isSettled(view));
    const happenings = session.conversation.rows.flatMap((row) =>
      row.kind === 'happening' ? row.happening.type : [],
    );
    assert.deepEqual(
      happenings.filter((type) => type !== 'operatorStatus'),
      ['operatorRequested', 'operatorAssigned', 'operatorReplaced', 'operatorLeft', 'ended'],
    );
  }

  describe('a reload', () => {
    it('shows the same conversation, takes the live session up, acknowledges nothing twice', async () => {
      await begin({ greeting: 'both', ownEcho: 'beforeAnswer' });
      const first = await start();
      await until(first, (view) => view.connection === 'online');
      send(first, 'до перезагрузки');
      await until(first, (view) => heard(view, 'до перезагрузки') && isSettled(view));
      first.composer.setDraft('недописанное');
      const before = first.conversation;
      await manager.flush();
      manager.dispose();

      manager = openManager();
      const second = await manager.resumeLast();
      assert.ok(second);
      assert.deepEqual(messagesOf(second.conversation), messagesOf(before));
      assert.equal(second.conversation.composer.draft.text, 'недописанное');
      await until(second, (view) => view.connection === 'online');
      send(second, 'после перезагрузки');
      await until(second, (view) => heard(view, 'после перезагрузки') && isSettled(view));
      assert.equal(simulator.ledger.of('sessionStarted').length, 1);
      await checkLedger(second, {});
    });

    it('shows an ended session as it ended', async () => {
      await begin();
      const first = await start();
      await until(first, (view) => view.connection === 'online');
      send(first, 'Стоп');
      await until(first, (view) => view.connection === 'ended' && isSettled(view));
      const before = first.conversation;
      await manager.flush();
      manager.dispose();
      manager = openManager();
      const second = await manager.resumeLast();
      assert.deepEqual(second?.conversation.rows, before.rows);
      assert.equal(second.conversation.connection, 'ended');
    });
  });

  describe('five at once', () => {
    const COUNT = 200;

    it('take 200 messages each, in turns, and none of another’s', async () => {
      await begin();
      const sessions: ChatSession[] = [];
      const ids: string[] = [];
      for (let index = 0; index < 5; index += 1) {
        const session = await startBeside();
        await until(session, (view) => view.connection === 'online');
        sessions.push(session);
        ids.push(sessionId());
      }
      const told = sessions.map(() => 0);
      const subscriptions = sessions.map((session, index) =>
        session.onDidReceiveMessage(() => {
          told[index] = (told[index] ?? 0) + 1;
        }),
      );
      // The bot of each says one, and each person one of every ten.
      for (let number = 0; number < COUNT; number += 1)
        for (const [index, session] of sessions.entries()) {
          const body = `${index}: ${number}`;
          if (number % 10 === 0) send(session, `own ${body}`);
          else simulator.say(ids[index] ?? '', { body });
        }
      const expected = (index: number, from: string) =>
        Array.from({ length: COUNT }, (_, number) => number)
          .filter((number) => (number % 10 === 0) === (from === 'own '))
          .map((number) => `${from}${index}: ${number}`);
      for (const [index, session] of sessions.entries()) {
        await until(session, (view) => messagesOf(view).length === 1 + COUNT + COUNT / 10);
        await until(session, isSettled);
        const rows = messagesOf(session.conversation).slice(1);
        const textsBy = (own: boolean, echo: boolean) =>
          rows.flatMap(({ author, text }) =>
            (author === 'client') === own && text.startsWith('own') === echo ? text : [],
          );
        assert.deepEqual(textsBy(true, true), expected(index, 'own '));
        assert.deepEqual(
          textsBy(false, true),
          expected(index, 'own '),
          'what the echo bot answers',
        );
        assert.deepEqual(textsBy(false, false), expected(index, ''));
        assert.equal(told[index], COUNT);
        await session.flush();
        const journal = await readFile(path.join(folder, `${session.key}.jsonl`), 'utf8');
        const numbers = [...journal.matchAll(/"text":"(?:own )?(\d): \d+"/g)].map(([, of]) => of);
        assert.deepEqual(new Set(numbers), new Set([`${index}`]));
        const sockets = simulator.ledger.of('socketConnected');
        assert.equal(sockets.filter((it) => it.sessionId === ids[index]).length, 1);
      }
      for (const subscription of subscriptions) subscription.dispose();
      assert.deepEqual(simulator.ledger.complaints(), []);
    }).timeout(60_000);

    const startBeside = () =>
      manager.startChat({ ...settings(), chatId: 'echo' }, { beside: true });
  });

  describe('trouble', () => {
    it('comes back after the connection is cut, and sends what was written meanwhile', async () => {
      await begin();
      const session = await start();
      await until(session, (view) => view.connection === 'online');
      simulator.dropSockets();
      await until(session, (view) => view.connection === 'reconnecting');
      send(session, 'в обрыве');
      await until(session, (view) => heard(view, 'в обрыве') && isSettled(view));
      assert.ok(happened(session.conversation, 'gap'));
      await checkLedger(session, {});
    });

    it('says that there is no such chat', async () => {
      await begin();
      const session = await start('no-such-chat');
      await until(session, (view) => view.connection === 'failed');
      const { problem } = session.conversation;
      assert.deepEqual(
        [problem?.step, problem?.reason, problem?.status],
        ['start', 'notFound', 404],
      );
    });
  });
});

function messagesOf(view: ConversationView): readonly MessageRow[] {
  return view.rows.filter((row) => row.kind === 'message');
}

function heard(view: ConversationView, text: string): boolean {
  return messagesOf(view).some((row) => row.author !== 'client' && row.text === text);
}

function said(view: ConversationView, author: MessageRow['author']): number {
  return messagesOf(view).filter((row) => row.author === author).length;
}

function happened(view: ConversationView, type: Happening['type']): boolean {
  return view.rows.some((row) => row.kind === 'happening' && row.happening.type === type);
}

/** Every own message has come to its end. */
function isSettled(view: ConversationView): boolean {
  return messagesOf(view).every(
    (row) => row.delivery === null || row.delivery === 'sent' || row.delivery === 'read',
  );
}

/** Resolves once `holds` does; the test's own time limit bounds it. */
function until(session: ChatSession, holds: (view: ConversationView) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (view: ConversationView): void => {
      if (!holds(view)) return;
      subscription.dispose();
      resolve();
    };
    const subscription = session.onDidChange(look);
    look(session.conversation);
  });
}
