// A long text in pieces that are parsed and drawn one by one, so that none of them stops the view.

/** `lines` is about how tall a piece is drawn; `definitions` are those of the whole text. */
export type Piece =
  | {
      readonly kind: 'markdown';
      readonly text: string;
      readonly lines: number;
      readonly definitions: Definitions;
    }
  | { readonly kind: 'plain'; readonly text: string; readonly lines: number }
  | { readonly kind: 'code'; readonly text: string; readonly info: string; readonly lines: number };

/** The lines that say where `[label]` leads, by `[label]`. */
type Definitions = ReadonlyMap<string, string>;

/** UTF-16 units of a text that is one piece. The parser takes about 10 ms for 1,000 of them. */
const SHORT = 3_000;
/** A piece of Markdown ends at the first blank line after this, in any case at the second. */
const PIECE = 1_500;
const LONGEST_PIECE = 3_000;
/** Lines after which it ends likewise. */
const PIECE_LINES = 30;
/** Code that is longer is a piece of its own, which no parser sees. */
const SHORT_CODE = 1_000;
/** Of code, which begins folded. */
export const FOLDED_CODE_LINES = 20;
/** Characters in a line of a view of some width. */
const COLUMNS = 80;

const FENCE = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\n]*)$/;

const DEFINITION =
  /^ {0,3}(\[[^[\]]+\]):[ \t]*[^\s<]\S*(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/;
/** More of them are no sources: each is looked for in each piece. */
const MAX_DEFINITIONS = 200;

/** The pieces of a text, in their order; a short text is one. */
export function textPieces(text: string): readonly Piece[] {
  const lines = text.split('\n');
  if (text.length <= SHORT && lines.length <= PIECE_LINES * 2)
    return [{ kind: 'markdown', text, lines: linesOf(text), definitions: new Map() }];
  return new Splitting(lines).pieces();
}

/** Definitions that stand in another piece: what a piece has to be parsed with. */
export function definitionsFor(piece: Piece): string {
  if (piece.kind !== 'markdown' || piece.definitions.size === 0) return '';
  const text = piece.text.toLowerCase();
  const used = [...piece.definitions].filter(([label]) => text.includes(label));
  return used.map(([, line]) => `${line}\n`).join('');
}

class Splitting {
  private readonly found: Piece[] = [];
  private readonly definitions = new Map<string, string>();
  private current: string[] = [];
  private length = 0;

  constructor(private readonly lines: readonly string[]) {}

  pieces(): readonly Piece[] {
    for (let at = 0; at < this.lines.length; at += 1) {
      const line = this.lines[at] ?? '';
      const end = this.endOfCode(at);
      if (end !== null) {
        this.addCode(at, end);
        at = end;
      } else if (line.length > LONGEST_PIECE) this.addPlain(line);
      else {
        this.define(at);
        this.add(line, this.lines[at + 1]);
      }
    }
    this.close();
    return this.found;
  }

  /** Notes a definition. It cannot stand within a paragraph, and the first of a label holds. */
  private define(at: number): void {
    const [line = '', label = ''] = DEFINITION.exec(this.lines[at] ?? '') ?? [];
    const before = this.lines[at - 1] ?? '';
    if (label === '' || this.definitions.size === MAX_DEFINITIONS) return;
    if (before.trim() !== '' && !DEFINITION.test(before)) return;
    const key = label.toLowerCase();
    if (!this.definitions.has(key)) this.definitions.set(key, line);
  }

  /** The line that closes the fence which opens at a line; `null` where none opens. */
  private endOfCode(at: number): number | null {
    const [, , fence = '', info = ''] = FENCE.exec(this.lines[at] ?? '') ?? [];
    if (fence === '' || (fence.startsWith('`') && info.includes('`'))) return null;
    const close = new RegExp(`^ {0,3}${fence.charAt(0)}{${fence.length},}[ \\t]*$`);
    const end = this.lines.findIndex((line, index) => index > at && close.test(line));
    return end < 0 ? this.lines.length : end;
  }

  private addCode(at: number, end: number): void {
    const [, indent = '', , info = ''] = FENCE.exec(this.lines[at] ?? '') ?? [];
    // As the parser does for short code: what the fence is moved in by belongs to the list it is in.
    const moved = new RegExp(`^ {0,${indent.length}}`);
    const code = this.lines.slice(at + 1, end).map((line) => line.replace(moved, ''));
    const text = code.join('\n');
    if (text.length <= SHORT_CODE) {
      this.current.push(...this.lines.slice(at, end + 1));
      this.length += text.length;
      return;
    }
    this.close();
    const lines = Math.min(code.length, FOLDED_CODE_LINES) + 2;
    this.found.push({ kind: 'code', text, info: info.trim(), lines });
  }

  private addPlain(line: string): void {
    this.close();
    this.found.push({ kind: 'plain', text: line, lines: 30 });
  }

  private add(line: string, next: string | undefined): void {
    if (this.length + line.length > LONGEST_PIECE) {
      const head = headOfTable(this.current);
      this.close();
      this.current = head;
    }
    this.current.push(line);
    this.length += line.length + 1;
    const long = this.length > PIECE || this.current.length > PIECE_LINES;
    // Not within a list's item, whose next paragraph is indented.
    if (long && line.trim() === '' && !/^[ \t]/.test(next ?? '')) this.close();
  }

  private close(): void {
    const text = this.current.join('\n');
    this.current = [];
    this.length = 0;
    const { definitions } = this;
    if (text.trim() !== '')
      this.found.push({ kind: 'markdown', text, lines: linesOf(text), definitions });
  }
}

/** The two lines that begin the table in which the lines end: its further rows are one only below them. */
function headOfTable(lines: readonly string[]): string[] {
  const rule = lines.findLastIndex((line) => /^(?=.*-)[ :-]*\|[ |:-]*$/.test(line));
  const isOver = lines.slice(rule).some((line) => line.trim() === '');
  return rule < 1 || isOver ? [] : lines.slice(rule - 1, rule + 1);
}

function linesOf(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + Math.ceil(line.length / COLUMNS), 0);
}
