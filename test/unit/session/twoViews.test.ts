import assert from 'node:assert/strict';
import { clear } from '../../../src/extension/session/cleared';
import { bothTexts } from '../../../src/shared/bothTexts';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

describe('A draft that two views write into', () => {
  let bench: SessionBench;

  const draft = () => bench.session.conversation.composer.draft;

  const send = (key: string, text: string, edit: number, after: number) => {
    const message = { key, text: clear(text), attachmentIds: [], replyTo: null };
    bench.session.send({ ...message, step: { edit, after } });
  };

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
    bench.session.composer.setDraft('Hello', { edit: 5, after: 0 });
  });

  afterEach(() => bench.close());

  it('goes on in the other one where that one took it over', () => {
    bench.session.composer.setDraft('Hello you', { edit: 9, after: 5 });
    bench.session.composer.setDraft('Hell', { edit: 10, after: 9 });
    assert.deepEqual(draft(), { text: 'Hell', version: 0, edit: 10 });
  });

  it('keeps both texts where one had not seen the other, and says so to both', async () => {
    bench.session.composer.setDraft('Hello you', { edit: 9, after: 5 });
    bench.session.composer.setDraft('Hello!', { edit: 6, after: 5 });
    assert.deepEqual(draft(), { text: 'Hello you\n\nHello!', version: 1, edit: 9 });
    await bench.session.flush();
    assert.match(bench.storage.drafts.get('k') ?? '', /Hello you\n\nHello!$/);
  });

  it('stays where the other one sends what it had of it', async () => {
    bench.session.composer.setDraft('Hello you', { edit: 9, after: 5 });
    send('m', 'Hello', 6, 5);
    await settle();
    assert.deepEqual([bench.posted, draft().text, draft().version], [['Hello'], 'Hello you', 1]);
    send('n', 'Hello you', 10, 9);
    await settle();
    assert.equal(draft().text, '');
  });

  it('comes back whole from a send that may not go, and can be changed then', () => {
    bench.session.composer.keep({ text: 'Hello', step: { edit: 6, after: 5 } });
    assert.deepEqual(draft(), { text: 'Hello', version: 1, edit: 7 });
    bench.session.composer.setDraft('Hell', { edit: 8, after: 7 });
    assert.deepEqual(draft(), { text: 'Hell', version: 1, edit: 8 });
  });

  it('comes back before what was typed after the send, and beside what the other one wrote', () => {
    bench.session.composer.keep({ text: 'Hello', step: { edit: 6, after: 5 } });
    bench.session.composer.setDraft('And', { edit: 9, after: 6 });
    assert.equal(draft().text, 'Hello\n\nAnd');
    bench.session.composer.keep({ text: 'Stale', step: { edit: 8, after: 7 } });
    assert.equal(draft().text, 'Stale\n\nHello\n\nAnd');
  });

  it('has a new version after the refusal of a file alone, too: the views show that again', () => {
    bench.session.composer.setDraft('', { edit: 6, after: 5 });
    bench.session.composer.keep({ text: '', step: { edit: 7, after: 6 } });
    assert.deepEqual([draft().text, draft().version], ['', 1]);
  });

  it('is the longer of two texts where one holds the other', () => {
    assert.equal(bothTexts('', ''), '');
    assert.equal(bothTexts('Hello', 'Hello you'), 'Hello you');
    assert.equal(bothTexts('Hello you', 'you'), 'Hello you');
    assert.equal(bothTexts('a', 'b'), 'a\n\nb');
  });
});
