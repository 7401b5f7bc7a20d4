// Places in files, as people, compilers and bots write them: `src/a.ts:12`, `src/a.ts:12:5`,
// `src/a.ts:12-30`, `src/a.ts#L12-L30`.

import { MAX_PATH } from '../shared/intent';

/** Lines and columns are counted from 1. */
export interface Place {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly lastLine: number | null;
}

/** A stretch of a text; with a place where it names one. */
export interface Stretch {
  readonly text: string;
  readonly place: Place | null;
}

/** What is in no path that is written without quotes around it. */
const WORD = /[^\s"'`<>|*?()[\]{},;«»“”]+/g;
const LINE = /:\d|#L\d/;
const END = /[.,:;!?]+$/;
const PLACE =
  /^(?<path>(?:[A-Za-z]:(?=[\\/]))?[^:#]+)(?:(?::(?<line>\d{1,7})(?::(?<column>\d{1,5}))?(?:[-–](?<last>\d{1,7}))?)|(?:#L(?<hashLine>\d{1,7})(?:-L?(?<hashLast>\d{1,7}))?))?$/;
/** A folder, or an extension. */
const PATH = /[\\/]|\.[\p{L}\p{N}_]{1,10}$/u;

/** The place that a whole text names, with or without a line; `null` when it is none. */
export function placeOf(text: string): Place | null {
  const groups = text.length > MAX_PATH ? undefined : PLACE.exec(text.trim())?.groups;
  const path = groups?.['path'];
  if (groups === undefined || path === undefined || !PATH.test(path) || path.startsWith('//'))
    return null;
  return {
    path,
    line: numberOf(groups['line'] ?? groups['hashLine']),
    column: numberOf(groups['column']),
    lastLine: numberOf(groups['last'] ?? groups['hashLast']),
  };
}

/** The text in stretches: those with a place name a line too, for any word with a dot looks like a path. */
export function splitAtPlaces(text: string): readonly Stretch[] {
  if (!LINE.test(text)) return [{ text, place: null }];
  const stretches: Stretch[] = [];
  let done = 0;
  for (const { 0: raw, index } of text.matchAll(WORD)) {
    if (!LINE.test(raw)) continue;
    const word = raw.replace(END, '');
    const place = placeOf(word);
    if (typeof place?.line !== 'number') continue;
    if (index > done) stretches.push({ text: text.slice(done, index), place: null });
    stretches.push({ text: word, place });
    done = index + word.length;
  }
  if (done < text.length) stretches.push({ text: text.slice(done), place: null });
  return stretches;
}

/** The file that the last line of a Markdown text names, for the code under it: first in backticks. */
export function placeAtEnd(text: string): Place | null {
  const line = text.trimEnd().split('\n').at(-1)?.trim().replace(END, '') ?? '';
  if (line.length > MAX_PATH) return null;
  const quoted = /`([^`]+)`/.exec(line)?.[1] ?? '';
  const places = [quoted, ...(line.match(WORD) ?? [])].map((word) =>
    placeOf(word.replace(END, '')),
  );
  return places.find((place) => place !== null && /\.[\p{L}\p{N}_]+$/u.test(place.path)) ?? null;
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
