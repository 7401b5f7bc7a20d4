// P3 over a network that is far away, and P8: one chat, in a process of its own, that is left alone
// for more than a minute.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startSimulator } from '../../../src/simulator/simulator';
import type { Figure } from '../bench';
import { openFarServer } from './farServer';
import type { Experience } from './person.main';

/** What is done after a message gets so long to be over, ms. */
const SETTLE = 5_000;
const REST = 65_000;
/** Engine.IO's: when to beat next, and when to give up. */
const HEARTBEAT_TIMERS = 2;

export async function overNetwork(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'twin-far-'));
  const simulator = await startSimulator();
  try {
    const server = await openFarServer(simulator.url, folder);
    const figures = figuresOf(await experience(folder, server));
    await server.close();
    return figures;
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true });
  }
}

async function experience(
  folder: string,
  { url, certificate }: Awaited<ReturnType<typeof openFarServer>>,
): Promise<Experience> {
  const person = fork(path.join(__dirname, 'chat', 'person.main.js'), [folder, url], {
    execArgv: [],
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
  });
  const gone = once(person, 'exit').then(([code]) => {
    throw new Error(`the chat's process has ended with ${code}`);
  });
  const next = async (): Promise<unknown> => {
    const [news] = (await Promise.race([once(person, 'message'), gone])) as [unknown];
    return news;
  };
  await next();
  await delay(SETTLE);
  person.send('rest');
  await delay(REST);
  person.send('go on');
  const told = (await next()) as Experience;
  person.disconnect();
  return told;
}

function figuresOf({ calls, replies, rest }: Experience): readonly Figure[] {
  const trips = (ms: number): number => ms / calls.next;
  return [
    { what: '100 ms away, TLS: a call, new connection', value: calls.first, unit: 'ms' },
    { what: 'a call, kept connection (one round trip)', value: calls.next, unit: 'ms' },
    { what: 'send → reply', value: trips(replies.soon), unit: 'round trips', atMost: 1.5 },
    { what: 'a minute later', value: trips(replies.later), unit: 'round trips', atMost: 1.5 },
    { what: 'at rest: timers', value: rest.timers, unit: '', atMost: HEARTBEAT_TIMERS },
    { what: 'at rest: CPU', value: (rest.cpu / rest.took) * 100, unit: '%', atMost: 0.1 },
  ];
}
