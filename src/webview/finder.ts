import type { Row } from '../shared/conversation';
import { findableIn, type Findable, type PartsOnPage } from './findText';
import type { ViewContext } from './viewContext';

/** One match: which of its row's it is, from 0. */
export interface MatchPlace {
  readonly key: string;
  readonly index: number;
}

/** The same, by the part of the row that holds it. */
export interface PartPlace {
  readonly key: string;
  readonly kind: keyof PartsOnPage;
  /** Which of these parts, from 0. */
  readonly part: number;
  /** The part's words. */
  readonly text: string;
  /** Which of the part's matches, and how many it has. */
  readonly index: number;
  readonly count: number;
}

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
  private readonly parts = new WeakMap<Row, Findable>();
  /** How often it was found, in each of a row's parts. */
  private counts = new WeakMap<Row, number[]>();

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
      const counts = this.countsIn(row, deadline);
      if (counts === null) return null;
      const count = counts.reduce((sum, each) => sum + each, 0);
      if (count > 0) hits.push({ key: row.key, count, at });
    }
    return hits;
  }

  /** Where a match is within its row; `null` when there is no such match. */
  place(row: Row, index: number): PartPlace | null {
    const { parts, pieces } = this.findable(row);
    let before = 0;
    for (const [at, { text }] of parts.entries()) {
      const count = this.counts.get(row)?.[at] ?? 0;
      if (index < before + count) {
        const inText = at < pieces;
        return {
          key: row.key,
          kind: inText ? 'pieces' : 'others',
          part: inText ? at : at - pieces,
          text,
          index: index - before,
          count,
        };
      }
      before += count;
    }
    return null;
  }

  /** What stands around a match, for who does not see it. */
  excerpt({ text, index }: PartPlace): string {
    const match = this.matches(text)[index];
    if (match === undefined) return '';
    return text
      .slice(Math.max(0, match.index - 40), match.index + 80)
      .replace(/\s+/g, ' ')
      .trim();
  }

  /** @returns `null` when the time was over before the row was */
  private countsIn(row: Row, deadline: number): readonly number[] | null {
    const counts = this.counts.get(row) ?? [];
    this.counts.set(row, counts);
    const { parts } = this.findable(row);
    for (let part = parts[counts.length]; part !== undefined; part = parts[counts.length]) {
      if (performance.now() > deadline) return null;
      counts.push(this.matches(part.text).length);
    }
    return counts;
  }

  private matches(text: string): readonly RegExpExecArray[] {
    return this.pattern === null ? [] : [...text.matchAll(this.pattern)];
  }

  private findable(row: Row): Findable {
    const known = this.parts.get(row);
    if (known !== undefined) return known;
    const parts = findableIn(row, this.words);
    this.parts.set(row, parts);
    return parts;
  }
}
