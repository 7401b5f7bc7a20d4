// Run-time checks for what crosses a border as `unknown`. A guard is built from smaller ones, and
// its type follows from them.

export type Guard<T> = (value: unknown) => value is T;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** A string of a bounded length: what a view sends is never trusted to be small. */
export function isStringUpTo(length: number): Guard<string> {
  return (value): value is string => typeof value === 'string' && value.length <= length;
}

/** A whole number that is not negative: an index or a count. */
export function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function isNullOr<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

export function isArrayOf<T>(guard: Guard<T>, maxLength: number): Guard<readonly T[]> {
  return (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= maxLength && value.every((item) => guard(item));
}

export function isOneOf<const T extends readonly string[]>(values: T): Guard<T[number]> {
  return (value): value is T[number] => typeof value === 'string' && values.includes(value);
}

/** An object that has at least these own fields, each passing its guard. */
export function isShape<T extends object>(fields: {
  readonly [K in keyof T]-?: Guard<T[K]>;
}): Guard<T> {
  const entries = Object.entries<Guard<unknown>>(fields);
  return (value): value is T =>
    isRecord(value) &&
    entries.every(([name, guard]) => Object.hasOwn(value, name) && guard(value[name]));
}
