import assert from 'node:assert/strict';
import { Ledger } from '../../../src/simulator/ledger';

describe('the ledger', () => {
  it('keeps what it is told, in order and with the time', () => {
    let time = 5;
    const ledger = new Ledger(() => time++);
    ledger.note({ kind: 'sessionEnded', sessionId: 's' });
    ledger.note({ kind: 'fileGiven', fileId: 'f' });
    assert.deepEqual(ledger.entries, [
      { kind: 'sessionEnded', sessionId: 's', at: 5 },
      { kind: 'fileGiven', fileId: 'f', at: 6 },
    ]);
  });

  it('answers by session and by message', () => {
    const ledger = new Ledger(() => 0);
    for (const [sessionId, messageId] of [
      ['one', 'a'],
      ['one', 'a'],
      ['one', 'b'],
      ['two', 'a'],
    ] as const) {
      ledger.note({ kind: 'acknowledged', sessionId, messageId, socketId: 'x' });
    }
    assert.equal(ledger.acknowledgements('one').length, 3);
    assert.equal(ledger.acknowledgements('one', 'a').length, 2);
    assert.equal(ledger.acknowledgements('two', 'b').length, 0);
  });

  it('lets a test wait for an entry that is not there yet', async () => {
    const ledger = new Ledger(() => 0);
    const found = ledger.until((it) => it.of('fileGiven')[0]);
    ledger.note({ kind: 'sessionEnded', sessionId: 's' });
    ledger.note({ kind: 'fileGiven', fileId: 'f' });
    assert.equal((await found).fileId, 'f');
  });
});
