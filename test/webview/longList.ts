import type { Row } from '../../src/shared/conversation';
import { message } from './samples';
import type { ViewPage } from './viewPage';

/** Longer than what is drawn whole. */
export const LENGTH = 1_000;

/** Of different heights, so that those not drawn are guessed wrong. */
const ROWS = Array.from({ length: 1_100 }, (_, index) =>
  message(`m${index}`, { text: `Text of m${index}. `.repeat(1 + (index % 7) * 3) }),
);

export const variedRows = (count: number): Row[] => ROWS.slice(0, count);

/** The key of the row that has the focus. */
export const focused = (view: ViewPage) =>
  view.page.evaluate(() => (document.activeElement as HTMLElement).dataset['messageId'] ?? null);

/** Whether anything but empty room is in sight, from the top of the box to its end. */
export const isCovered = (view: ViewPage) =>
  view.page.evaluate(() => {
    const box = document.querySelector('.scroll-box')?.getBoundingClientRect();
    if (box === undefined) return false;
    return [...document.querySelectorAll('.spacer')].every((spacer) => {
      const { top, bottom } = spacer.getBoundingClientRect();
      return bottom <= box.top + 1 || top >= box.bottom - 1;
    });
  });
