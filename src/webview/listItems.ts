import type { MessageRow, Row } from '../shared/conversation';
import { sameRows } from '../shared/rowChanges';
import type { Formats } from './formats';

/** What the list draws, one below the other: the unit of a window onto a long conversation. */
export type ListItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | {
      readonly kind: 'row';
      readonly key: string;
      readonly row: Row;
      /** Its place among the rows. */
      readonly index: number;
      /** The first of several by one author. */
      readonly startsRun: boolean;
    };

/** Two messages of one author farther apart than this (ms) are two runs. */
const RUN_PAUSE = 10 * 60_000;

/**
 * The rows with what follows from their neighbours: day dividers and runs of one author.
 *
 * @param before rows and their items as they were: what has not changed at the start is kept
 */
export function listItems(
  rows: readonly Row[],
  formats: Pick<Formats, 'dayOf'>,
  before: { readonly rows: readonly Row[]; readonly items: readonly ListItem[] },
): readonly ListItem[] {
  const same = sameRows(before.rows, rows);
  const kept = before.items.findLastIndex((item) => item.kind === 'row' && item.index < same) + 1;
  const items = before.items.slice(0, kept);
  let last = rows[same - 1];
  let day = last === undefined ? null : formats.dayOf(last.at);
  for (let index = same; index < rows.length; index += 1) {
    const row = rows[index];
    if (row === undefined) break;
    const newDay = day === null || row.at < day.start || row.at >= day.end;
    if (newDay) {
      day = formats.dayOf(row.at);
      items.push({ kind: 'day', key: `day:${row.key}`, at: row.at });
    }
    const startsRun = newDay || !continues(last, row);
    items.push({ kind: 'row', key: row.key, row, index, startsRun });
    last = row;
  }
  return items;
}

/**
 * The newest set of answers that can still be pressed.
 *
 * @param before rows and their newest set as they were: where there was none, the same rows have none
 */
export function newestOpenSet(
  rows: readonly Row[],
  before: { readonly rows: readonly Row[]; readonly openSet: MessageRow | null },
): MessageRow | null {
  const from = before.openSet === null ? sameRows(before.rows, rows) : 0;
  return rows.slice(from).findLast(isOpenSet) ?? null;
}

function isOpenSet(row: Row): row is MessageRow {
  return row.kind === 'message' && row.answersOpen && row.answers.length > 0;
}

function continues(before: Row | undefined, row: Row): boolean {
  return (
    before?.kind === 'message' &&
    row.kind === 'message' &&
    before.author === row.author &&
    before.authorName === row.authorName &&
    row.at - before.at < RUN_PAUSE
  );
}
