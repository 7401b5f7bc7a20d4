import { parseMarkdown } from './parseMarkdown';
import { textOf } from './textOf';

/** What a text must hold for its marks to matter: most messages have none, and parsing takes time. */
const MARKS = /[*_~`#>|[\]<&\\]|^[ \t]*(?:[-+=]|\d{1,9}[.)])|^(?: {4}|\t)/m;

/** Whether a text may be read otherwise than it is written. */
export function hasMarks(text: string): boolean {
  return MARKS.test(text);
}

/** The words of a text as they are read: without Markdown's marks, blocks on lines of their own. */
export function asRead(text: string): string {
  const root = hasMarks(text) ? parseMarkdown(text) : null;
  return root === null ? text : textOf(root);
}
