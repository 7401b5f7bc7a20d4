import type { LedgerEntry } from '../../src/simulator/ledger';
import type { Evidence } from './evidence';

/** No server may silence the chat for longer, ms. */
const LONGEST_WAIT = 600_000;

/** After this a call is given up, ms. */
const CALL_TIMEOUT = 30_000;

interface Call {
  readonly at: number;
  /** How long the server wants no other, ms. */
  readonly wait: number;
}

/** Who was told to wait (and for how long) does not call before. */
export function impatience({ world, entries, forgottenAt }: Evidence): string[] {
  const calls = callsIn(entries);
  // What a bad disk has forgotten; and over a restart it is kept by the clock on the wall.
  const lapses = world.clock.isSet ? [...forgottenAt, ...world.restarts] : forgottenAt;
  return calls.flatMap(({ at, wait }, index) => {
    const next = calls[index + 1];
    if (next === undefined || next.at >= at + wait) return [];
    if (lapses.some((lapse) => at <= lapse && lapse <= next.at)) return [];
    if (mayHaveBegunBefore(next.at, at, entries)) return [];
    // A process that dies as the answer comes has not heard it.
    if (world.restarts.includes(at)) return [];
    return [`called ${at + wait - next.at} ms before the server wanted it, at ${next.at}`];
  });
}

/** Those whose caller waited for the answer: one that he gave up is answered still, and tells nothing. */
function callsIn(entries: readonly LedgerEntry[]): readonly Call[] {
  return entries.flatMap((entry) => {
    if (isOfCallGivenUp(entry, entries)) return [];
    if (entry.kind === 'messageTaken') return [{ at: entry.at, wait: 0 }];
    if (entry.kind !== 'faultPlayed' || entry.route !== 'send') return [];
    const { fault } = entry;
    const seconds = fault.kind === 'status' ? Number(fault.retryAfter ?? 0) : 0;
    return [{ at: entry.at, wait: Math.min((seconds || 0) * 1000, LONGEST_WAIT) }];
  });
}

/** Whether the call may have been held up for so long that nobody waited for it any more. */
function isOfCallGivenUp({ at }: LedgerEntry, entries: readonly LedgerEntry[]): boolean {
  return entries.some((it) => {
    if (it.kind !== 'faultPlayed' || it.fault.kind !== 'latency' || it.route !== 'send')
      return false;
    const [least, most] = it.fault.ms;
    return (
      most >= CALL_TIMEOUT && at >= it.at + Math.max(least, CALL_TIMEOUT) && at <= it.at + most
    );
  });
}

/** Whether a call that came at `time` may have been on its way as another was answered. */
function mayHaveBegunBefore(
  time: number,
  answered: number,
  entries: readonly LedgerEntry[],
): boolean {
  return entries.some(
    ({ at, ...it }) =>
      it.kind === 'faultPlayed' &&
      it.fault.kind === 'latency' &&
      it.route === 'send' &&
      at <= answered &&
      time <= at + it.fault.ms[1],
  );
}
