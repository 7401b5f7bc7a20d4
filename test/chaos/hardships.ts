// What makes a seed harder than the network does: clocks that are wrong, a session whose life ends in
// the middle, a second window, a bad disk. Drawn apart from the rest of the plan.

import { RECEIPT_POLICIES, type ReceiptPolicy } from '../../src/extension/session/receipts';
import type { DiskTrouble } from './badDisk';
import type { TimedAct } from './plan';
import { SeededRandom } from '../support/seeds';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Longer than any plan. */
const LONG_TTL = 43_200;

/** One window; or two, of which the one that loses the session is told so, or finds out. */
export type Windows = 'one' | 'told' | 'untold';

export interface BadTime {
  readonly trouble: DiskTrouble;
  readonly from: number;
  /** `Infinity`: it does not get well again. */
  readonly to: number;
}

export interface Hardships {
  /** Of each session, seconds. */
  readonly ttl: number;
  /** How far the person's clock is ahead of the platform's at first, ms. */
  readonly clockAhead: number;
  readonly windows: Windows;
  /** Between these times the disk takes nothing. */
  readonly disk: BadTime | null;
  /** When a message is acknowledged, at first. */
  readonly receipts: ReceiptPolicy;
  /** Whether a conversation of a later version lies on the disk. */
  readonly newerJournal: boolean;
  readonly acts: readonly TimedAct[];
}

export const NO_HARDSHIPS: Hardships = {
  ttl: LONG_TTL,
  clockAhead: 0,
  windows: 'one',
  disk: null,
  receipts: 'onReceive',
  newerJournal: false,
  acts: [],
};

export function makeHardships(seed: number, end: number): Hardships {
  const random = new SeededRandom(seed * 104_729);
  const isHard = (one: number): boolean => random.below(one) === 0;
  const at = (): number => 5 * SECOND + random.below(end - 10 * SECOND);
  const windows = isHard(4) ? random.pick(['told', 'untold'] as const) : 'one';
  const disk = windows === 'one' && isHard(5) ? badTime(random, at()) : null;
  const jumps = isHard(4) ? 1 + random.below(2) : 0;
  const sight = sightOf(new SeededRandom(seed * 1_299_709), end);
  return {
    ttl: isHard(4) ? 20 + random.below(end / SECOND) : LONG_TTL,
    clockAhead: isHard(2) ? random.below(48 * HOUR) - 24 * HOUR : 0,
    windows,
    disk,
    receipts: sight.policy,
    newerJournal: isHard(6),
    acts: [
      ...sight.acts,
      ...Array.from({ length: jumps }, () => ({ at: at(), act: clockJump(random) })),
      ...(windows === 'one' ? [] : windowActs(random, at)),
      ...(disk === null ? [] : diskActs(random, disk, end)),
      ...(disk === null && isHard(6) ? [{ at: at(), act: { type: 'damage' } } as const] : []),
    ],
  };
}

function badTime(random: SeededRandom, from: number): BadTime {
  const to = random.below(3) === 0 ? Infinity : from + Math.round(SECOND * 900 ** random.next());
  return { trouble: random.pick(['full', 'read-only'] as const), from, to };
}

/** Summer time comes or goes, or somebody sets the clock. */
function clockJump(random: SeededRandom): TimedAct['act'] {
  const by = random.pick([HOUR, -HOUR, 24 * HOUR, -24 * HOUR, 90 * SECOND, -90 * SECOND] as const);
  return { type: 'clockJump', by };
}

/** What the person does while the disk takes nothing: it may be on it half. */
function diskActs(random: SeededRandom, disk: BadTime, end: number): readonly TimedAct[] {
  const length = Math.min(disk.to, end) - disk.from;
  return Array.from({ length: 1 + random.below(4) }, (_, index) => {
    const act = random.pick<TimedAct['act']>([
      { type: 'send', text: `unkept ${index} ${random.below(1_000_000)}` },
      { type: 'reload', crash: true },
      { type: 'reload', crash: false },
      { type: 'deleteQueued' },
      { type: 'editQueued' },
    ]);
    const at = Math.round(disk.from + length * 1.2 * random.next());
    return { at: Math.min(at, end - SECOND), act };
  });
}

function windowActs(random: SeededRandom, at: () => number): readonly TimedAct[] {
  const changes = 1 + random.below(4);
  const times = Array.from({ length: changes + 1 }, at).sort((a, b) => a - b);
  const acts = times.map((time, index): TimedAct => {
    const isLast = index === changes && random.below(2) === 0;
    return { at: time, act: { type: isLast ? 'closeOtherWindow' : 'changeWindow' } };
  });
  return acts;
}

/** Messages that are acknowledged once they are seen: the person looks now and then, or turns it off. */
function sightOf(
  random: SeededRandom,
  end: number,
): { readonly policy: ReceiptPolicy; readonly acts: readonly TimedAct[] } {
  if (random.below(4) > 0) return { policy: 'onReceive', acts: [] };
  const at = (): number => SECOND + random.below(end - 2 * SECOND);
  const looks = Array.from({ length: 1 + random.below(12) }, (): TimedAct => ({
    at: at(),
    act: { type: 'look' },
  }));
  const changes = Array.from({ length: random.below(3) }, (): TimedAct => ({
    at: at(),
    act: { type: 'changeReceipts' },
  }));
  return { policy: random.pick(RECEIPT_POLICIES), acts: [...looks, ...changes] };
}
