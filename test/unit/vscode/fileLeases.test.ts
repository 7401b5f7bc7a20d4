import assert from 'node:assert/strict';
import { mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AcquireOptions, Lease } from '../../../src/extension/session/lease';
import { FileLeases } from '../../../src/extension/vscode/fileLeases';
import { useLeakCheck } from '../../support/leakCheck';
import { ManualClock, settle } from '../../support/manualClock';

useLeakCheck();

describe('FileLeases', () => {
  let folder: string;
  let alive = true;
  const held: Lease[] = [];
  const clock = new ManualClock();
  const nobody: AcquireOptions = { force: false, onLost: () => undefined };

  /** Another process, as far as the leases can tell. */
  function open(): FileLeases {
    return new FileLeases(folder, { clock, isAlive: () => alive });
  }

  async function acquire(leases: FileLeases, options = nobody): Promise<Lease | null> {
    const lease = await leases.acquire('a', options);
    if (lease !== null) held.push(lease);
    return lease;
  }

  beforeEach(async () => {
    alive = true;
    folder = await mkdtemp(path.join(tmpdir(), 'twin-leases-'));
  });

  afterEach(async () => {
    for (const lease of held.splice(0)) lease.release();
    await rm(folder, { recursive: true });
    assert.equal(clock.pending, 0);
  });

  it('gives one process the lease, and another nothing', async () => {
    const lease = await acquire(open());
    assert.equal(await lease?.isHeld(), true);
    assert.equal(await acquire(open()), null);
  });

  it('gives it to the next when it was released, and leaves no file', async () => {
    (await acquire(open()))?.release();
    assert.deepEqual(await readdir(folder), []);
    assert.ok(await acquire(open()));
  });

  it('goes with the last that one process has of it', async () => {
    const leases = open();
    const first = await acquire(leases);
    const second = await acquire(leases, { ...nobody, force: true });
    second?.release();
    second?.release();
    assert.equal(await acquire(open()), null);
    assert.equal(await first?.isHeld(), true);
    first?.release();
    assert.deepEqual(await readdir(folder), []);
  });

  it('goes with the last of those that are not lost', async () => {
    const leases = open();
    const lost = await acquire(leases);
    (await acquire(open(), { ...nobody, force: true }))?.release();
    const next = await acquire(open(), { ...nobody, force: true });
    assert.equal(await lost?.isHeld(), false);
    const again = await acquire(leases, { ...nobody, force: true });
    assert.equal(await next?.isHeld(), false);
    again?.release();
    assert.deepEqual(await readdir(folder), []);
  });

  it('takes it from a process that has died', async () => {
    await acquire(open());
    alive = false;
    assert.ok(await acquire(open()));
  });

  it('takes a torn file for nobody', async () => {
    await writeFile(path.join(folder, 'a.lease'), '{"owner":"x","p');
    const lease = await acquire(open());
    assert.equal(await lease?.isHeld(), true);
  });

  it('is lost to one who insists, who is told nothing by its release', async () => {
    let losses = 0;
    const first = await acquire(open(), { force: false, onLost: () => (losses += 1) });
    const second = await acquire(open(), { force: true, onLost: () => undefined });
    assert.deepEqual([await first?.isHeld(), await second?.isHeld()], [false, true]);
    first?.release();
    assert.deepEqual([losses, await second?.isHeld()], [1, true]);
  });

  for (const [when, since, isRecent] of [
    ['while the other one waits', 200, true],
    ['too late for that', 400, false],
  ] as const)
    it(`tells its loser whether a draft may still go along: ${when}`, async () => {
      const told: boolean[] = [];
      await acquire(open(), { force: false, onLost: (recent) => told.push(recent) });
      const taken = path.join(folder, 'taken');
      await writeFile(taken, 'by another');
      const at = (clock.now() - since) / 1_000;
      await utimes(taken, at, at);
      await rename(taken, path.join(folder, 'a.lease'));
      while (told.length === 0) await settle();
      assert.deepEqual(told, [isRecent]);
    });

  it('is taken twice at once by one who insists', async () => {
    await acquire(open());
    const leases = open();
    const insist = () => acquire(leases, { ...nobody, force: true });
    const both = await Promise.all([insist(), insist()]);
    for (const lease of both) assert.equal(await lease?.isHeld(), true);
    assert.deepEqual(await readdir(folder), ['a.lease']);
  });

  it('tells its loser without being asked', async () => {
    await new Promise<void>((resolve, reject) => {
      const begun = acquire(open(), {
        force: false,
        onLost: () => {
          resolve();
        },
      });
      begun.then(() => acquire(open(), { force: true, onLost: reject })).catch(reject);
    });
  });

  it('tells who waits that it is free, by its file', async () => {
    const lease = await acquire(open());
    const free = new Promise<void>((resolve) => open().whenFree('a', resolve));
    lease?.release();
    await free;
  });

  it('tells who waits that its holder has died, for a while', async () => {
    await acquire(open());
    let free = false;
    const waiting = open().whenFree('a', () => (free = true));
    await clock.advance(250);
    assert.equal(free, false);
    alive = false;
    const told = new Promise<void>((resolve) => {
      open().whenFree('a', resolve);
    });
    await clock.advance(20_000);
    await told;
    await settle();
    waiting.dispose();
  });
});
