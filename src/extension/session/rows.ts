// The list of rows: putting one in at its place, changing one, taking one out.

import type { HappeningRow, Happening, MessageRow, Row } from '../../shared/conversation';
import { nextKey, rowIndex, show, type Conversation, type RowTrace } from './conversation';
import { precedes } from './serverTime';

/** Puts a row where its time says, else at the end. */
export function insertRow(c: Conversation, row: Row, trace: RowTrace): Conversation {
  const rows = editableRows(c);
  rows.splice(placeOf(c, trace.order), 0, row);
  return { ...show(c, { rows }), traces: c.traces.set(row.key, trace) };
}

/**
 * Where a row of this time belongs. Rows without a time of the server's stand where they arrived and
 * say nothing about their neighbours, so the search goes on past them.
 */
function placeOf(c: Conversation, order: number | null): number {
  const { rows } = c.view;
  let place = rows.length;
  if (order === null) return place;
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    const other = row && c.traces.get(row.key)?.order;
    if (row === undefined || other === undefined || other === null) continue;
    const own = row.kind === 'message' && row.author === 'client';
    if (!precedes(order, other, own)) break;
    place = index;
  }
  return place;
}

/** Adds what happened as a row. It stands with `order`, else at the end. */
export function addHappening(
  c: Conversation,
  happening: Happening,
  at: number,
  order: number | null = null,
): Conversation {
  const [next, key] = nextKey(c, 'happening');
  const row: HappeningRow = { kind: 'happening', key, at, happening };
  return insertRow(next, row, { serverId: null, order });
}

/** Changes a message row; without such a row nothing happens. */
export function changeMessage(
  c: Conversation,
  key: string,
  changes: Partial<MessageRow>,
): Conversation {
  const index = rowIndex(c.view.rows, key);
  const row = c.view.rows[index];
  if (row?.kind !== 'message') return c;
  const rows = editableRows(c);
  rows[index] = { ...row, ...changes };
  return show(c, { rows });
}

/** Says of a row that something else happened. */
export function changeHappening(c: Conversation, key: string, happening: Happening): Conversation {
  const index = rowIndex(c.view.rows, key);
  const row = c.view.rows[index];
  if (row?.kind !== 'happening') return c;
  const rows = editableRows(c);
  rows[index] = { ...row, happening };
  return show(c, { rows });
}

export function removeRow(c: Conversation, key: string): Conversation {
  const index = rowIndex(c.view.rows, key);
  if (index < 0) return c;
  const rows = editableRows(c);
  rows.splice(index, 1);
  return show(c, { rows });
}

/** A copy of the rows; while a journal is replayed, the rows themselves. */
function editableRows(c: Conversation): Row[] {
  return c.ownsRows ? (c.view.rows as Row[]) : c.view.rows.slice();
}

export function trace(c: Conversation, key: string): RowTrace {
  return c.traces.get(key) ?? { serverId: null, order: null };
}

/** From now on the server's `id` means this row. */
export function bindId(c: Conversation, key: string, id: string): Conversation {
  return {
    ...c,
    keyByServerId: c.keyByServerId.set(id, key),
    traces: c.traces.set(key, { ...trace(c, key), serverId: id }),
  };
}

/** The newest message takes the turn: older answers stay readable, but closed. */
export function closeAnswers(c: Conversation): Conversation {
  if (c.openAnswers === null) return c;
  return { ...changeMessage(c, c.openAnswers, { answersOpen: false }), openAnswers: null };
}

/** Whether the message waits for an answer: by its buttons, or by a form. */
export function asks({ author, answers, actions }: MessageRow): boolean {
  return author !== 'client' && (answers.length > 0 || actions.length > 0);
}

export function lastMessage(rows: readonly Row[]): MessageRow | null {
  return rows.findLast((row) => row.kind === 'message') ?? null;
}
