// R13: sessions that were started and ended leave nothing behind. TWIN_SESSIONS=1000 is full size.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { env } from 'node:process';
import { systemClock } from '../../src/extension/core/clock';
import type { ChatSession } from '../../src/extension/session/chatSession';
import { clear } from '../../src/extension/session/cleared';
import { SessionManager } from '../../src/extension/session/sessionManager';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { TwinClient } from '../../src/extension/twin/twinClient';
import { FileJournalStorage } from '../../src/extension/vscode/fileJournalStorage';
import { FileLeases } from '../../src/extension/vscode/fileLeases';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import type { ConversationView } from '../../src/shared/conversation';
import { startSimulator } from '../../src/simulator/simulator';
import { useLeakCheck } from '../support/leakCheck';
import { settle } from '../support/manualClock';
import { useTestLog } from '../support/testLogger';

const log = useTestLog();
useLeakCheck();

const SESSIONS = Number(env['TWIN_SESSIONS'] ?? 50);

/** What keeps this process busy, and (where the system tells) how many files it has open. */
function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  const own = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  return { ...counts, files: own };
}

async function until(
  session: ChatSession,
  holds: (view: ConversationView) => boolean,
): Promise<void> {
  if (holds(session.conversation)) return;
  await new Promise<void>((resolve) => {
    const subscription = session.onDidChange((view) => {
      if (!holds(view)) return;
      subscription.dispose();
      resolve();
    });
  });
}

describe('Sessions that are over', () => {
  it(`leave no timer, socket, listener or file: ${SESSIONS} of them`, async function () {
    this.timeout(600_000);
    const folder = await mkdtemp(path.join(tmpdir(), 'twin-leftovers-'));
    await round(folder, 1); // loads what is loaded once
    const before = resources();
    await round(folder, SESSIONS);
    // Sockets close in their own time.
    while (!isWithin(resources(), before)) await settle();
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('.lease')),
      [],
    );
    await rm(folder, { recursive: true });
  });
});

function isWithin(now: Readonly<Record<string, number>>, limit: typeof now): boolean {
  return Object.entries(now).every(([kind, count]) => count <= (limit[kind] ?? 0));
}

async function round(folder: string, sessions: number): Promise<void> {
  const simulator = await startSimulator();
  const http = new NodeHttpTransport();
  const loadLive = () => Promise.resolve(createSocketIoTransport({ http, clock: systemClock }));
  const manager = new SessionManager({
    storage: new FileJournalStorage(folder),
    leases: new FileLeases(folder),
    createApi: (addresses) => new TwinClient({ ...addresses, http, loadLive, logger: log.logger }),
    clock: systemClock,
    random: () => 0.1,
    createId: randomUUID,
    logger: log.logger,
  });
  const { url } = simulator;
  for (let index = 0; index < sessions; index += 1) {
    const session = await manager.startChat({
      chatId: 'echo',
      demo: false,
      apiUrl: url,
      messagesUrl: url,
      name: 'тест',
      clientExternalId: null,
      clientMetadata: {},
    });
    await until(session, (view) => view.connection === 'online');
    session.send({ key: randomUUID(), text: clear('раз'), attachmentIds: [], replyTo: null });
    await until(session, (view) => view.rows.at(-1)?.kind === 'message' && view.rows.length > 2);
    await manager.end();
  }
  await manager.flush();
  manager.dispose();
  http.dispose();
  await simulator.close();
}
