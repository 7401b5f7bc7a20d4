// A reload in the middle of an outage must not shorten the time in which messages may be missing.

import assert from 'node:assert/strict';
import { lastHeardAt, mayStillBeLive } from '../../../src/extension/session/replay';
import type { DurableEvent } from '../../../src/extension/session/sessionEvent';
import { message, queued, sending, sent, started, START } from '../../support/conversations';

const heard = [started(), message({ id: 'm' }, START + 1_000)] as DurableEvent[];

describe('since when something may have been missed, by a journal', () => {
  it('is the last sign of the live channel, whatever the person did after it', () => {
    const since = [
      queued('k', 'x', START + 2_000),
      sending('k', START + 3_000),
      sent('k', 's', null, START + 4_000),
      queued('l', 'y', START + 60_000),
      { type: 'resumed', at: START + 70_000 },
    ] as DurableEvent[];
    assert.equal(lastHeardAt([...heard, ...since]), START + 1_000);
  });

  it('is the end of the last outage that is noted', () => {
    const gap = { type: 'gap', at: START + 9_000, from: START + 1_000, to: START + 9_000 } as const;
    assert.equal(lastHeardAt([...heard, gap]), START + 9_000);
  });

  it('is what the process knew when it went away', () => {
    const left = { type: 'heard', at: START + 9_000, until: START + 8_000 } as const;
    assert.equal(lastHeardAt([...heard, left]), START + 8_000);
  });

  it('is unknown where the session never started', () => {
    assert.equal(lastHeardAt([]), null);
  });
});

describe('A session lives no longer', () => {
  const DAY = 86_400_000;
  const at = START + DAY;

  for (const [what, event] of [
    ['taken up again', { type: 'resumed', at }],
    ['left with its process', { type: 'heard', at, until: at }],
    ['given a name', { type: 'renamed', at, name: 'x' }],
  ] as const)
    it(`for being ${what}`, () => {
      assert.deepEqual(
        [1, 2].map((days) => mayStillBeLive([...heard, event], START + days * DAY)),
        [true, false],
      );
    });
});
