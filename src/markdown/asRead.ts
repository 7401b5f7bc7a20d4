import { parseMarkdown } from './parseMarkdown';
import { textOf } from './textOf';

/** What a text must hold for its marks to matter: most messages have none, and parsing takes time. */
const MARKS = /[*_~`#>|[\]<&\\]|^[ \t]*(?:[-+=]|\d{1,9}[.)])|^(?: {4}|\t)/m;

/** A text as it is read: without Markdown's marks. One that is too long to be parsed stays as it is. */
export function asRead(text: string): string {
  const root = MARKS.test(text) ? parseMarkdown(text) : null;
  return root === null ? text : textOf(root);
}
