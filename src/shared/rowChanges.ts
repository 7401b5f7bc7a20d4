import type { Row } from './conversation';

export interface RowChange {
  readonly row: Row;
  /** The same row as it was; `null` for a new one. */
  readonly before: Row | null;
}

/** How many rows from the start on are the same objects: a pointer comparison a row. */
export function sameRows(before: readonly Row[], after: readonly Row[]): number {
  if (before === after) return after.length;
  const most = Math.min(before.length, after.length);
  let count = 0;
  while (count < most && before[count] === after[count]) count += 1;
  return count;
}

/**
 * The rows of `after` that are new or other objects than in `before`, in order. What is the same
 * costs a pointer comparison a row, so it can be asked at every change of a long conversation.
 */
export function rowChanges(before: readonly Row[], after: readonly Row[]): readonly RowChange[] {
  const from = sameRows(before, after);
  if (from === after.length) return [];
  const known = new Map(before.slice(from).map((row) => [row.key, row]));
  return after
    .slice(from)
    .map((row) => ({ row, before: known.get(row.key) ?? null }))
    .filter((change) => change.before !== change.row);
}
