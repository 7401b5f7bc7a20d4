// Every state that the view can be in, each as a person would find it: what is to hold for all of
// them (axe, narrow side bars, zoom) is held to these.

import type { ConversationView } from '../../src/shared/conversation';
import {
  conversation,
  file,
  happening,
  message,
  NOON,
  ownMessage,
  pendingFile,
  problem,
} from './samples';
import type { ViewPage } from './viewPage';

export interface ViewState {
  readonly conversation: ConversationView | null;
  /** What is done once it is shown. */
  readonly then?: (view: ViewPage) => Promise<void>;
}

const ANSWERS = ['Where is my order?', 'I want to pay', 'Something else'];
const GREETING = message('g', { text: 'Hello! How can I help?', answers: ANSWERS });
const greeting = { ...GREETING, answersOpen: true };
const MARKDOWN =
  '# Order\n**b** `c` ~~s~~ [d](https://d.example) src/a.ts:12\n\n|e|f|\n|-|-:|\n|g|1|\n\n```ts\nlet g = 1;\n```\n' +
  '> h\n\n1. i\n   - j\n\n---\n\nmail@example.com';

const FORM = {
  title: 'Rate the chat',
  description: 'It takes a minute.',
  scale: { label: 'How much did we help?', min: 1, max: 5 },
  fields: [
    { label: 'Name', required: true, hint: 'As in your passport' },
    { label: 'Topic', options: ANSWERS },
    { label: 'City', options: Array.from({ length: 20 }, (_, index) => `City ${index}`) },
    { label: 'What was good?', multiple: true, options: ['Speed', 'Tone'] },
    { label: 'Write to me', type: 'boolean' },
    { label: 'Comment', type: 'textarea' },
  ],
};

const asking = message('f', { text: 'Please rate us.', actions: [FORM] });
const talk = [GREETING, ownMessage('c', { text: 'Where is my order?' }), message('b')];
const ended = happening('e', { type: 'ended', by: 'bot' });
const shown = (changes: Partial<ConversationView>) => ({
  conversation: conversation({ rows: talk, expiresAt: NOON + 40_000_000, ...changes }),
});
const composer = (pending: ConversationView['composer']['pending'], text = '') => ({
  draft: { text, version: 1 },
  pending,
});

/** The name of a file that is refused. */
export const TOO_LARGE = 'too-large-to-be-sent.bin';

export const EVERY_STATE: Readonly<Record<string, ViewState>> = {
  welcome: { conversation: null },
  starting: shown({ rows: [], connection: 'starting', peer: null, expiresAt: null }),
  empty: shown({ rows: [] }),
  greeting: shown({ rows: [greeting], demo: true }),
  'a profile': shown({ profile: 'Production of the large shop' }),
  'answers, pressed and superseded': shown({
    rows: [
      { ...GREETING, chosenAnswer: 0 },
      ownMessage('c', { text: ANSWERS[0] ?? '' }),
      message('b'),
    ],
  }),
  'thousands of answers': shown({
    rows: [
      { ...greeting, answers: Array.from({ length: 5_000 }, (_, index) => `Answer ${index}`) },
    ],
  }),
  'a form': shown({ rows: [{ ...asking, answersOpen: true }] }),
  'a form with mistakes': {
    ...shown({ rows: [{ ...asking, answersOpen: true }] }),
    then: async (view) => {
      await view.page.locator('.form-submit').click();
      await view.page.locator('summary').click();
    },
  },
  'a form that is over': shown({ rows: [asking, ownMessage('c', { text: 'Name: Anna' })] }),
  'data that is no form': shown({
    rows: [message('d', { actions: [{ type: 'x', y: [1, null] }] })],
  }),
  'formatted text and files': shown({
    rows: [
      message('m', {
        text: MARKDOWN,
        attachments: [
          file(),
          file({ key: 'p', name: 'p.png', contentType: 'image/png' }),
          file({ key: 'u', available: false }),
        ],
      }),
      message('l', { text: 'word '.repeat(20_000) }),
      ownMessage('q', { quote: { messageKey: 'm', text: 'Order' } }),
      ownMessage('o', { quote: { messageKey: null, text: 'Not here any more' } }),
    ],
  }),
  'text from right to left': shown({
    rows: [
      message('r', {
        text: 'שלום עולם, ‏12:00',
        authorName: 'רובין',
        answers: ['כן'],
        answersOpen: true,
      }),
    ],
    peer: { kind: 'bot', name: 'רובין', avatar: null, since: NOON },
  }),
  'own messages of every fate': shown({
    rows: [
      ownMessage('1', { delivery: 'queued', problem: problem(), waitsUntil: NOON + 60_000 }),
      ownMessage('2', { delivery: 'queued' }),
      ownMessage('3', { delivery: 'sending' }),
      ownMessage('4', { delivery: 'sent' }),
      ownMessage('5', { delivery: 'read' }),
      ownMessage('6', { delivery: 'unknown' }),
      ownMessage('7', { delivery: 'failed', problem: problem() }),
    ],
  }),
  'a message with the focus': {
    ...shown({}),
    then: async (view) => {
      await view.row('b').focus();
    },
  },
  reply: {
    ...shown({}),
    then: async (view) => {
      await view.row('b').focus();
      await view.page.keyboard.press('r');
      await view.page.keyboard.type('Because');
    },
  },
  typing: shown({ typing: { by: 'bot', name: 'Robin' } }),
  'an operator asked for': shown({
    operatorRequestedAt: NOON,
    rows: [...talk, happening('h', { type: 'operatorRequested' })],
  }),
  'operators who come and go': shown({
    peer: {
      kind: 'operator',
      name: 'Anna Ivanovna Konstantinopolskaya',
      avatar: null,
      since: NOON,
    },
    rows: [
      ...talk,
      happening('1', { type: 'operatorAssigned', name: 'Anna' }),
      message('a', { author: 'operator', authorName: 'Anna' }),
      happening('2', { type: 'operatorReplaced', name: 'Boris', previousName: 'Anna' }),
      happening('3', { type: 'operatorStatus', name: 'Boris', status: 'AWAY' }),
      happening('4', { type: 'operatorLeft', name: 'Boris' }),
    ],
  }),
  'files that wait': shown({
    composer: composer(
      [
        pendingFile({ unsaved: true }),
        pendingFile({ id: '2', name: 'p.png', contentType: 'image/png', state: 'uploading' }),
        pendingFile({ id: '3', state: 'failed', problem: problem({ step: 'upload' }) }),
      ],
      'Look at these',
    ),
  }),
  'a file over the view': {
    ...shown({}),
    then: async (view) => {
      await box(view).evaluate((area) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('text/uri-list', 'file:///a.txt');
        const init = { bubbles: true, composed: true, cancelable: true };
        area.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer }));
      });
    },
  },
  'a file that is refused': {
    ...shown({}),
    then: async (view) => {
      await box(view).evaluate((area, name) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([new Uint8Array(2_000_000)], name));
        const init = { bubbles: true, composed: true, cancelable: true };
        area.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData }));
      }, TOO_LARGE);
      await view.page.getByText(`${TOO_LARGE}: `).waitFor();
    },
  },
  'about to expire': shown({ expiresAt: Date.now() + 200_000 }),
  reconnecting: shown({ connection: 'reconnecting', problem: problem({ step: 'connect' }) }),
  gap: shown({ rows: [...talk, happening('p', { type: 'gap', from: NOON, to: NOON + 60_000 })] }),
  ended: shown({ connection: 'ended', rows: [...talk, ended] }),
  'ended, with something unsent': shown({
    connection: 'ended',
    rows: [...talk, ended],
    composer: composer([pendingFile()], 'not sent yet'),
  }),
  'failed at the start': shown({
    connection: 'failed',
    rows: [],
    peer: null,
    problem: problem({ step: 'start', reason: 'notFound', status: 404 }),
  }),
  'failed later': shown({
    connection: 'failed',
    problem: problem({ step: 'connect', reason: 'protocol' }),
  }),
  'another window has it': shown({ elsewhere: true }),
  'the disk does not take it': shown({ storageFailed: true }),
  // The last: a host that is lost stays so.
  'the host is lost': {
    ...shown({}),
    then: async (view) => {
      await view.page.evaluate(() => {
        window.twinTest.silent = true;
      });
      await box(view).fill('kept here');
      await view.page.locator('[data-notice="host"]').waitFor({ timeout: 15_000 });
    },
  },
};

/** The composer, in any language. */
function box(view: ViewPage) {
  return view.page.getByRole('textbox').last();
}

/** Brings the view into a state. */
export async function enter(view: ViewPage, { conversation: it, then }: ViewState): Promise<void> {
  await view.snapshot(it, { hasChatId: true });
  await then?.(view);
}

/** What is wrong, by the state in which it is. */
export async function inEveryState(
  view: ViewPage,
  look: (view: ViewPage) => Promise<string[]>,
): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const [name, state] of Object.entries(EVERY_STATE)) {
    await enter(view, state);
    const wrong = await look(view);
    if (wrong.length > 0) found[name] = wrong;
  }
  return found;
}
