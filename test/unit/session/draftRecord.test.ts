import assert from 'node:assert/strict';
import { readDraftRecord, writeDraftRecord } from '../../../src/extension/session/draftRecord';
import type { DurableEvent } from '../../../src/extension/session/sessionEvent';

const queued = (key: string, text: string, fromDraft = true): DurableEvent => ({
  ...{ type: 'queued', at: 1, key, text, attachments: [], replyTo: null, answer: null },
  ...(fromDraft ? { fromDraft: true } : {}),
});
const edited = (key: string): DurableEvent => ({ type: 'removed', at: 1, key, toDraft: true });

describe('The draft beside the journal', () => {
  it('comes back as it was', () => {
    const draft = { text: 'twin-chat-draft 1 1 1\nx', version: 3, edit: 7, steps: 1 };
    assert.deepEqual(readDraftRecord(writeDraftRecord(draft), [queued('a', 'x')]), draft);
  });

  it('does not bring back what was sent after it was written', () => {
    const record = writeDraftRecord({ text: 'hel', version: 0, steps: 0 });
    const sent = { ...queued('a', 'hello'), edit: 9 } as DurableEvent;
    const { text, edit } = readDraftRecord(record, [sent]);
    // By the edit, an older copy in the view is known to be older.
    assert.deepEqual([text, edit], ['', 9]);
    assert.equal(readDraftRecord(record, [queued('a', 'yes', false)]).text, 'hel');
  });

  it('has what was taken back after it was written', () => {
    const record = writeDraftRecord({ text: 'more', version: 2, steps: 1 });
    const events = [queued('a', 'first'), edited('a')];
    assert.deepEqual(readDraftRecord(record, events), {
      text: 'first\n\nmore',
      version: 3,
      edit: 0,
      steps: 2,
    });
    assert.equal(readDraftRecord('', events).text, 'first');
  });

  it('is taken as it is when it has no head', () => {
    assert.equal(readDraftRecord('by hand', [queued('a', 'x')]).text, 'by hand');
  });
});
