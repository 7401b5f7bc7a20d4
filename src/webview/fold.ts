import { h } from './dom';
import type { ViewContext } from './viewContext';

/** Something long, of which the start is shown first. Positions are whatever its owner counts by. */
export interface Foldable {
  /** Where the choice is remembered. */
  readonly key: string;
  /** What is shown folded. */
  readonly first: number;
  readonly whole: number;
  /** Up to where "Show more" leads from a position. */
  next(shown: number): number;
  /** Shows all up to a position; `from` is what was shown before. */
  show(to: number, from: number): void;
  /** What "Show more" says at a position. */
  more(shown: number): string;
}

/** Shows its start, or what the person had unfolded, and gives the buttons to show more and less. */
export function fold(it: Foldable, { t, reading }: ViewContext): HTMLElement {
  let shown = 0;
  const more = h('button', {
    class: 'link-button',
    onClick: () => {
      const hadFocus = more === document.activeElement;
      showUpTo(it.next(shown));
      if (more.hidden && hadFocus) less.focus({ preventScroll: true }); // the focus is never lost
    },
  });
  const less = h(
    'button',
    {
      class: 'link-button',
      onClick: () => {
        showUpTo(it.first);
        more.focus({ preventScroll: true });
        more.scrollIntoView({ block: 'nearest' });
      },
    },
    t('view.message.showLess'),
  );
  const showUpTo = (wanted: number): void => {
    const to = Math.min(wanted, it.whole);
    it.show(to, shown);
    shown = to;
    more.hidden = to >= it.whole;
    less.hidden = to <= it.first;
    if (!more.hidden) more.textContent = it.more(to);
    if (less.hidden) reading.shown.delete(it.key);
    else reading.shown.set(it.key, to);
  };
  showUpTo(reading.shown.get(it.key) ?? it.first);
  return h('div', { class: 'fold-buttons' }, more, less);
}
