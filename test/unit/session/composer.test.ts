import assert from 'node:assert/strict';
import { fold, online, PROBLEM, remoteFile } from '../../support/conversations';

describe('reduce: the composer', () => {
  it("gives the draft a new version only where the host changes it, and nothing to the person's typing", () => {
    const c = online({ type: 'draftChanged', text: 'he', by: 'person' });
    assert.deepEqual(c.view.composer.draft, { text: 'he', version: 0 });
    const d = fold([{ type: 'draftChanged', text: 'hello', by: 'host' }], c);
    assert.deepEqual(d.view.composer.draft, { text: 'hello', version: 1 });
  });

  it('follows an attachment from its start to its end', () => {
    const added = {
      type: 'attachmentAdded',
      id: 'x',
      name: 'a.txt',
      contentType: 'text/plain',
      size: 10,
      unsaved: true,
    } as const;
    const states = (...events: Parameters<typeof fold>[0]) =>
      online(added, ...events).view.composer.pending.map((it) => [it.state, it.sentBytes]);
    assert.deepEqual(states(), [['uploading', 0]]);
    assert.deepEqual(states({ type: 'attachmentProgress', id: 'x', sentBytes: 4 }), [
      ['uploading', 4],
    ]);
    assert.deepEqual(states({ type: 'attachmentReady', id: 'x', file: remoteFile() }), [
      ['ready', 10],
    ]);
    const failed = { type: 'attachmentFailed', id: 'x', problem: PROBLEM } as const;
    assert.deepEqual(states(failed), [['failed', 0]]);
    assert.deepEqual(states(failed, { type: 'attachmentRetried', id: 'x' }), [['uploading', 0]]);
    assert.deepEqual(states({ type: 'attachmentRemoved', id: 'x' }), []);
  });
});
