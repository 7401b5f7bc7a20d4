import { textOf } from '../markdown/textOf';
import { formatBytes } from '../shared/formatBytes';
import { h } from './dom';
import { parseMarkdown } from './markdown';
import { markdownNodes } from './markdownNodes';
import type { ViewContext } from './viewContext';

/** UTF-16 units of a plain text that are shown at first, and by each "Show more". */
const FIRST_PIECE = 3_000;
const NEXT_PIECE = 50_000;

/** Makes what stands in `[data-part="body"]`. */
export function messageBody(text: string, context: ViewContext): readonly Node[] {
  if (text === '') return [];
  const root = parseMarkdown(text);
  return root === null ? foldedText(text, context) : markdownNodes(root, context);
}

/** The text as it is spoken: without marks, and not endless. */
export function spokenText(text: string, maxLength: number): string {
  const start = text.slice(0, maxLength * 2);
  const root = parseMarkdown(start);
  const words = (root === null ? start : textOf(root)).replace(/\s+/g, ' ').trim();
  return words.length > maxLength ? `${words.slice(0, maxLength)}…` : words;
}

/** A text that is too long to be laid out at once: its start, and more of it on demand. */
function foldedText(text: string, context: ViewContext): readonly Node[] {
  const { t, settings } = context;
  const shown = h('div', { class: 'plain', attrs: { dir: 'auto' } });
  let length = 0;
  const more = h('button', {
    class: 'link-button',
    onClick: () => {
      showUpTo(length + NEXT_PIECE);
    },
  });
  const showUpTo = (end: number): void => {
    const cut = end >= text.length ? text.length : wholeCharacter(text, end);
    shown.append(h('span', {}, text.slice(length, cut)));
    length = cut;
    more.hidden = length >= text.length;
    more.textContent = t('view.message.showMore', {
      size: formatBytes(text.length - length, settings.language),
    });
  };
  showUpTo(FIRST_PIECE);
  return [shown, more];
}

/** The nearest place at or before `end` that does not split a surrogate pair. */
function wholeCharacter(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
