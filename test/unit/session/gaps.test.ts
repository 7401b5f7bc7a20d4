import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import type { History } from '../../../src/extension/twin/model';
import { incoming, START } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const HOUR = 3_600_000;

const log = useTestLog();
useLeakCheck();

describe('A gap at the start', () => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(log.logger);
  });

  afterEach(() => bench.close());

  async function start(): Promise<void> {
    void bench.session.start();
    await settle();
    const answer = { id: 'S', clientId: null, startedAt: START, ttl: 3600, messages: [] };
    bench.twin.starts[0]?.answer(answer);
    await settle();
  }

  it('is there where a first try fails: the server may have spoken into it', async () => {
    await bench.clock.advance(3_000);
    await start();
    await bench.clock.advance(1_000);
    bench.twin.live.listener.onFailure(new TwinError('timeout', 'x'));
    await bench.clock.advance(1_000);
    await bench.connected();
    const [row] = bench.session.conversation.rows;
    assert.deepEqual(row?.kind === 'happening' && row.happening, {
      type: 'gap',
      from: START + 3_000,
      to: START + 5_000,
    });
  });

  it('is there, too, where a first try was silent and another one took its place', async () => {
    await start();
    bench.session.reconnectNow();
    bench.twin.questions[0]?.answer();
    await settle();
    assert.equal(bench.twin.connections.length, 2);
    await bench.connected();
    assert.deepEqual(bench.happenings, ['gap']);
  });

  it('is not there where the first try succeeds', async () => {
    await start();
    await bench.connected();
    assert.deepEqual(bench.happenings, []);
  });
});

describe('A gap', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
  });

  afterEach(() => bench.close());

  /** From 10 s to 30 s after the start nothing is heard. */
  async function outage(): Promise<void> {
    await bench.clock.advance(10_000);
    bench.twin.live.listener.onHeartbeat(true);
    await bench.disconnected();
    while (bench.clock.now() < START + 30_000) {
      if (bench.twin.open > 0) bench.twin.live.listener.onFailure(new TwinError('timeout', 'x'));
      await bench.clock.advance(1_000);
    }
    bench.session.reconnectNow();
    await bench.connected();
    assert.deepEqual(bench.happenings, ['gap']);
  }

  async function answer(history: Partial<History> | null): Promise<void> {
    const call = bench.twin.histories.at(-1);
    call?.answer(history && { count: null, messages: [], ...history });
    await settle();
  }

  const texts = (): readonly string[] => bench.messages.map((row) => row.text);
  const missed = (id: string, at: number) => incoming({ id, text: id, createdAt: START + at });

  it('goes when the history tells all, and what it tells is acknowledged once', async () => {
    await outage();
    await answer({ count: 2, messages: [missed('m2', 21_000), missed('m1', 20_000)] });
    assert.deepEqual([texts(), bench.happenings], [['m1', 'm2'], []]);
    await bench.twin.emit({ type: 'message', message: missed('m1', 20_000) });
    assert.deepEqual(bench.twin.live.acknowledged, ['m1', 'm2']);
    await bench.reopen();
    assert.deepEqual([texts(), bench.happenings], [['m1', 'm2'], []]);
  });

  it('shows nothing twice that was here before', async () => {
    await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
    await bench.send('a', 'mine');
    bench.twin.sends[0]?.answer({ id: 's1', createdAt: START });
    await outage();
    const mine = incoming({ id: 's1', author: 'client', text: 'mine', createdAt: START });
    await answer({ count: 2, messages: [missed('m0', 0), mine] });
    assert.deepEqual([texts(), bench.happenings], [['m0', 'mine'], []]);
    assert.deepEqual(bench.twin.live.acknowledged, []);
  });

  it('settles a message of unknown fate by the history, without acknowledging it', async () => {
    await bench.send('a', 'mine');
    bench.twin.sends[0]?.fail(new TwinError('timeout', 'x'));
    await outage();
    const mine = incoming({ id: 's1', author: 'client', text: 'mine', createdAt: START + 9_000 });
    await answer({ count: 1, messages: [mine] });
    assert.deepEqual([bench.fates, bench.twin.live.acknowledged], [['a sent'], []]);
  });

  it('is filled by what was written long before, and held up, where each word here has its id', async () => {
    await bench.clock.advance(60_000);
    await bench.twin.emit({ type: 'message', message: missed('m9', 60_000) });
    await outage();
    const messages = [missed('m1', 1_000), missed('m9', 60_000)];
    await answer({ count: 2, messages });
    assert.deepEqual([texts(), bench.happenings], [['m1', 'm9'], []]);
  });

  it('is not filled by what may be here without its id', async () => {
    const nameless = incoming({ text: 'm1', createdAt: START + 1_000 });
    await bench.twin.emit({ type: 'message', message: nameless });
    await bench.clock.advance(60_000);
    await bench.twin.emit({ type: 'message', message: missed('m9', 60_000) });
    await outage();
    await answer({ count: 2, messages: [missed('m1', 1_000), missed('m9', 60_000)] });
    assert.deepEqual(texts(), ['m1', 'm9']);
  });

  it('stays when the history is one page of many that does not reach back', async () => {
    await outage();
    await answer({ count: 50, messages: [missed('m2', 21_000)] });
    assert.deepEqual([texts(), bench.happenings], [['m2'], ['gap']]);
  });

  it('goes when a page reaches back to what was here before it', async () => {
    await bench.twin.emit({ type: 'message', message: missed('m0', 9_000) });
    await outage();
    await answer({ count: 50, messages: [missed('m0', 9_000), missed('m2', 21_000)] });
    assert.deepEqual(bench.happenings, []);
  });

  it('reaches from the last word that was heard, whatever was sent into the silence', async () => {
    await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
    await bench.clock.advance(20_000);
    await bench.send('a', 'mine');
    bench.twin.sends[0]?.answer({ id: 's1', createdAt: START + 20_000 });
    await outage();
    const mine = incoming({ id: 's1', author: 'client', text: 'mine', createdAt: START + 20_000 });
    await answer({ count: 50, messages: [missed('m1', 9_000), mine] });
    assert.deepEqual([texts(), bench.happenings], [['m0', 'm1', 'mine'], ['gap']]);
  });

  it('is shown, however short it was beside what the disk takes for a line', async () => {
    const release = bench.storage.hold();
    await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
    await bench.disconnected();
    bench.session.reconnectNow();
    await bench.connected();
    bench.storage.gate = null;
    release();
    await settle();
    assert.deepEqual([texts(), bench.happenings], [['m0'], ['gap']]);
  });

  it('asks never again where the history is not offered, not even after a reload', async () => {
    await outage();
    await answer(null);
    await bench.disconnected();
    await bench.clock.advance(3_000);
    await bench.connected();
    await bench.reopen();
    await bench.connected();
    assert.deepEqual([bench.twin.histories.length, bench.happenings], [1, ['gap']]);
  });

  it('asks once for each gap, whatever comes of it', async () => {
    await outage();
    bench.twin.histories[0]?.fail(new TwinError('refused', 'x', { status: 500 }));
    await bench.clock.advance(60_000);
    assert.deepEqual([bench.twin.histories.length, bench.happenings], [1, ['gap']]);
    await bench.disconnected();
    await bench.clock.advance(3_000);
    await bench.connected();
    assert.equal(bench.twin.histories.length, 2);
  });

  describe('that follows another one with nothing between them', () => {
    const spans = () =>
      bench.session.conversation.rows.flatMap((row) =>
        row.kind === 'happening' && row.happening.type === 'gap'
          ? [[row.happening.from - START, row.happening.to - START]]
          : [],
      );

    /** The connection is lost and comes back. */
    async function interruption(): Promise<void> {
      await bench.clock.advance(30_000);
      bench.twin.live.listener.onHeartbeat(true);
      await bench.disconnected();
      await bench.clock.advance(250);
      await bench.connected();
    }

    it('shares its row, which is a new one, with all of them inside', async () => {
      await outage();
      const [before] = bench.session.conversation.rows;
      await interruption();
      await interruption();
      assert.deepEqual(spans(), [[0, 90_500]]);
      assert.notEqual(bench.session.conversation.rows[0]?.key, before?.key);
      await bench.reopen();
      assert.deepEqual(spans(), [[0, 90_500]]);
    });

    it('has a row of its own after a word', async () => {
      await outage();
      await bench.twin.emit({ type: 'message', message: missed('m1', 30_000) });
      await interruption();
      assert.deepEqual(spans(), [
        [0, 30_000],
        [50_000, 60_250],
      ]);
    });

    it('goes alone when the history tells all of it, and leaves what is still open', async () => {
      await outage();
      bench.twin.histories[0]?.fail(new TwinError('refused', 'x', { status: 500 }));
      await interruption();
      await answer({ count: 0, messages: [] });
      assert.deepEqual(spans(), [[0, 30_000]]);
      await interruption();
      assert.deepEqual(spans(), [[0, 90_500]]);
    });
  });

  it('goes when the server gives its last messages once more, and the clocks can be compared', async () => {
    await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
    await outage();
    for (const [id, at] of [
      ['m0', 0],
      ['m1', 20_000],
    ] as const)
      await bench.twin.emit({ type: 'message', message: missed(id, at) });
    assert.deepEqual([texts(), bench.happenings], [['m0', 'm1'], ['gap']]);
    await bench.clock.advance(2_000);
    await bench.twin.emit({ type: 'message', message: missed('m2', 32_000) });
    assert.deepEqual([texts(), bench.happenings], [['m0', 'm1', 'm2'], []]);
    await bench.reopen();
    assert.deepEqual(bench.happenings, []);
  });

  it('stays when one comes late, without what was here before', async () => {
    await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
    await outage();
    await bench.twin.emit({ type: 'message', message: missed('m1', 20_000) });
    await bench.clock.advance(2_000);
    await bench.twin.emit({ type: 'message', message: missed('m2', 32_000) });
    assert.deepEqual(bench.happenings, ['gap']);
  });

  for (const [what, at, delay] of [
    ['was written after it', 29_500, 0],
    ['was written before it', 9_000, 0],
    ['was written as it began', 10_500, 0],
    ['comes long after it', 20_000, 6_000],
  ] as const)
    it(`stays for a message that ${what}`, async () => {
      await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
      await outage();
      await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
      await bench.clock.advance(delay);
      await bench.twin.emit({ type: 'message', message: missed('m1', at) });
      await bench.clock.advance(2_000);
      await bench.twin.emit({ type: 'message', message: missed('m2', 32_000 + delay) });
      assert.deepEqual(bench.happenings, ['gap']);
    });

  describe('whatever the clock here was set to', () => {
    const gap = (): unknown => {
      const row = bench.session.conversation.rows.find((it) => it.kind === 'happening');
      return row?.kind === 'happening' ? row.happening : null;
    };

    it('stays for the answer to what was sent right after it', async () => {
      await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
      bench.clock.jump(90_000);
      await bench.disconnected();
      await bench.clock.advance(100_000);
      bench.session.reconnectNow();
      await bench.connected();
      await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
      await bench.clock.advance(1_000);
      await bench.twin.emit({ type: 'message', message: missed('m1', 101_000) });
      assert.deepEqual(bench.happenings, ['gap']);
    });

    it('is as long as it was when that was set back meanwhile', async () => {
      await bench.clock.advance(10_000);
      bench.twin.live.listener.onHeartbeat(true);
      await bench.disconnected();
      bench.clock.jump(-HOUR);
      bench.session.reconnectNow();
      await bench.clock.advance(2_000);
      await bench.connected();
      const to = bench.clock.now();
      assert.deepEqual(gap(), { type: 'gap', from: to - 2_000, to });
    });

    it('is so, too, when that was set back between two lives', async () => {
      await bench.clock.advance(10_000);
      bench.clock.jump(-HOUR);
      await bench.reopen();
      await bench.connected();
      const to = bench.clock.now();
      assert.deepEqual(gap(), { type: 'gap', from: to, to });
    });

    it('is filled by all that the history tells of it', async () => {
      await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
      bench.clock.jump(-HOUR);
      await bench.disconnected();
      await bench.clock.advance(20_000);
      bench.session.reconnectNow();
      await bench.connected();
      await answer({ count: 2, messages: [missed('m0', 0), missed('m1', 10_000)] });
      assert.deepEqual([texts(), bench.happenings], [['m0', 'm1'], []]);
    });

    it('stays when a page does not reach back, though its oldest seems to be of before', async () => {
      await bench.twin.emit({ type: 'message', message: missed('m0', 0) });
      bench.clock.jump(HOUR);
      await bench.disconnected();
      await bench.clock.advance(20_000);
      bench.session.reconnectNow();
      await bench.connected();
      await answer({ count: 50, messages: [missed('m5', 15_000)] });
      assert.deepEqual([texts(), bench.happenings], [['m0', 'm5'], ['gap']]);
    });
  });
});
