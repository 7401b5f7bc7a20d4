// What can be found in a row: its words as they are read, the names of its files, its answers. Once
// from the data, for the whole history; once from the page, for what is drawn. In parts that are the
// same in both, so that a match in the one is found in the other.

import type { Row } from '../shared/conversation';
import { displayName } from '../shared/displayName';
import { happeningText } from '../shared/happeningText';
import { hasMarks } from '../markdown/hasMarks';
import { textOf } from '../markdown/textOf';
import { parseMarkdown } from './markdown';
import { definitionsFor, textPieces, type Piece } from './textPieces';
import type { ViewContext } from './viewContext';

/** Where these stand in a row on the page, in the same order. */
const BODY = '[data-part="body"]';
const OTHERS = '[data-part="attachment"] .file-name, .answer > span:not([aria-hidden="true"])';
/** A piece that is far away, and not yet as it is read. */
export const UNDRAWN = '.undrawn';
/** What stands among them and is no part of the message. */
const OURS = 'button, .code-head, [aria-hidden="true"]';
const BLOCKS = 'p, li, pre, blockquote, td, th, div, br';

/** Part of a row, read when it is first looked through: a long text in pieces, for their time. */
export class FindablePart {
  private known: string | null = null;

  constructor(private readonly source: string | Piece) {}

  get text(): string {
    return (this.known ??= typeof this.source === 'string' ? this.source : asRead(this.source));
  }
}

/** What can be found in a row. */
export interface Findable {
  readonly parts: readonly FindablePart[];
  /** How many of the parts are pieces of its text; these come first. */
  readonly pieces: number;
}

export function findableIn(row: Row, { t, formats }: Pick<ViewContext, 't' | 'formats'>): Findable {
  const pieces =
    row.kind === 'message' ? textPieces(row.text) : [happeningText(row.happening, t, formats)];
  const files = row.kind === 'message' ? row.attachments.map(({ name }) => displayName(name)) : [];
  const answers = row.kind === 'message' ? row.answers : [];
  const parts = [...pieces, ...files, ...answers].map((source) => new FindablePart(source));
  return { parts, pieces: pieces.length };
}

function asRead(piece: Piece): string {
  const { kind, text } = piece;
  const root =
    kind === 'markdown' && hasMarks(text) ? parseMarkdown(text, definitionsFor(piece)) : null;
  return root === null ? text : textOf(root);
}

/** The same parts on the page: what is folded away is not there. */
export type PartsOnPage = Readonly<Record<'pieces' | 'others', readonly Element[]>>;

export function partsOn(row: Element): PartsOnPage {
  const pieces = [...row.querySelectorAll(`${BODY} .piece`)];
  return {
    pieces: pieces.length > 0 ? pieces : [...row.querySelectorAll(BODY)],
    others: [...row.querySelectorAll(OTHERS)],
  };
}

/** `pattern` (global) found in the words of a part that is drawn, each time as a range. */
export function rangesOn(part: Element, pattern: RegExp): readonly StaticRange[] {
  if (part.matches(UNDRAWN)) return [];
  const words = new Words();
  words.read(part);
  return [...words.text.matchAll(pattern)].map(({ index, 0: { length } }) =>
    words.range(index, index + length),
  );
}

/** Text nodes in a part, as one text. Blocks begin and end a line. */
class Words {
  text = '';
  private readonly nodes: Text[] = [];
  private readonly starts: number[] = [];

  range(start: number, end: number): StaticRange {
    const [startContainer, startOffset] = this.place(start);
    // A match's end is after its last character, which may be the last of its node.
    const [endContainer, last] = this.place(end - 1);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset: last + 1 });
  }

  read(element: Element): void {
    for (const child of element.childNodes) {
      if (child instanceof Text) {
        this.nodes.push(child);
        this.starts.push(this.text.length);
        this.text += child.data;
      } else if (child instanceof Element && !child.matches(OURS)) {
        const edge = child.matches(BLOCKS) ? '\n' : '';
        this.text += edge;
        this.read(child);
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
