import { formatBytes } from '../shared/formatBytes';
import { h } from './dom';
import { fold } from './fold';
import type { ViewContext } from './viewContext';

/** UTF-16 units that are shown at first, and by each "Show more". */
const FIRST_PIECE = 3_000;
const NEXT_PIECE = 50_000;

/** A text as it is, its start first where it is long. */
export function plainText(text: string, key: string, context: ViewContext): readonly Node[] {
  const { t, settings } = context;
  const shown = h('div', { class: 'plain', attrs: { dir: 'auto' } });
  if (text.length <= FIRST_PIECE) {
    shown.textContent = text;
    return [shown];
  }
  const buttons = fold(
    {
      key,
      first: wholeCharacter(text, FIRST_PIECE),
      whole: text.length,
      next: (from) => wholeCharacter(text, from + NEXT_PIECE),
      show: (to, from) => {
        if (to < from) shown.replaceChildren(text.slice(0, to));
        else shown.append(h('span', {}, text.slice(from, to)));
      },
      more: (from) =>
        t('view.message.showMore', { size: formatBytes(text.length - from, settings.language) }),
    },
    context,
  );
  return [shown, buttons];
}

/** The nearest place at or before `end` that does not split a surrogate pair. */
function wholeCharacter(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return end < text.length && code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
