import assert from 'node:assert/strict';
import type { ConversationView } from '../../../src/shared/conversation';
import { Emitter, type Event } from '../../../src/extension/core/event';
import { LiveTranscript } from '../../../src/extension/vscode/liveTranscript';
import { conversation, message } from '../../webview/samples';

const saying = (...words: string[]) =>
  conversation({ rows: words.map((text) => message(text, { text })) });

/** A session of which only what was said is of interest. */
const sessionSaying = (read: () => ConversationView, onDidChange: Event<ConversationView>) => ({
  key: 'k',
  get conversation() {
    return read();
  },
  conceal: (text: string) => text.replace('secret', '…'),
  onDidChange,
});

/** A writing that is under way, with what it was given. */
interface Writing {
  readonly words: string;
  finish(): void;
}

describe('a transcript that follows its conversation', () => {
  let shown: ConversationView;
  let changes: Emitter<ConversationView>;
  let lists: Emitter<undefined>;
  let held: ReturnType<typeof sessionSaying> | null;
  let transcript: LiveTranscript;
  let writings: Writing[];
  let told: number;

  const say = (...words: string[]) => {
    shown = saying(...words);
    changes.fire(shown);
  };

  /** As VS Code asks for the text; resolves when the writing is under way. */
  const ask = async () => {
    const text = transcript.write();
    await Promise.resolve();
    const writing = writings.at(-1);
    assert.ok(writing);
    return { writing, text };
  };

  const asked = async () => {
    const { writing, text } = await ask();
    writing.finish();
    return text;
  };

  beforeEach(() => {
    shown = saying('one');
    changes = new Emitter();
    writings = [];
    told = 0;
    const write = ({ rows }: ConversationView) =>
      new Promise<string>((resolve) => {
        const words = rows.map(({ key }) => key).join(' ');
        writings.push({
          words,
          finish: () => {
            resolve(words);
          },
        });
      });
    const session = sessionSaying(() => shown, changes.event);
    lists = new Emitter();
    held = session;
    transcript = new LiveTranscript(
      session,
      {
        onDidChangeSessions: lists.event,
        byKey: (key) => (key === 'k' ? held : null),
      },
      () => Promise.resolve({ write }),
      () => {
        told += 1;
      },
    );
  });

  afterEach(() => {
    transcript.dispose();
  });

  it('tells of nothing where nothing came while its document was opened', async () => {
    assert.equal(await asked(), 'one');
    transcript.opened();
    assert.equal(told, 0);
  });

  it('tells of what came after it was written and before its document was there', async () => {
    assert.equal(await asked(), 'one');
    say('one', 'two');
    assert.equal(told, 0, 'nobody listens yet');
    transcript.opened();
    assert.equal(told, 1);
    assert.equal(await asked(), 'one two');
  });

  it('tells once of what comes while it is written, and is written anew', async () => {
    await asked();
    transcript.opened();
    say('one', 'two');
    const { writing, text } = await ask();
    say('one', 'two', 'three');
    say('one', 'two', 'three', 'secret');
    assert.equal(told, 1, 'it is being written');
    writing.finish();
    assert.equal(await text, 'one two');
    assert.equal(told, 2);
    assert.equal(await asked(), 'one two three …');
    assert.equal(told, 2);
  });

  it('goes on with the session that has the conversation now, and only with that', async () => {
    await asked();
    transcript.opened();
    held = null; // it is on disk only
    lists.fire(undefined);
    assert.deepEqual([told, await asked()], [0, 'one']);
    const next = new Emitter<ConversationView>();
    let now = saying('one', 'two');
    held = sessionSaying(() => now, next.event);
    lists.fire(undefined);
    lists.fire(undefined);
    assert.deepEqual([told, await asked()], [1, 'one two']);
    say('one', 'of the past');
    assert.equal(told, 1);
    now = saying('one', 'two', 'three');
    next.fire(now);
    assert.deepEqual([told, await asked()], [2, 'one two three']);
    transcript.dispose();
    next.fire(saying('too late'));
    assert.equal(told, 2);
  });

  it('is not written again for what changes besides the messages', async () => {
    await asked();
    transcript.opened();
    shown = { ...shown, typing: { by: 'bot', name: 'Robin' } };
    changes.fire(shown);
    assert.equal(told, 0);
  });
});
