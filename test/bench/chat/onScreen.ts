// P2 and P3 in a real VS Code: from what the person does to what he sees, beside the raw protocol.
import path from 'node:path';
import type { Simulator } from '../../../src/simulator/simulator';
import { connect, send, startSession } from '../../unit/simulator/platformClient';
import type { Author, Chat } from '../../vscode/chat';
import { root } from '../../vscode/root';
import { openStage } from '../../vscode/stage';
import type { Workbench } from '../../vscode/workbench';
import { median, type Figure } from '../bench';
import { installStopwatch } from './stopwatch';

declare global {
  interface Window {
    /** Of the bare chat: each from the key to the host's word, ms. */
    trips: readonly number[];
  }
}

const STARTS = 9;
const MESSAGES = 25;
/** A chat that does nothing but show what was entered when its host has said it. */
const BARE = path.join(root, 'test/bench/chat/bare');

export async function onScreen(): Promise<readonly Figure[]> {
  const stage = await openStage({
    version: 'recent',
    language: 'en',
    chatId: 'echo',
    simulator: { language: 'en' },
    extensions: [BARE],
  });
  try {
    const { workbench, chat, simulator } = stage;
    const trip = await roundTrip(workbench);
    await workbench.openView('TWIN');
    await chat.button('Start Chat').waitFor();
    await chat.body.evaluate(installStopwatch);
    await chat.button('Start Chat').click();
    const first = await painted(chat, 'bot');
    return [
      { what: 'the first start → greeting painted', value: first, unit: 'ms' },
      ...(await starting(chat, simulator)),
      ...(await talking(chat, simulator, trip)),
    ];
  } finally {
    await stage.close();
  }
}

/** One chat after the other, each from the click on its button. */
async function starting(chat: Chat, simulator: Simulator): Promise<readonly Figure[]> {
  const [calls, greetings]: [number[], number[]] = [[], []];
  for (let round = 0; round < STARTS; round += 1) {
    await chat.untilConnection('online');
    await chat.send('stop');
    await chat.untilConnection('ended');
    calls.push(await timed(() => startSession(simulator)));
    await chat.button('Start again').click();
    greetings.push(await painted(chat, 'bot'));
  }
  const call = median(calls);
  return [
    { what: 'the start call, by a bare client', value: call, unit: 'ms' },
    { what: 'start → greeting painted', value: median(greetings), unit: 'ms', atMost: call + 50 },
  ];
}

/** From the key to the host and back, in the bare chat: there, too, a frame is drawn meanwhile. */
async function roundTrip(workbench: Workbench): Promise<number> {
  await workbench.openView('Bare chat');
  const frame = workbench.webview('test.bare-chat');
  const box = frame.getByRole('textbox');
  for (let round = 1; round <= MESSAGES; round += 1) {
    await box.fill(`Message ${round}`);
    await box.press('Enter');
    await frame.getByText(`Message ${round}`, { exact: true }).waitFor();
  }
  return median(await frame.locator('body').evaluate(() => window.trips));
}

async function talking(chat: Chat, simulator: Simulator, trip: number): Promise<readonly Figure[]> {
  const bare = await startSession(simulator);
  const ear = await connect(simulator, bare.id, ['websocket']);
  const [raw, own, replies]: [number[], number[], number[]] = [[], [], []];
  await chat.untilConnection('online');
  const frame = await chat.body.evaluate(() => window.stopwatch.frame());
  for (let round = 1; round <= MESSAGES; round += 1) {
    const text = `Message ${round}`;
    const reply = ear.until('chatMessageCreatedEmit', round);
    raw.push(await timed(() => Promise.all([send(simulator, bare.id, { body: text }), reply])));
    await chat.composer.fill(text);
    await chat.composer.press('Enter');
    own.push(await painted(chat, 'client'));
    replies.push(await painted(chat, 'bot'));
  }
  ear.close();
  const protocol = median(raw);
  return [
    { what: 'a frame', value: frame, unit: 'ms' },
    { what: 'key → host → view, in a bare chat', value: trip, unit: 'ms' },
    { what: 'send → own message painted', value: median(own), unit: 'ms', atMost: trip + frame },
    { what: 'send → reply, by a bare client', value: protocol, unit: 'ms' },
    {
      what: 'send → reply painted',
      value: median(replies),
      unit: 'ms',
      atMost: protocol + 3 * frame,
    },
  ];
}

function painted(chat: Chat, author: Author): Promise<number> {
  return chat.body.evaluate((_, whose) => window.stopwatch.painted(whose), author);
}

/** How long it takes, ms. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
