import type { Row } from '../shared/conversation';
import { findableText } from './findText';
import type { ViewContext } from './viewContext';

/** A row in which something was found, and how often. */
export interface Hit {
  readonly key: string;
  readonly count: number;
  /** The row's place in the conversation. */
  readonly at: number;
}

/** How long one turn of a search may take, ms: the view goes on meanwhile. */
const TURN = 12;

/** Finds a text in the rows of a conversation, however many there are. */
export class Finder {
  /** Global; `null` while there is nothing to look for. */
  pattern: RegExp | null = null;
  private readonly texts = new WeakMap<Row, string>();
  private counts = new WeakMap<Row, number>();

  constructor(private readonly words: Pick<ViewContext, 't' | 'formats'>) {}

  /** Looks for something else, in letters of whatever case. */
  seek(query: string): void {
    const source = query
      .trim()
      .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
      .replace(/\s+/g, '[^\\S\\n]+');
    this.pattern = source === '' ? null : new RegExp(source, 'giu');
    this.counts = new WeakMap();
  }

  /** @returns `null` when there was too much for one turn: the next call goes on where it stopped */
  search(rows: readonly Row[]): readonly Hit[] | null {
    const deadline = performance.now() + TURN;
    const hits: Hit[] = [];
    for (const [at, row] of rows.entries()) {
      let count = this.counts.get(row);
      if (count === undefined) {
        if (performance.now() > deadline) return null;
        count = this.matches(row).length;
        this.counts.set(row, count);
      }
      if (count > 0) hits.push({ key: row.key, count, at });
    }
    return hits;
  }

  /** What stands around a match, for who does not see it. */
  excerpt(row: Row, index: number): string {
    const match = this.matches(row)[index];
    if (match === undefined) return '';
    return this.text(row)
      .slice(Math.max(0, match.index - 40), match.index + 80)
      .replace(/\s+/g, ' ')
      .trim();
  }

  private matches(row: Row): readonly RegExpExecArray[] {
    return this.pattern === null ? [] : [...this.text(row).matchAll(this.pattern)];
  }

  private text(row: Row): string {
    const known = this.texts.get(row);
    if (known !== undefined) return known;
    const text = findableText(row, this.words);
    this.texts.set(row, text);
    return text;
  }
}
