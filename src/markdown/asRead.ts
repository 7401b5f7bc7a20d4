import { hasMarks } from './hasMarks';
import { parseMarkdown } from './parseMarkdown';
import { textOf } from './textOf';

/** The words of a text as they are read: without Markdown's marks, blocks on lines of their own. */
export function asRead(text: string): string {
  const root = hasMarks(text) ? parseMarkdown(text) : null;
  return root === null ? text : textOf(root);
}
