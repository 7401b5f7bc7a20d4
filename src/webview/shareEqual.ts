import type { MessageRow, Row } from '../shared/conversation';

const words = new Map<string, string>();
const NONE: readonly never[] = [];

/**
 * What comes out of `postMessage` has copies of its own of the same few words and empty lists in
 * every row: a quarter of the memory of a long conversation. The rows are changed in place.
 */
export function shareEqual(rows: readonly Row[]): void {
  for (const row of rows) {
    if (row.kind !== 'message') continue;
    const own: { -readonly [Name in keyof MessageRow]: MessageRow[Name] } = row;
    own.kind = 'message';
    own.author = shared(row.author);
    if (row.authorName !== null) own.authorName = shared(row.authorName);
    if (row.delivery !== null) own.delivery = shared(row.delivery);
    if (row.answers.length === 0) own.answers = NONE;
    if (row.attachments.length === 0) own.attachments = NONE;
    if (row.actions.length === 0) own.actions = NONE;
  }
}

function shared<Word extends string>(word: Word): Word {
  const known = words.get(word) as Word | undefined;
  if (known === undefined) words.set(word, word);
  return known ?? word;
}
