// Leases as files beside the journals: `<name>.lease` says which process carries the session on. No
// heartbeat is written: a process that is gone is known by its id.

import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, watch, type FSWatcher } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isRecord } from '../../shared/guards';
import { systemClock, type Clock } from '../core/clock';
import { toDisposable, type Disposable } from '../core/disposable';
import { HAND_OVER, type AcquireOptions, type Lease, type Leases } from '../session/lease';

const EXTENSION = '.lease';
/**
 * When to look whether a holder has died without a word, ms after it was found alive: a window that
 * is reloaded meets its own process of before, which is about to end. Later only a file that changes
 * is noticed, or a click.
 */
const LOOKS = [250, 500, 1_000, 2_000, 4_000, 8_000];

export interface FileLeasesOptions {
  readonly clock?: Clock;
  readonly isAlive?: (pid: number) => boolean;
}

export class FileLeases implements Leases {
  private readonly owner = randomUUID();
  /** What our leases say. */
  private readonly claim = JSON.stringify({ owner: this.owner, pid: process.pid });
  /** How many leases we have by each file: it goes with the last one. */
  private readonly counts = new Map<string, number>();
  private readonly clock: Clock;
  private readonly isAlive: (pid: number) => boolean;

  /** @param folder that of the journals */
  constructor(
    private readonly folder: string,
    options: FileLeasesOptions = {},
  ) {
    this.clock = options.clock ?? systemClock;
    this.isAlive = options.isAlive ?? isAlive;
  }

  async acquire(name: string, { force, onLost }: AcquireOptions): Promise<Lease | null> {
    const file = this.file(name);
    const hold = this.hold(file); // now: the one that we have may be released meanwhile
    let isOurs = false;
    try {
      isOurs = await this.take(file, force);
    } finally {
      if (!isOurs) hold.dispose();
    }
    return isOurs ? new FileLease(file, this.claim, this.clock, onLost, hold) : null;
  }

  whenFree(name: string, callback: () => void): Disposable {
    const file = this.file(name);
    let timer: Disposable | null = null;
    const look = async (): Promise<void> => {
      if ((await this.isTaken(file)) || stopped) return;
      stop.dispose();
      callback();
    };
    let stopped = false;
    const watcher = watchFile(file, () => void look());
    const schedule = ([delay, ...rest]: readonly number[]): void => {
      if (delay === undefined) return;
      timer = this.clock.schedule(() => {
        schedule(rest);
        void look();
      }, delay);
    };
    const stop = toDisposable(() => {
      stopped = true;
      timer?.dispose();
      watcher?.close();
    });
    schedule(LOOKS);
    return stop;
  }

  private file(name: string): string {
    return path.join(this.folder, `${path.basename(name)}${EXTENSION}`);
  }

  private hold(file: string): Disposable {
    this.counts.set(file, (this.counts.get(file) ?? 0) + 1);
    return toDisposable(() => {
      const left = (this.counts.get(file) ?? 0) - 1;
      if (left > 0) {
        this.counts.set(file, left);
        return;
      }
      this.counts.delete(file);
      this.removeOurs(file);
    });
  }

  private removeOurs(file: string): void {
    try {
      if (readFileSync(file, 'utf8') === this.claim) rmSync(file);
    } catch {
      // It is gone already, or stays: our process will be gone soon, and with it the claim.
    }
  }

  /** @returns false when another process that is alive has it */
  private async take(file: string, force: boolean): Promise<boolean> {
    await mkdir(this.folder, { recursive: true });
    if (await this.claimFile(file)) return true;
    if (!force && (await this.isTaken(file))) return false;
    if ((await readText(file)) !== this.claim) await this.replace(file);
    return true;
  }

  /** @returns false when there is a claim already */
  private async claimFile(file: string): Promise<boolean> {
    try {
      await writeFile(file, this.claim, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  }

  private async replace(file: string): Promise<void> {
    const aside = `${file}.${randomUUID()}`; // two of ours may take it at once
    await writeFile(aside, this.claim, { mode: 0o600 });
    await rename(aside, file);
  }

  /** Whether another process that is alive has the lease. */
  private async isTaken(file: string): Promise<boolean> {
    const holder = parse((await readText(file)) ?? '');
    if (holder === null || holder.owner === this.owner) return false;
    return this.isAlive(holder.pid);
  }
}

class FileLease implements Lease {
  private watcher: FSWatcher | null;
  private over = false;

  constructor(
    private readonly file: string,
    private readonly claim: string,
    private readonly clock: Clock,
    private readonly onLost: AcquireOptions['onLost'],
    private readonly hold: Disposable,
  ) {
    this.watcher = watchFile(file, () => void this.isHeld());
  }

  async isHeld(): Promise<boolean> {
    if (this.over) return false;
    const text = await readText(this.file);
    // A file that cannot be read, or was deleted by hand, is nobody else's claim.
    if (text === null || text === this.claim || text === '') return true;
    const takenAt = await writtenAt(this.file);
    this.lose(this.clock.now() - takenAt < HAND_OVER);
    return false;
  }

  release(): void {
    if (!this.over) this.stop();
  }

  private lose(isRecent: boolean): void {
    if (this.over) return;
    this.stop();
    this.onLost(isRecent);
  }

  private stop(): void {
    this.over = true;
    this.watcher?.close();
    this.watcher = null;
    this.hold.dispose();
  }
}

/** `null` when there is no such file, or it cannot be read. */
async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}

/** By the wall clock, ms; long ago where that cannot be told. */
async function writtenAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}

function parse(text: string): { owner: string; pid: number } | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return null;
    const { owner, pid } = value;
    return typeof owner === 'string' && typeof pid === 'number' ? { owner, pid } : null;
  } catch {
    return null; // torn: its writer died at once, or is about to write it again
  }
}

/** A new process may have got the number of an old one; ours is certainly no other. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** `null` where files cannot be watched: then the check before each write has to do. */
function watchFile(file: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(file, { persistent: false }, onChange);
    watcher.on('error', () => {
      watcher.close();
    });
    return watcher;
  } catch {
    return null;
  }
}
