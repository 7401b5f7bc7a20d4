// What every bench has around its measuring: one table, one JSON file, a verdict.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { root } from '../vscode/root';

export interface Figure {
  readonly what: string;
  readonly value: number;
  /** `ms`, `MB`, `KiB`, `×`, or empty for a count. */
  readonly unit: string;
  /** To hold. A timing's is a ratio to something of the same run, or worked out from it. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

const FOLDER = path.join(root, 'out', 'bench');

/**
 * Measures, prints the figures with their verdicts, and writes out/bench/<name>.json. The process
 * ends with 1 when a figure does not hold. To be called once, by <name>.bench.ts.
 */
export function bench(name: string, measure: () => Promise<readonly Figure[]>): void {
  measure().then(
    (figures) => {
      report(name, figures);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1); // what it has started would keep it, and ends with it
    },
  );
}

/** The middle one of `values`, which are not few. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the share `q` (0 to 1) of `values` lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? NaN;
}

function report(name: string, figures: readonly Figure[]): void {
  console.log(`\n${name}`);
  console.table(
    Object.fromEntries(
      figures.map((figure) => [
        figure.what,
        { value: inWords(figure.value), unit: figure.unit, target: target(figure), ...ok(figure) },
      ]),
    ),
  );
  mkdirSync(FOLDER, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  const content = { name, at: new Date().toISOString(), machine, figures };
  writeFileSync(path.join(FOLDER, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`);
  if (!figures.every(holds)) process.exitCode = 1;
}

function holds({ value, atMost = Infinity, atLeast = -Infinity }: Figure): boolean {
  return value <= atMost && value >= atLeast;
}

function ok(figure: Figure): { verdict: string } {
  if (target(figure) === '') return { verdict: '' };
  return { verdict: holds(figure) ? 'holds' : 'FAILS' };
}

function target({ atMost, atLeast }: Figure): string {
  const most = atMost === undefined ? '' : `≤ ${inWords(atMost)}`;
  return atLeast === undefined ? most : `≥ ${inWords(atLeast)} ${most}`.trim();
}

function inWords(value: number): string {
  return String(Number(value.toPrecision(3)));
}
