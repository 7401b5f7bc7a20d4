// Reads single values out of what the server sent: never throws on any JSON, normalises what
// deviates, and reports it. `path` is where the value stands, for the report.

import { isRecord } from '../../shared/guards';
import type { JsonValue } from '../../shared/conversation';
import type { ContractDrift } from './contractDrift';

/** Deeper than this, data is cut: everything after us (journal, channel to the view) recurses. */
const MAX_DEPTH = 64;
/** Numbers below this are taken for seconds: as milliseconds they would lie in early 1970. */
const SECONDS_BELOW = 1e11;
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/** An own field; what is inherited (`__proto__` and its like) does not exist. */
export function field(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

export function isAbsent(value: unknown): value is null | undefined | '' {
  return value === null || value === undefined || value === '';
}

/** A text as it came; `null` when there is none. What is no text is shown as the JSON it is. */
export function readText(value: unknown, path: string, drift: ContractDrift): string | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  drift.report(path, 'string', value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(toJson(value, path, drift));
}

/** An identifier or another short word; an empty one is none. */
export function readWord(value: unknown, path: string, drift: ContractDrift): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (value === null || value === undefined) return null;
  drift.report(path, 'string', value);
  return typeof value === 'number' ? String(value) : null;
}

/** A number that is not negative; also one in a string. */
export function readNumber(
  value: unknown,
  expected: 'number' | 'string' | 'either',
  path: string,
  drift: ContractDrift,
): number | null {
  if (isAbsent(value)) return null;
  if (expected !== 'either' && typeof value !== expected) drift.report(path, expected, value);
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number) && number >= 0) return number;
  drift.report(`${path}(value)`, 'number that is not negative', value);
  return null;
}

/** A time, ms since the epoch. One without a zone is UTC, as everything TWIN documents. */
export function readTime(value: unknown, path: string, drift: ContractDrift): number | null {
  if (isAbsent(value)) return null;
  if (typeof value !== 'string') drift.report(path, 'string', value);
  const time = typeof value === 'number' ? fromNumber(value) : parseTime(value);
  if (time !== null) return time;
  drift.report(`${path}(value)`, 'time', value);
  return null;
}

function parseTime(value: unknown): number | null {
  if (typeof value !== 'string' || value.length > 64) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return fromNumber(Number(value));
  const time = Date.parse(WITHOUT_ZONE.test(value) ? `${value.replace(' ', 'T')}Z` : value);
  return Number.isNaN(time) ? null : time;
}

function fromNumber(value: number): number | null {
  const time = Math.round(value < SECONDS_BELOW ? value * 1000 : value);
  return Number.isNaN(new Date(time).getTime()) ? null : time;
}

/** A list; one thing alone counts as a list of it. */
export function readList(value: unknown, path: string, drift: ContractDrift): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isAbsent(value)) return [];
  drift.report(path, 'array', value);
  return [value];
}

/** Parses JSON; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Plain data of bounded depth. `__proto__` as a field is left out: it would bite whoever copies. */
export function toJson(value: unknown, path: string, drift: ContractDrift, depth = 0): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (depth >= MAX_DEPTH) {
    drift.report(`${path}(depth)`, `at most ${MAX_DEPTH} levels`, value);
    return '…';
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => toJson(item, path, drift, depth + 1));
  }
  if (!isRecord(value) || value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    drift.report(path, 'JSON', value);
    return null;
  }
  const entries = Object.entries(value).filter(([name]) => name !== '__proto__');
  return Object.fromEntries(
    entries.map(([name, item]) => [name, toJson(item, path, drift, depth + 1)]),
  );
}
