// What can be found in a row: its words as they are read, the names of its files, its answers. Once
// from the data, for the whole history; once from the page, for what is drawn.

import type { Row } from '../shared/conversation';
import { displayName } from '../shared/displayName';
import { happeningText } from '../shared/happeningText';
import { hasMarks } from '../markdown/hasMarks';
import { textOf } from '../markdown/textOf';
import { parseMarkdown } from './markdown';
import type { ViewContext } from './viewContext';

/** Where these stand in a row on the page, in the same order. */
const PARTS = '[data-part="body"], [data-part="attachment"] .file-name, .answer > span';
/** What stands among them and is no part of the message. */
const OURS = 'button, .code-head, [aria-hidden="true"]';
const BLOCKS = 'p, li, pre, blockquote, td, th, div, br';

export function findableText(row: Row, { t, formats }: Pick<ViewContext, 't' | 'formats'>): string {
  if (row.kind === 'happening') return happeningText(row.happening, t, formats);
  const files = row.attachments.map(({ name }) => displayName(name));
  return [asRead(row.text), ...files, ...row.answers].join('\n');
}

function asRead(text: string): string {
  const root = hasMarks(text) ? parseMarkdown(text) : null;
  return root === null ? text : textOf(root);
}

/** The same words on the page: `pattern` (global) found in them, each time as a range. */
export function rangesOn(element: HTMLElement, pattern: RegExp): readonly StaticRange[] {
  const words = new Words();
  for (const part of element.querySelectorAll(PARTS))
    if (!part.matches('[aria-hidden="true"]')) words.read(part);
  return [...words.text.matchAll(pattern)].map(({ index, 0: { length } }) =>
    words.range(index, index + length),
  );
}

/** Text nodes in a row, as one text. Blocks begin and end a line. */
class Words {
  text = '';
  private readonly nodes: Text[] = [];
  private readonly starts: number[] = [];

  read(part: Element): void {
    this.children(part);
    this.text += '\n';
  }

  range(start: number, end: number): StaticRange {
    const [startContainer, startOffset] = this.place(start);
    // A match's end is after its last character, which may be the last of its node.
    const [endContainer, last] = this.place(end - 1);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset: last + 1 });
  }

  private children(element: Element): void {
    for (const child of element.childNodes) {
      if (child instanceof Text) {
        this.nodes.push(child);
        this.starts.push(this.text.length);
        this.text += child.data;
      } else if (child instanceof Element && !child.matches(OURS)) {
        const edge = child.matches(BLOCKS) ? '\n' : '';
        this.text += edge;
        this.children(child);
        this.text += edge;
      }
    }
  }

  private place(offset: number): [node: Text, offset: number] {
    const at = this.starts.findLastIndex((start) => start <= offset);
    const node = this.nodes[at];
    if (node === undefined) throw new RangeError('Before the first text');
    return [node, offset - (this.starts[at] ?? 0)];
  }
}
