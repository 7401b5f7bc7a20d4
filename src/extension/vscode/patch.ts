import { createPatch, OMIT_HEADERS } from 'diff';
import type { Excerpt } from './selectionBlock';

/** How long two texts may be compared, ms: what differs all over is no reading anyway. */
const LONGEST = 2_000;

/**
 * A patch as `git diff` writes it. Line ends do not count: Git itself may change them on the way.
 *
 * @param longest how long it may take, ms
 * @returns empty when nothing differs, `null` when the texts are too different to be compared
 */
export function patchOf(
  path: string,
  before: string,
  after: string,
  longest = LONGEST,
): string | null {
  const [old, current] = [before, after].map(withPlainLineEnds);
  if (old === undefined || current === undefined || old === current) return '';
  const options = { context: 3, headerOptions: OMIT_HEADERS, timeout: longest };
  const hunks = createPatch(path, old, current, undefined, undefined, options);
  // The library writes names of other alphabets as numbers, as Git does unless told otherwise.
  return hunks === undefined ? null : `--- a/${path}\n+++ b/${path}\n${hunks}`;
}

/** What of the file as it is now a patch shows, as it stands in the patch. */
export function shownByPatch(patch: string): readonly Excerpt[] {
  const runs: { firstLine: number; lines: string[] }[] = [];
  let next = 0;
  let isInRun = false;
  for (const line of patch.split('\n')) {
    const hunk = /^@@ -\S+ \+(\d+)/.exec(line);
    if (hunk !== null) next = Number(hunk[1]);
    const isShown = next > 0 && /^[ +]/.test(line);
    if (isShown && isInRun) runs.at(-1)?.lines.push(line);
    else if (isShown) runs.push({ firstLine: next, lines: [line] });
    isInRun = isShown;
    if (isShown) next += 1;
  }
  return runs.map(({ firstLine, lines }) => ({
    firstLine,
    lastLine: firstLine + lines.length - 1,
    text: lines.join('\n'),
  }));
}

function withPlainLineEnds(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}
