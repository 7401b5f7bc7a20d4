import type { ConversationView, Row } from './conversation';

type Scalars = Omit<ConversationView, 'rows'>;

/** What changed between two views of one conversation. */
export interface ConversationPatch {
  /** Fields other than `rows` that are new. */
  readonly fields: Partial<Scalars>;
  /** Rows that are new or changed, by key; `null` when no row did. */
  readonly rows: RowsPatch | null;
}

export interface RowsPatch {
  readonly changed: readonly Row[];
  /** Keys in their new order from the first place that differs; `null` when the order stayed. */
  readonly order: { readonly from: number; readonly keys: readonly string[] } | null;
}

/**
 * Compares two views of the same conversation. The reducer keeps what did not change by reference,
 * so this costs one pointer comparison a row.
 *
 * @returns `null` when nothing changed
 */
export function diffConversation(
  before: ConversationView,
  after: ConversationView,
): ConversationPatch | null {
  const fields = changedFields(before, after);
  const rows = before.rows === after.rows ? null : diffRows(before.rows, after.rows);
  return Object.keys(fields).length === 0 && rows === null ? null : { fields, rows };
}

function changedFields(before: ConversationView, after: ConversationView): Partial<Scalars> {
  const names = Object.keys(after).filter(
    (name) =>
      name !== 'rows' &&
      before[name as keyof ConversationView] !== after[name as keyof ConversationView],
  );
  return Object.fromEntries(names.map((name) => [name, after[name as keyof ConversationView]]));
}

function diffRows(before: readonly Row[], after: readonly Row[]): RowsPatch | null {
  const changed: Row[] = [];
  let from = 0;
  for (; from < before.length && from < after.length; from += 1) {
    const row = after[from];
    if (row === undefined || before[from]?.key !== row.key) break;
    if (before[from] !== row) changed.push(row);
  }
  const old = new Set<Row>(before.slice(from));
  changed.push(...after.slice(from).filter((row) => !old.has(row)));
  const sameOrder = from === before.length && from === after.length;
  if (sameOrder && changed.length === 0) return null;
  return {
    changed,
    order: sameOrder ? null : { from, keys: after.slice(from).map((row) => row.key) },
  };
}

/**
 * The view after `patch`: `applyPatch(a, diffConversation(a, b))` equals `b`.
 *
 * @throws Error when the patch names a row that neither side knows: the revisions were mixed up
 */
export function applyPatch(before: ConversationView, patch: ConversationPatch): ConversationView {
  const rows = patch.rows === null ? before.rows : applyRows(before.rows, patch.rows);
  return { ...before, ...patch.fields, rows };
}

function applyRows(before: readonly Row[], patch: RowsPatch): readonly Row[] {
  const changed = new Map(patch.changed.map((row) => [row.key, row]));
  if (patch.order === null) return withChanges(before.slice(), changed);
  const kept = before.slice(0, patch.order.from);
  const known = new Map(before.slice(patch.order.from).map((row) => [row.key, row]));
  const moved = patch.order.keys.map((key) => {
    const row = changed.get(key) ?? known.get(key);
    if (row === undefined) throw new Error(`The patch names an unknown row: ${key}`);
    changed.delete(key);
    return row;
  });
  return withChanges(kept, changed).concat(moved);
}

/** Puts the changed rows in their places. What changes is nearly always near the end. */
function withChanges(rows: Row[], changed: Map<string, Row>): Row[] {
  for (let index = rows.length - 1; index >= 0 && changed.size > 0; index -= 1) {
    const key = rows[index]?.key ?? '';
    const row = changed.get(key);
    if (row !== undefined) rows[index] = row;
    changed.delete(key);
  }
  return rows;
}
