import assert from 'node:assert/strict';
import { ViewChannel } from '../../../src/extension/vscode/viewChannel';
import type {
  Composer,
  ConversationView,
  MessageRow,
  PendingAttachment,
} from '../../../src/shared/conversation';
import type { FileState } from '../../../src/shared/fileState';
import type { HostMessage, Picture, ViewSettings } from '../../../src/shared/hostMessage';
import { readEarlier } from '../../../src/shared/snapshot';
import { ManualClock } from '../../support/manualClock';
import { problem } from '../../webview/samples';

// The channel hands settings on and never looks into them.
const settings = {} as ViewSettings;
const PENDING: PendingAttachment = {
  ...{ id: 'p', name: 'a.txt', contentType: 'text/plain', size: 1, sentBytes: 0 },
  ...{ state: 'uploading', unsaved: false, problem: null },
};
const PICTURE: Picture = { state: 'failed', problem: problem({ step: 'download' }) };
const LOADING: FileState = { use: 'open', loading: true, problem: null, reality: null };

function conversation(rows: readonly MessageRow[], key = 'session'): ConversationView {
  return {
    key,
    demo: false,
    profile: null,
    connection: 'online',
    problem: null,
    storageFailed: false,
    elsewhere: false,
    past: false,
    name: null,
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
  let files: Map<string, FileState>;
  let clock: ManualClock;

  beforeEach(() => {
    shown = conversation([message('a')]);
    posted = [];
    files = new Map();
    const source = { conversation: () => shown, settings: () => settings, files: () => files };
    clock = new ManualClock();
    channel = new ViewChannel(source, (it) => posted.push(it), clock);
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

  it('sends of a long conversation the newest as they are, and those before them to be read later', () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => message(`m${index}`));
    shown = conversation(rows);
    channel.snapshot();
    const [sent] = posted;
    assert.ok(sent?.type === 'snapshot' && sent.earlier !== null);
    assert.deepEqual(sent.conversation?.rows, rows.slice(2_200));
    assert.equal(sent.earlier.count, 2_200);
    assert.deepEqual(readEarlier(sent.earlier), rows.slice(0, 2_200));
  });

  it('says of files what there is to say, after each snapshot and as it changes', () => {
    files.set('f', LOADING);
    channel.snapshot();
    channel.file('session', 'f', { ...LOADING, loading: false });
    assert.deepEqual(
      posted.flatMap((it) => (it.type === 'file' ? [[it.fileKey, it.state.loading]] : [])),
      [
        ['f', true],
        ['f', false],
      ],
    );
  });

  it('tells nothing of the files of a conversation that is not shown any more', async () => {
    const of = (conversationKey: string): void => {
      channel.file(conversationKey, 'file-1', LOADING);
      channel.picture(conversationKey, 'file-1', PICTURE);
    };
    channel.snapshot();
    shown = conversation([], 'another');
    of('another'); // the view will know of it in a moment only
    of('session');
    channel.update();
    await Promise.resolve();
    of('session');
    of('another');
    const told = ['snapshot', 'file', 'picture'];
    assert.deepEqual(types(), [...told, ...told]);
  });

  describe('what the person types', () => {
    const draft = (text: string, version = 0): Composer => ({
      draft: { text, version },
      pending: shown?.composer.pending ?? [],
    });
    const change = async (fields: Partial<ConversationView>) => {
      shown = { ...(shown ?? conversation([])), ...fields };
      channel.update();
      await Promise.resolve();
    };
    const patched = () => posted.flatMap((it) => (it.type === 'patch' ? [it.patch.fields] : []));

    beforeEach(() => {
      channel.snapshot();
    });

    it('goes with the message that comes of it', async () => {
      await change({ composer: draft('') });
      await change({ rows: [message('a'), message('b')] });
      assert.deepEqual(patched(), [{ composer: draft('') }]);
      await clock.advance(60_000);
      assert.deepEqual(types(), ['snapshot', 'patch']);
    });

    it('goes soon by itself, once', async () => {
      await change({ composer: draft('H') });
      await change({ composer: draft('Hi') });
      assert.deepEqual(patched(), []);
      await clock.advance(50);
      assert.deepEqual(patched(), [{ composer: draft('Hi') }]);
      assert.equal(clock.pending, 0);
    });

    it('goes also after it was as before for a moment', async () => {
      const before = shown;
      await change({ composer: draft('H') });
      shown = before;
      channel.update();
      await clock.advance(50);
      await change({ composer: draft('Hi') });
      await clock.advance(50);
      assert.deepEqual(patched(), [{ composer: draft('Hi') }]);
    });

    it('does not wait when it is the host that writes, or a file comes', async () => {
      await change({ composer: draft('Back', 1) });
      await change({ composer: { ...draft('Back', 1), pending: [PENDING] } });
      assert.equal(patched().length, 2);
    });

    it('does not outlive its view', async () => {
      await change({ composer: draft('Hi') });
      channel.hidden();
      assert.equal(clock.pending, 0);
    });
  });

  it('is silent while hidden and whole again afterwards', async () => {
    channel.snapshot();
    channel.hidden();
    shown = conversation([message('b')]);
    channel.update();
    channel.file('session', 'file', LOADING);
    await Promise.resolve();
    assert.deepEqual(types(), ['snapshot']);
    channel.snapshot();
    const last = posted.at(-1);
    assert.ok(last?.type === 'snapshot' && last.conversation === shown);
  });

  it('keeps a wish for focus until there is a view', () => {
    channel.goTo({ type: 'focusComposer' });
    assert.deepEqual(types(), []);
    channel.snapshot();
    channel.snapshot();
    assert.deepEqual(types(), ['snapshot', 'focusComposer', 'snapshot']);
  });
});
