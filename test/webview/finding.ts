import type { Row } from '../../src/shared/conversation';
import { message } from './samples';
import type { ViewPage } from './viewPage';

/** Rows of which each hundredth, from the seventh on, holds "the needle" and its number. */
export const haystack = (size: number): readonly Row[] =>
  Array.from({ length: size }, (_, index) =>
    message(`m${index}`, { text: index % 100 === 7 ? `the needle ${index}` : `hay ${index}` }),
  );

export const bar = (view: ViewPage) => view.page.locator('[data-part="find"]');
export const input = (view: ViewPage) => view.page.getByRole('textbox', { name: 'Find in the' });
export const count = (view: ViewPage) => bar(view).locator('.find-count').textContent();

export const untilCount = (view: ViewPage, words: string) =>
  bar(view).locator('.find-count', { hasText: words }).waitFor();

/** Opens the bar and looks for a text. */
export const find = async (view: ViewPage, text: string) => {
  await view.page.keyboard.press('Control+f');
  await input(view).fill(text);
};

/** What is coloured on the page, by the name of its colour. */
export const coloured = (view: ViewPage, name: 'twin-find' | 'twin-find-current') =>
  view.page.evaluate(
    (highlight) =>
      [...(CSS.highlights.get(highlight) ?? [])].map((range) => {
        const live = document.createRange();
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
        const row = live.startContainer.parentElement?.closest('article')?.dataset['messageId'];
        return `${row}: ${live.toString()}`;
      }),
    name,
  );
