// R5: the process is killed at every marked point of sending and receiving, and started again. What
// it shows then is compared with the platform's ledger and with what the person did.
// TWIN_KILL_ROUNDS=<n> goes through all points n times, in other shapes of the platform each time.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { env, execPath } from 'node:process';
import type { ChatSession } from '../../src/extension/session/chatSession';
import { clear } from '../../src/extension/session/cleared';
import type { Row } from '../../src/shared/conversation';
import { startSimulator, type Simulator } from '../../src/simulator/simulator';
import type { Variants } from '../../src/simulator/variants';
import { useLeakCheck } from '../support/leakCheck';
import { useTestLog } from '../support/testLogger';
import { root } from '../vscode/root';
import type { Deed } from './chatProcess.main';
import { Marks } from './marks';
import { heard, isSettled, messagesOf, openSessions, until } from './openSessions';

const log = useTestLog();
useLeakCheck();

const ROUNDS = Number(env['TWIN_KILL_ROUNDS'] ?? 1);
const SHAPES: readonly Partial<Variants>[] = [
  { history: 'offered', ownEcho: 'none' },
  { history: 'refused', ownEcho: 'afterAnswer' },
  { history: 'offered', ownEcho: 'beforeAnswer', greeting: 'both' },
  { history: 'refused', ownEcho: 'beforeAnswer', greeting: 'socket' },
];
/** So many processes live at a time. */
const PARALLEL = 2;

describe('A process that is killed', () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const shape = SHAPES[round % SHAPES.length] ?? {};

    it(`at any point loses nothing and doubles nothing (${JSON.stringify(shape)})`, async function () {
      this.timeout(600_000);
      const names = (await run(shape, -1)) ?? [];
      assert.ok(names.length > 30, `only ${names.length} points were passed`);
      const targets = names.map((_, index) => index);
      const work = async (): Promise<void> => {
        for (let target = targets.shift(); target !== undefined; target = targets.shift())
          await run(shape, target, names[target]);
      };
      await Promise.all(Array.from({ length: PARALLEL }, work));
    });
  }

  it('while its message is being taken does not know its fate, and does not send it again', async () => {
    await withPlace({ ownEcho: 'beforeAnswer' }, async (simulator, folder) => {
      // The answer is held back until the echo has passed.
      const child = start(folder, simulator.url, -1);
      await simulator.ledger.until((ledger) => ledger.of('messageTaken').length > 0);
      child.kill();
      const deeds = await child.deeds;
      await check(simulator, folder, deeds, 'while the first message was being taken', false);
    });
  });
});

/** @returns the names of the points, of a process that lived */
async function run(
  shape: Partial<Variants>,
  target: number,
  name = 'nowhere',
): Promise<readonly string[] | null> {
  return withPlace(shape, async (simulator, folder) => {
    const deeds = await start(folder, simulator.url, target).deeds;
    const points = deeds.find((deed) => deed.type === 'points');
    try {
      await check(simulator, folder, deeds, name, shape.history === 'offered');
    } catch (error) {
      throw new Error(`killed at point ${target} (${name})`, { cause: error });
    }
    return points?.type === 'points' ? points.names : null;
  });
}

async function withPlace<T>(
  variants: Partial<Variants>,
  work: (simulator: Simulator, folder: string) => Promise<T>,
): Promise<T> {
  const simulator = await startSimulator({ variants });
  const folder = await mkdtemp(path.join(tmpdir(), 'twin-kill-'));
  try {
    return await work(simulator, folder);
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true });
  }
}

function start(
  folder: string,
  url: string,
  target: number,
): { deeds: Promise<readonly Deed[]>; kill: () => void } {
  const program = path.join(root, 'out', 'test', 'kill', 'chatProcess.main.js');
  const child = spawn(execPath, [program, folder, url, String(target)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const deeds = new Promise<readonly Deed[]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the process ended with ${code}`));
      else resolve(output.split('\n').flatMap((line) => (line ? (JSON.parse(line) as Deed) : [])));
    });
  });
  return { deeds, kill: () => child.kill('SIGKILL') };
}

async function check(
  simulator: Simulator,
  folder: string,
  deeds: readonly Deed[],
  point: string,
  historyOffered: boolean,
): Promise<void> {
  const sessions = openSessions(folder, log.logger, new Marks(-1));
  try {
    const session = await sessions.manager.resumeLast();
    if (session === null) {
      assert.deepEqual(simulator.ledger.of('messageTaken'), [], 'something was sent, and is lost');
      return;
    }
    checkDraft(session, deeds);
    const lost = sendsOf(deeds).filter(({ key }) => !rowKeys(session).has(key));
    checkNotTaken(simulator, lost);
    await until(session, (view) => view.connection === 'online' && isSettled(view));
    for (const { key, text } of lost) resend(session, key, text);
    await goOn(simulator, session);
    // What the history tells is written down one by one, while the chat goes on.
    if (historyOffered) await until(session, (view) => !view.rows.some(isGap));
    await checkSent(simulator, session, deeds);
    checkReceived(simulator, session, historyOffered);
  } catch (error) {
    const shown = sessions.manager.current?.conversation.rows.map((row) =>
      row.kind === 'message' ? `${row.author} ${row.text} ${row.delivery ?? ''}` : row.happening,
    );
    throw new Error(`${point}: ${JSON.stringify(shown)}`, { cause: error });
  } finally {
    await sessions.manager.flush();
    sessions.dispose();
  }
}

/** The view gives back what its host never got, and the person sends it again. */
function resend(session: ChatSession, key: string, text: string): void {
  session.send({ key, text: clear(text), attachmentIds: [], replyTo: null });
}

async function goOn(simulator: Simulator, session: ChatSession): Promise<void> {
  session.send({ key: 'after', text: clear('после'), attachmentIds: [], replyTo: null });
  await until(session, (view) => heard(view, 'после') && isSettled(view));
  const { ledger } = simulator;
  const texts = ledger.of('messageTaken').map(({ body }) => body);
  assert.equal(new Set(texts).size, texts.length, `taken twice: ${texts.join(', ')}`);
}

/** It is the draft of the last time that the disk was asked about, or a later one; never one sent. */
function checkDraft(session: ChatSession, deeds: readonly Deed[]): void {
  const known = rowKeys(session);
  let possible = new Set(['']);
  let last = '';
  for (const deed of deeds) {
    if (deed.type === 'draft') possible.add((last = deed.text));
    if (deed.type === 'kept') possible = new Set([last]);
    if (deed.type !== 'send') continue;
    last = '';
    if (known.has(deed.key)) possible = new Set(['']);
    else possible.add('');
  }
  const { text } = session.conversation.composer.draft;
  assert.ok(possible.has(text), `the draft is "${text}", not one of ${[...possible].join('|')}`);
}

/** What is not in the journal has not left. */
function checkNotTaken(simulator: Simulator, lost: readonly { text: string }[]): void {
  const taken = simulator.ledger.of('messageTaken').map(({ body }) => body);
  for (const { text } of lost) assert.ok(!taken.includes(text), `taken, but not known: ${text}`);
}

/** Each is with the platform once, or the screen says that this is not known. */
async function checkSent(
  simulator: Simulator,
  session: ChatSession,
  deeds: readonly Deed[],
): Promise<void> {
  const rows = messagesOf(session.conversation).filter((row) => row.author === 'client');
  const taken = simulator.ledger.of('messageTaken').map(({ body }) => body);
  const unknown = rows.filter((row) => row.delivery === 'unknown').map((row) => row.text);
  for (const { text } of sendsOf(deeds)) {
    assert.equal(rows.filter((row) => row.text === text).length, 1, `rows of ${text}`);
    if (!unknown.includes(text)) assert.ok(taken.includes(text), `lost: ${text}`);
  }
  const certain = taken.filter((text) => !unknown.includes(text));
  const order = rows.map((row) => row.text).filter((text) => certain.includes(text));
  assert.deepEqual(certain, order, 'taken in another order than shown');
  const { ledger } = simulator;
  await ledger.until(() => true);
  const acknowledged = ledger.of('acknowledged').map(({ messageId }) => messageId);
  assert.equal(new Set(acknowledged).size, acknowledged.length, 'acknowledged twice');
  assert.deepEqual(ledger.complaints(), []);
}

/** What was acknowledged is shown, once; where the platform tells its history, all there was. */
function checkReceived(simulator: Simulator, session: ChatSession, historyOffered: boolean): void {
  const { ledger } = simulator;
  const given = new Map(ledger.of('messageGiven').map((it) => [it.messageId, it.body]));
  const acknowledged = new Set(ledger.of('acknowledged').map(({ messageId }) => messageId));
  const shown = messagesOf(session.conversation).map((row) => row.text);
  const fromBot = messagesOf(session.conversation).filter((row) => row.author !== 'client');
  for (const [id, body] of given)
    if (acknowledged.has(id)) assert.ok(shown.includes(body), `acknowledged, and lost: ${body}`);
  const texts = fromBot.map((row) => row.text);
  assert.equal(new Set(texts).size, texts.length, `shown twice: ${texts.join(' | ')}`);
  if (!historyOffered) return;
  for (const { body } of ledger.of('messageTaken'))
    assert.ok(texts.includes(body), `the answer to ${body} is missing`);
}

function isGap(row: Row): boolean {
  return row.kind === 'happening' && row.happening.type === 'gap';
}

function sendsOf(deeds: readonly Deed[]): readonly { key: string; text: string }[] {
  return deeds.flatMap((deed) => (deed.type === 'send' ? deed : []));
}

function rowKeys(session: ChatSession): ReadonlySet<string> {
  return new Set(session.conversation.rows.map(({ key }) => key));
}
