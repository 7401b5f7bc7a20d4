import assert from 'node:assert/strict';
import { ViewChannel } from '../../../src/extension/vscode/viewChannel';
import type { ConversationView, MessageRow } from '../../../src/shared/conversation';
import type { HostMessage, ViewSettings } from '../../../src/shared/hostMessage';

// The channel hands settings on and never looks into them.
const settings = {} as ViewSettings;

function conversation(rows: readonly MessageRow[], key = 'session'): ConversationView {
  return {
    key,
    demo: false,
    connection: 'online',
    problem: null,
    storageFailed: false,
    elsewhere: false,
    peer: null,
    operatorRequestedAt: null,
    expiresAt: null,
    typing: null,
    rows,
    composer: { draft: { text: '', version: 0 }, pending: [] },
  };
}

function message(key: string): MessageRow {
  return {
    kind: 'message',
    key,
    author: 'bot',
    authorName: null,
    avatar: null,
    text: key,
    at: 0,
    answers: [],
    answersOpen: false,
    chosenAnswer: null,
    attachments: [],
    actions: [],
    quote: null,
    delivery: null,
    problem: null,
    waitsUntil: null,
  };
}

describe('ViewChannel', () => {
  let shown: ConversationView | null;
  let posted: HostMessage[];
  let channel: ViewChannel;

  beforeEach(() => {
    shown = conversation([message('a')]);
    posted = [];
    channel = new ViewChannel({ conversation: () => shown, settings: () => settings }, (it) =>
      posted.push(it),
    );
  });

  const types = (): readonly string[] => posted.map(({ type }) => type);

  it('says nothing before the view is ready', async () => {
    channel.update();
    channel.settingsChanged();
    await Promise.resolve();
    assert.deepEqual(posted, []);
  });

  it('sends a snapshot, then one patch for all changes of a turn', async () => {
    channel.snapshot();
    shown = conversation([message('a'), message('b')]);
    channel.update();
    shown = conversation([...shown.rows.slice(0, 2), message('c')] as MessageRow[]);
    channel.update();
    await Promise.resolve();
    assert.deepEqual(types(), ['snapshot', 'patch']);
    assert.deepEqual(
      posted.map((it) => 'revision' in it && it.revision),
      [1, 2],
    );
  });

  it('sends a snapshot for another conversation, and for none', async () => {
    channel.snapshot();
    shown = conversation([], 'another');
    channel.update();
    await Promise.resolve();
    shown = null;
    channel.update();
    await Promise.resolve();
    assert.deepEqual(types(), ['snapshot', 'snapshot', 'snapshot']);
  });

  it('is silent while hidden and whole again afterwards', async () => {
    channel.snapshot();
    channel.hidden();
    shown = conversation([message('b')]);
    channel.update();
    channel.picture('file', { state: 'ready', contentType: 'image/png', data: new Uint8Array() });
    await Promise.resolve();
    assert.deepEqual(types(), ['snapshot']);
    channel.snapshot();
    const last = posted.at(-1);
    assert.ok(last?.type === 'snapshot' && last.conversation === shown);
  });

  it('keeps a wish for focus until there is a view', () => {
    channel.focusComposer();
    assert.deepEqual(types(), []);
    channel.snapshot();
    channel.snapshot();
    assert.deepEqual(types(), ['snapshot', 'focusComposer', 'snapshot']);
  });
});
