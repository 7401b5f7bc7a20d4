/** What a text must hold for its marks to matter: most messages have none, and parsing takes time. */
const MARKS = /[*_~`#>|[\]<&\\]|^[ \t]*(?:[-+=]|\d{1,9}[.)])|^(?: {4}|\t)/m;

/** Whether a text may be read otherwise than it is written. */
export function hasMarks(text: string): boolean {
  return MARKS.test(text);
}
