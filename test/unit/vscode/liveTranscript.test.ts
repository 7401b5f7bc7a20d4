import assert from 'node:assert/strict';
import type { ConversationView } from '../../../src/shared/conversation';
import { Emitter } from '../../../src/extension/core/event';
import { LiveTranscript } from '../../../src/extension/vscode/liveTranscript';
import { conversation, message } from '../../webview/samples';

const saying = (...words: string[]) =>
  conversation({ rows: words.map((text) => message(text, { text })) });

/** A writing that is under way, with what it was given. */
interface Writing {
  readonly words: string;
  finish(): void;
}

describe('a transcript that follows its conversation', () => {
  let shown: ConversationView;
  let changes: Emitter<ConversationView>;
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
    const session = {
      get conversation() {
        return shown;
      },
      conceal: (text: string) => text.replace('secret', '…'),
      onDidChange: changes.event,
    };
    transcript = new LiveTranscript(
      session,
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

  it('is not written again for what changes besides the messages', async () => {
    await asked();
    transcript.opened();
    shown = { ...shown, typing: { by: 'bot', name: 'Robin' } };
    changes.fire(shown);
    assert.equal(told, 0);
  });
});
