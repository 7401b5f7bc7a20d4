import { textOf } from '../markdown/textOf';
import { codeBlock } from './codeBlock';
import { h } from './dom';
import { parseMarkdown } from './markdown';
import { fold } from './fold';
import { markdownNodes } from './markdownNodes';
import { placeAtEnd } from './placesInText';
import { plainText } from './plainText';
import { definitionsFor, textPieces, type Piece } from './textPieces';
import type { ViewContext } from './viewContext';
import { whenNear } from './whenNear';

/** Lines of a message that are shown at first, where there are many more. */
const FOLDED_LINES = 30;
/** What is not much more is shown whole. */
const FEW_LINES = 20;
/** Pieces that "Show more" brings. */
const NEXT_PIECES = 10;
/** Of a piece that is not drawn: of most it is all. */
const UNDRAWN_LENGTH = 3_000;

/** A text and how it is read. */
export interface Body {
  readonly text: string;
  readonly raw: boolean;
}

/** Makes what stands in `[data-part="body"]`. */
export function messageBody(
  { text, raw }: Body,
  key: string,
  context: ViewContext,
): readonly Node[] {
  if (text === '') return [];
  if (raw) return [h('div', { class: 'raw' }, ...plainText(text, `${key}:raw`, context))];
  const pieces = textPieces(text);
  const first = foldedCount(pieces);
  const draw = (index: number): readonly Node[] => pieceNodes(pieces, index, key, context);
  if (pieces.length === 1) return draw(0);
  const shown = h('div', { class: 'pieces' });
  if (first === pieces.length) {
    shown.append(...pieces.map((_, index) => h('div', { class: 'piece' }, ...draw(index))));
    return [shown];
  }
  const buttons = fold(
    {
      key,
      first,
      whole: pieces.length,
      next: (from) => from + NEXT_PIECES,
      show: (to, from) => {
        for (const place of [...shown.children].slice(to)) place.remove();
        for (let index = from; index < to; index += 1) {
          const place = h('div', { class: 'piece' });
          shown.append(place);
          if (index < first) place.append(...draw(index));
          else drawWhenNear(place, pieces[index]?.text ?? '', () => draw(index));
        }
      },
      more: () => context.t('view.message.showAll'),
    },
    context,
  );
  return [shown, buttons];
}

/** Until then it stands there as it came: people and their tools get at it all the same. */
function drawWhenNear(place: HTMLElement, text: string, draw: () => readonly Node[]): void {
  place.classList.add('undrawn');
  place.append(text.slice(0, UNDRAWN_LENGTH));
  whenNear(place, () => {
    // A task for each, so that many do not stop the view.
    setTimeout(() => {
      place.classList.remove('undrawn');
      place.replaceChildren(...draw());
    });
  });
}

/** The text as it is spoken: without marks, and not endless. */
export function spokenText(text: string, maxLength: number): string {
  const start = text.slice(0, maxLength * 2);
  const root = parseMarkdown(start);
  const words = (root === null ? start : textOf(root)).replace(/\s+/g, ' ').trim();
  return words.length > maxLength ? `${words.slice(0, maxLength)}…` : words;
}

/** How many pieces are shown folded: all, where what is left would be short. */
function foldedCount(pieces: readonly Piece[]): number {
  let lines = 0;
  const count = pieces.findIndex((piece) => (lines += piece.lines) >= FOLDED_LINES) + 1;
  const rest = pieces.slice(count).reduce((sum, piece) => sum + piece.lines, 0);
  return count === 0 || rest <= FEW_LINES ? pieces.length : count;
}

function pieceNodes(
  pieces: readonly Piece[],
  index: number,
  messageKey: string,
  context: ViewContext,
): readonly Node[] {
  const piece = pieces[index];
  const key = `${messageKey}:${index}`;
  if (piece === undefined) return [];
  if (piece.kind === 'code') {
    const before = pieces[index - 1];
    const above = before === undefined || before.kind === 'code' ? null : placeAtEnd(before.text);
    return [codeBlock({ text: piece.text, info: piece.info, above }, key, context)];
  }
  const root = piece.kind === 'plain' ? null : parseMarkdown(piece.text, definitionsFor(piece));
  return root === null ? plainText(piece.text, key, context) : markdownNodes(root, key, context);
}
