// What a seed means: who does what when, and what goes wrong meanwhile.

import type { Fault } from '../../src/simulator/fault';
import { VARIANT_VALUES, type VariantName, type Variants } from '../../src/simulator/variants';
import { SeededRandom } from '../support/seeds';
import { makeHardships, type Hardships } from './hardships';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const OUTAGES = ['refuse', 'reset', 'half-open', 'silent', '502'] as const;
export type OutageKind = (typeof OUTAGES)[number];

export interface Outage {
  readonly kind: OutageKind;
  /** Monotonic, ms. */
  readonly from: number;
  readonly to: number;
}

export type Act =
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'sendFile'; readonly text: string; readonly bytes: number }
  | { readonly type: 'pressAnswer'; readonly index: number }
  | { readonly type: 'editQueued' | 'deleteQueued' | 'sendAgain' | 'sayItArrived' | 'clickRetry' }
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'reload'; readonly crash: boolean }
  /** The process dies so many turns of the event loop after the message was sent. */
  | { readonly type: 'sendAndCrash'; readonly text: string; readonly turns: number }
  | { readonly type: 'startAgain' }
  /** The person's clock is set to another time. */
  | { readonly type: 'clockJump'; readonly by: number }
  /** Goes to the other window, which is opened if there is none, and carries on there. */
  | { readonly type: 'changeWindow' }
  | { readonly type: 'closeOtherWindow' }
  /** Looks at the last that was said. */
  | { readonly type: 'look' }
  /** The setting that says when a message is acknowledged. */
  | { readonly type: 'changeReceipts' }
  /** The process dies, and a line of the journal cannot be read any more. */
  | { readonly type: 'damage' };

export interface TimedAct {
  readonly at: number;
  readonly act: Act;
}

export interface Plan {
  readonly seed: number;
  readonly end: number;
  readonly outages: readonly Outage[];
  readonly faults: readonly Fault[];
  /** Faults strike between these times. */
  readonly faultsFrom: number;
  readonly faultsTo: number;
  readonly acts: readonly TimedAct[];
  readonly variants: Partial<Variants>;
  readonly pace: number;
  readonly onFiles: boolean;
  readonly hardships: Hardships;
}

export function makePlan(seed: number): Plan {
  const random = new SeededRandom(seed * 7919);
  const outages = makeOutages(random);
  const end = Math.max(5 * MINUTE, ...outages.map((outage) => outage.to)) + 2 * MINUTE;
  const hardships = makeHardships(seed, end);
  const faultsFrom = random.below(2) === 0 ? 0 : random.below(end);
  return {
    seed,
    end,
    outages,
    faults: random.below(4) === 0 ? [] : makeFaults(random),
    faultsFrom,
    faultsTo: Math.min(end, faultsFrom + MINUTE + random.below(20 * MINUTE)),
    acts: [...makeActs(random, outages, end), ...hardships.acts].sort((a, b) => a.at - b.at),
    variants: makeVariants(random),
    pace: random.pick([0, 300, 2_000] as const),
    onFiles: random.below(8) === 0,
    hardships,
  };
}

function makeOutages(random: SeededRandom): readonly Outage[] {
  const outages: Outage[] = [];
  let from = 0;
  for (let left = random.below(4); left > 0; left -= 1) {
    from += SECOND + random.below(3 * MINUTE);
    // From one second to half an hour, each order of magnitude as often.
    const to = from + Math.round(SECOND * 1800 ** random.next());
    outages.push({ kind: random.pick(OUTAGES), from, to });
    from = to + 30 * SECOND;
  }
  return outages;
}

function makeFaults(random: SeededRandom): readonly Fault[] {
  const chance = random.pick([0.05, 0.15, 0.4] as const);
  const all: readonly Fault[] = [
    { kind: 'latency', ms: [10, 4_000], chance, routes: ['send', 'upload', 'start'] },
    { kind: 'latency', ms: [10, 4_000], chance, routes: ['event'] },
    { kind: 'latency', ms: [35_000, 60_000], chance: chance / 4, routes: ['send'] },
    // Slower than a question beside a silent opening, or quicker: see `wayWatch.ts`.
    { kind: 'latency', ms: [100, 6_000], chance, routes: ['poll'] },
    { kind: 'drop', how: 'reset', chance, routes: ['send', 'upload', 'start'] },
    { kind: 'drop', how: 'reset', chance: chance / 4, routes: ['poll'] },
    { kind: 'drop', how: 'reset', chance: chance / 4, routes: ['event'] },
    { kind: 'drop', how: 'half-open', chance: chance / 8, routes: ['event'] },
    { kind: 'drop', how: 'silent', chance: chance / 4, routes: ['send'] },
    { kind: 'lost', how: 'reset', chance, routes: ['send', 'upload', 'start'] },
    { kind: 'lost', how: 'silent', chance, routes: ['send'] },
    { kind: 'lost', how: 502, chance, routes: ['send'] },
    { kind: 'lost', how: 504, chance, routes: ['send', 'upload'] },
    { kind: 'truncate', chance, routes: ['send', 'start', 'upload'] },
    { kind: 'html', chance, routes: ['send', 'start', 'upload'] },
    { kind: 'html', chance: chance / 8, routes: ['poll'] },
    { kind: 'status', status: 429, retryAfter: '7', chance, routes: ['send'] },
    { kind: 'status', status: 429, chance, routes: ['send', 'upload'] },
    { kind: 'status', status: 503, retryAfter: '86400', chance: chance / 8, routes: ['send'] },
    { kind: 'status', status: 503, retryAfter: 'tomorrow', chance, routes: ['send', 'start'] },
    { kind: 'status', status: 500, chance, routes: ['send', 'start'] },
    { kind: 'status', status: 502, chance, routes: ['send', 'upload', 'poll'] },
    { kind: 'status', status: 504, chance, routes: ['send'] },
    { kind: 'duplicate', copies: [2, 5], chance },
    { kind: 'reorder', chance },
    { kind: 'late', ms: [100, 60_000], chance },
    { kind: 'replay', count: 5 },
    { kind: 'unknownSid', chance: chance / 4 },
    { kind: 'noWebSocket' },
    { kind: 'slowUpload', bytesPerSecond: 2_000, chance },
    { kind: 'cutUpload', percent: 40, chance },
  ];
  return random.shuffle(all).slice(0, 1 + random.below(6));
}

function makeVariants(random: SeededRandom): Partial<Variants> {
  const names: readonly VariantName[] = ['ownEcho', 'greeting', 'startMessages', 'replyTo'];
  const chosen = [...names, 'history', 'endedStatus', 'avatar', 'eventAnswers'] as const;
  const entries = chosen.map((name) => [name, random.pick<string>(VARIANT_VALUES[name])]);
  return Object.fromEntries(entries) as Partial<Variants>;
}

function makeActs(
  random: SeededRandom,
  outages: readonly Outage[],
  end: number,
): readonly TimedAct[] {
  const count = 4 + random.below(14);
  const acts = Array.from({ length: count }, (_, index) => ({
    at: timeOfAct(random, outages, end),
    act: makeAct(random, index),
  }));
  return acts;
}

/** Often around an outage: that is when it matters. */
function timeOfAct(random: SeededRandom, outages: readonly Outage[], end: number): number {
  const outage = random.pick(outages);
  if (outage === undefined || random.below(3) === 0) return 100 + random.below(end);
  const moment = random.pick([outage.from, outage.to, (outage.from + outage.to) / 2] as const);
  return Math.max(100, Math.round(moment - 2_000 + random.below(8_000)));
}

function makeAct(random: SeededRandom, index: number): Act {
  const text = `message ${index} ${random.below(1_000_000)}`;
  const dice = random.below(100);
  if (dice < 5) return { type: 'sendAndCrash', text, turns: random.below(14) };
  if (dice < 52) return { type: 'send', text: random.below(12) === 0 ? 'да' : text };
  if (dice < 60) return { type: 'sendFile', text, bytes: 1 + random.below(20_000) };
  if (dice < 68) return { type: 'pressAnswer', index: random.below(5) };
  if (dice < 71) return { type: 'editQueued' };
  if (dice < 74) return { type: 'deleteQueued' };
  if (dice < 78) return { type: 'sendAgain' };
  if (dice < 81) return { type: 'sayItArrived' };
  if (dice < 84) return { type: 'clickRetry' };
  if (dice < 90) return { type: 'say', text: `said ${text}` };
  if (dice < 97) return { type: 'reload', crash: random.below(2) === 0 };
  return { type: 'startAgain' };
}
