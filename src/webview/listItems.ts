import type { MessageRow, Row } from '../shared/conversation';
import type { Formats } from './formats';
import type { RowPlace } from './rowElement';

/** What the list draws, one below the other: the unit of a window onto a long conversation. */
export type ListItem =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
  | { readonly kind: 'row'; readonly key: string; readonly row: Row; readonly place: RowPlace };

/** Two messages of one author farther apart than this (ms) are two runs. */
const RUN_PAUSE = 10 * 60_000;

/** The rows with what follows from their neighbours: day dividers, runs of one author, keys. */
export function listItems(
  rows: readonly Row[],
  formats: Formats,
  now: number,
): readonly ListItem[] {
  const withKeys = newestOpenSet(rows);
  const items: ListItem[] = [];
  let before: Row | null = null;
  for (const row of rows) {
    const newDay = before === null || !formats.isSameDay(before.at, row.at);
    if (newDay) items.push({ kind: 'day', key: `day:${row.key}`, label: formats.day(row.at, now) });
    const place = {
      startsRun: newDay || !continues(before, row),
      hasAnswerKeys: row === withKeys,
    };
    items.push({ kind: 'row', key: row.key, row, place });
    before = row;
  }
  return items;
}

function newestOpenSet(rows: readonly Row[]): MessageRow | null {
  const row = rows.findLast(
    (candidate) =>
      candidate.kind === 'message' && candidate.answersOpen && candidate.answers.length > 0,
  );
  return row?.kind === 'message' ? row : null;
}

function continues(before: Row | null, row: Row): boolean {
  return (
    before?.kind === 'message' &&
    row.kind === 'message' &&
    before.author === row.author &&
    before.authorName === row.authorName &&
    row.at - before.at < RUN_PAUSE
  );
}
