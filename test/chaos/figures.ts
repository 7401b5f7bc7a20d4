// What many seeds have in common, in figures.

import { OUTAGES, type OutageKind } from './plan';
import type { Recovery, SeedReport } from './runSeed';

/** Up to here the promise of a quick return holds, ms. */
const SHORT_OUTAGE = 90_000;
/** So soon after the server's return is the connection back (R1: p95), ms. */
export const PROMISED_RETURN = 3_000;

export interface Figures {
  readonly seeds: number;
  readonly failed: readonly number[];
  /** Of chats, in hours of their own time. */
  readonly hours: number;
  /** Of the run, in seconds. */
  readonly seconds: number;
  /** By kind of outage: how long until the connection was back, ms, sorted. */
  readonly returns: ReadonlyMap<OutageKind, readonly number[]>;
}

export function figuresOf(reports: readonly SeedReport[]): Figures {
  const recoveries = reports.flatMap((report) => report.recoveries);
  return {
    seeds: reports.length,
    failed: reports.filter((it) => it.complaints.length > 0).map((it) => it.seed),
    hours: sum(reports.map((report) => report.virtual)) / 3_600_000,
    seconds: sum(reports.map((report) => report.cost)) / 1_000,
    returns: new Map(OUTAGES.map((kind) => [kind, returnsOf(recoveries, kind)])),
  };
}

function returnsOf(recoveries: readonly Recovery[], kind: OutageKind): readonly number[] {
  return recoveries
    .filter(({ outage }) => outage.kind === kind && outage.to - outage.from <= SHORT_OUTAGE)
    .map(({ took }) => took)
    .sort((a, b) => a - b);
}

/** The 95th of a hundred; 0 of none. */
export function p95(sorted: readonly number[]): number {
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

export function inWords(figures: Figures): string {
  const { seeds, failed, hours, seconds, returns } = figures;
  const lines = [...returns].map(
    ([kind, times]) =>
      `  back after ${kind} of up to 90 s: p95 ${Math.round(p95(times))} ms of ${times.length}`,
  );
  const verdict = `${seeds - failed.length} of ${seeds} seeds are well`;
  const cost = `${hours.toFixed(0)} h of chat in ${seconds.toFixed(0)} s`;
  const replay = failed.length > 0 ? [`failed: ${failed.join(' ')} (replay: --seed N)`] : [];
  return [`${verdict}; ${cost}`, ...lines, ...replay].join('\n');
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
