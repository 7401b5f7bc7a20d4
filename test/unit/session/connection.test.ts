import assert from 'node:assert/strict';
import { TwinError } from '../../../src/extension/core/errors';
import { incoming, says, START } from '../../support/conversations';
import { useLeakCheck } from '../../support/leakCheck';
import { settle } from '../../support/manualClock';
import { SessionBench } from '../../support/sessionBench';
import { useTestLog } from '../../support/testLogger';

const log = useTestLog();
useLeakCheck();

const UNREACHABLE = new TwinError('unreachable', 'x');
const HOUR = 3_600_000;

describe('The connection of a session', () => {
  let bench: SessionBench;

  beforeEach(async () => {
    bench = new SessionBench(log.logger);
    await bench.goOnline();
  });

  afterEach(() => bench.close());

  const tries = (): number => bench.twin.connections.length;
  const state = (): string => bench.session.conversation.connection;

  /** Two minutes of failed tries: the waits are 15 s now. */
  async function longOutage(): Promise<void> {
    await bench.disconnected();
    while (bench.clock.monotonic() < 120_000 || bench.twin.open === 0) {
      if (bench.twin.open > 0) bench.twin.live.listener.onFailure(UNREACHABLE);
      await bench.clock.advance(1_000);
    }
    bench.twin.live.listener.onFailure(UNREACHABLE);
    await settle();
    assert.equal(state(), 'reconnecting');
  }

  it('keeps no timer while it is well', () => {
    assert.equal(bench.clock.pending, 0);
  });

  it('is tried at once when the machine wakes', async () => {
    await longOutage();
    const before = tries();
    await bench.clock.advance(1_000);
    assert.equal(tries(), before);
    bench.clock.jump(HOUR / 2);
    await bench.clock.advance(1_000);
    assert.equal(tries(), before + 1);
  });

  it('is tried at once when a network comes', async () => {
    await longOutage();
    const before = tries();
    bench.network = 'café';
    await bench.clock.advance(1_000);
    assert.equal(tries(), before + 1);
  });

  it('is tried at once when the browser or the person says so', async () => {
    await longOutage();
    const before = tries();
    bench.session.networkReturned();
    assert.equal(tries(), before + 1);
    bench.twin.live.listener.onFailure(UNREACHABLE);
    await settle();
    bench.session.reconnectNow();
    assert.equal(tries(), before + 2);
  });

  for (const [what, sign] of [
    [
      'its next heartbeat',
      () => {
        bench.twin.live.listener.onHeartbeat(false);
      },
    ],
    [
      'the return of the person',
      () => {
        bench.session.personReturned();
      },
    ],
    ['a message', () => void bench.send('a')],
  ] as const)
    it(`is made anew after a sleep, noticed by ${what}`, async () => {
      await bench.clock.advance(5_000);
      bench.clock.jump(HOUR / 2);
      sign();
      await settle();
      assert.deepEqual([tries(), bench.twin.open, state()], [2, 1, 'reconnecting']);
      await bench.connected();
      const gap = bench.session.conversation.rows.find((row) => row.kind === 'happening');
      assert.deepEqual(gap?.happening, { type: 'gap', from: START, to: bench.clock.now() });
    });

  for (const [what, look] of [
    [
      'online, by the next heartbeat',
      () => {
        bench.twin.live.listener.onHeartbeat(false);
      },
    ],
    [
      'away, by the next look for a network',
      async () => {
        await longOutage();
      },
    ],
  ] as const)
    it(`notices ${what} that the clock was set back, and counts on`, async () => {
      const help = incoming({ id: 'h', type: 'help', text: 'help' });
      await bench.twin.emit({ type: 'message', message: help });
      bench.clock.jump(-HOUR);
      await look();
      const { expiresAt, operatorRequestedAt } = bench.session.conversation;
      assert.deepEqual([expiresAt, operatorRequestedAt], [START, START - HOUR]);
      bench.clock.jump(-500); // as clocks are put right all the time
      bench.twin.live.listener.onHeartbeat(false);
      assert.equal(bench.session.conversation.expiresAt, START);
    });

  it('is left alone by a heartbeat without a sleep', async () => {
    await bench.clock.advance(HOUR / 2);
    bench.twin.live.listener.onHeartbeat(false);
    assert.deepEqual([tries(), state()], [1, 'online']);
  });

  it('counts what may be missing from before the last sign of life, not from the end of a half-open one', async () => {
    await bench.clock.advance(25_000);
    bench.twin.live.listener.onHeartbeat(true);
    await bench.clock.advance(30_000);
    await bench.disconnected();
    await bench.clock.advance(250);
    await bench.connected();
    const gap = bench.session.conversation.rows.at(-1);
    assert.equal(
      gap?.kind === 'happening' && gap.happening.type === 'gap' && gap.happening.from,
      START + 15_000, // what was sent then may have been on its way still
    );
  });

  it('shows the end when the server knows the session no more', async () => {
    await bench.disconnected();
    await bench.clock.advance(250);
    bench.twin.live.listener.onFailure(new TwinError('sessionEnded', 'x'));
    await settle();
    assert.equal(state(), 'ended');
  });

  it('goes on trying when something else answers in between: a proxy, a hotel, a gateway', async () => {
    await bench.disconnected();
    for (const details of [{}, { status: 302 }]) {
      await bench.clock.advance(3_000);
      bench.twin.live.listener.onFailure(new TwinError('protocol', 'HTML', details));
      await settle();
      assert.equal(state(), 'reconnecting');
    }
    await bench.clock.advance(3_000);
    await bench.connected();
    assert.equal(state(), 'online');
  });

  it('fails for good when the server refuses our protocol', async () => {
    await bench.disconnected();
    await bench.clock.advance(250);
    bench.twin.live.listener.onFailure(new TwinError('protocol', 'x', { status: 400 }));
    await settle();
    assert.equal(state(), 'failed');
  });

  it('does not hammer a server that takes it and drops it at once', async () => {
    for (let round = 0; round < 8; round += 1) {
      await bench.disconnected();
      while (bench.twin.open === 0) await bench.clock.advance(100);
      await bench.connected();
    }
    await bench.disconnected();
    const before = tries();
    await bench.clock.advance(1_400);
    assert.equal(tries(), before);
  });

  it('takes the first loss after a good while for the first', async () => {
    await bench.disconnected();
    await bench.clock.advance(250);
    await bench.connected();
    await bench.clock.advance(10_000);
    await bench.disconnected();
    await bench.clock.advance(250);
    assert.equal(tries(), 3);
  });

  it('goes when the person ends the chat', async () => {
    await bench.session.end();
    assert.deepEqual([state(), bench.twin.open], ['ended', 0]);
  });

  it('does not mistake the last sign of the end for a lost session', async () => {
    await bench.twin.emit({ type: 'message', message: incoming({ id: 't', type: 'terminal' }) });
    bench.clock.jump(HOUR / 2);
    bench.session.personReturned();
    assert.deepEqual([tries(), state()], [1, 'ended']);
  });

  it('comes back with one socket, and shows the gap', async () => {
    await bench.clock.advance(10_000);
    bench.twin.live.listener.onDisconnect('transport close');
    await settle();
    assert.equal(bench.session.conversation.connection, 'reconnecting');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await bench.clock.advance(3_000);
      assert.equal(bench.twin.open, 1);
      if (attempt < 2) bench.twin.live.listener.onFailure(new TwinError('unreachable', 'x'));
    }
    await bench.connected();
    assert.equal(bench.session.conversation.connection, 'online');
    const gap = bench.session.conversation.rows.at(-1);
    assert.deepEqual(gap?.kind === 'happening' && gap.happening, {
      type: 'gap',
      from: START, // since then nothing was heard: the loss is noticed later than it happens
      to: bench.clock.now(),
    });
  });

  it('does not listen to a connection it has let go', async () => {
    const [old] = bench.twin.connections;
    old?.listener.onDisconnect('x');
    await settle();
    bench.session.reconnectNow();
    assert.equal(bench.twin.connections.length, 2);
    old?.listener.onConnect();
    old?.listener.onEvent(says('ghost'));
    await settle();
    assert.deepEqual([bench.session.conversation.connection, bench.messages], ['reconnecting', []]);
  });
});
