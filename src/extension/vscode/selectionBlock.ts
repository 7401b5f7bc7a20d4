/** A stretch of a file: lines are counted from 1, as the person sees them. */
export interface Excerpt {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly text: string;
}

/**
 * The selection as Markdown: for each stretch `path:lines` and a fenced block with its language.
 *
 * @param languageId VS Code's id of the language, which is what fences are named by
 */
export function selectionBlock(
  path: string,
  languageId: string,
  excerpts: readonly Excerpt[],
): string {
  return excerpts.map((excerpt) => fencedBlock(path, languageId, excerpt)).join('\n\n');
}

function fencedBlock(path: string, languageId: string, excerpt: Excerpt): string {
  const { firstLine, lastLine, text } = excerpt;
  const lines = firstLine === lastLine ? `${firstLine}` : `${firstLine}-${lastLine}`;
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  const language = languageId === 'plaintext' ? '' : languageId;
  const location = `${path}:${lines}`;
  return `${inlineCode(location)}\n\n${fence}${language}\n${text.replace(/\r?\n$/, '')}\n${fence}`;
}

function inlineCode(text: string): string {
  const fence = '`'.repeat(longestRunOfBackticks(text) + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

function longestRunOfBackticks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
