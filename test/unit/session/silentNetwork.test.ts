// A network that swallows what is sent tells of no error: who waits for one waits long.

import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

const SECOND = 1_000;

describe('A connection that stays silent while it is opened', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
    await bench.disconnected();
    await bench.clock.advance(250); // the first try of the new one
    assert.deepEqual([tries(), questions()], [2, 0]);
  });

  afterEach(() => bench.close());

  const tries = (): number => bench.twin.connections.length;
  const questions = (): number => bench.twin.questions.length;

  /** The server's answer to a question, by its number; to the newest without. */
  async function answer(number = -1): Promise<void> {
    bench.twin.questions.at(number)?.answer();
    await settle();
  }

  it('gives way to another one as soon as the server answers beside it', async () => {
    await bench.clock.advance(2 * SECOND);
    assert.deepEqual([tries(), questions()], [2, 1]);
    await answer();
    assert.deepEqual([tries(), bench.twin.open], [3, 1]);
    await bench.connected();
    assert.equal(bench.session.conversation.connection, 'online');
  });

  it('is left in peace while nothing answers: it may be slow', async () => {
    await bench.clock.advance(10 * SECOND);
    assert.deepEqual([tries(), questions()], [2, 6]);
    await bench.connected();
    assert.equal(bench.session.conversation.connection, 'online');
    await answer();
    await bench.clock.advance(10 * SECOND);
    assert.deepEqual([tries(), questions(), bench.twin.open], [2, 6, 1]);
  });

  it('has four questions asked beside it at a time, all given up with it', async () => {
    const open = (): number => bench.twin.questions.filter((it) => !it.signal?.aborted).length;
    await bench.clock.advance(20 * SECOND);
    assert.equal(open(), 4);
    bench.twin.live.listener.onFailure(new TwinError('timeout', 'x'));
    await settle();
    assert.equal(open(), 0);
  });

  it('has its time anew once the server has welcomed it', async () => {
    await bench.clock.advance(2 * SECOND);
    bench.twin.live.listener.onWelcome();
    await answer(0);
    await bench.clock.advance(SECOND);
    assert.deepEqual([tries(), questions()], [2, 1]);
    await bench.clock.advance(SECOND);
    await answer();
    assert.equal(tries(), 3);
  });

  it('is not taken for lost because a question fails', async () => {
    await bench.clock.advance(2 * SECOND);
    bench.twin.questions[0]?.fail(new TwinError('unreachable', 'x'));
    await settle();
    assert.deepEqual([tries(), bench.twin.open], [2, 1]);
  });

  it('gets ever more time from a server that answers but is slow to let in', async () => {
    // It takes seven seconds to let one in, and answers questions at once.
    let begun = bench.clock.monotonic();
    while (bench.session.conversation.connection !== 'online' && tries() < 20) {
      const before = tries();
      await bench.clock.advance(500);
      if (questions() > 0) await answer();
      if (tries() > before) begun = bench.clock.monotonic();
      else if (bench.clock.monotonic() - begun >= 7 * SECOND) await bench.connected();
    }
    assert.deepEqual([bench.session.conversation.connection, tries()], ['online', 5]);
  });

  it('is asked beside at once when the person clicks, as long as the outage may be', async () => {
    while (bench.clock.monotonic() < 120 * SECOND || bench.twin.open === 0) {
      if (bench.clock.monotonic() < 120 * SECOND && bench.twin.open > 0)
        bench.twin.live.listener.onFailure(new TwinError('timeout', 'x'));
      await bench.clock.advance(SECOND);
    }
    const before = questions();
    await bench.clock.advance(5 * SECOND);
    assert.equal(questions(), before);
    bench.session.reconnectNow();
    assert.equal(questions(), before + 1);
    const begun = tries();
    await answer();
    assert.equal(tries(), begun + 1);
  });
});
