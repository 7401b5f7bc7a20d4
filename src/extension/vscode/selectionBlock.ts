import { fenced } from './codeHeader';

/** A stretch of a file: lines are counted from 1, as the person sees them. */
export interface Excerpt {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly text: string;
}

/** A selection as Markdown: under each header its stretch, as a fenced block with its language. */
export interface SelectionBlock {
  readonly headers: readonly string[];
  readonly text: string;
}

/**
 * @param header makes the line above a stretch of its lines, "12" or "12-30"
 * @param languageId VS Code's id of the language, which is what fences are named by
 */
export function selectionBlock(
  header: (lines: string) => string,
  languageId: string,
  excerpts: readonly Excerpt[],
): SelectionBlock {
  const headers = excerpts.map((excerpt) => header(linesOf(excerpt)));
  const language = languageId === 'plaintext' ? '' : languageId;
  const blocks = excerpts.map((excerpt, index) =>
    [headers[index] ?? '', fenced(language, excerpt.text)].join('\n\n'),
  );
  return { headers, text: blocks.join('\n\n') };
}

function linesOf({ firstLine, lastLine }: Excerpt): string {
  return firstLine === lastLine ? `${firstLine}` : `${firstLine}-${lastLine}`;
}
