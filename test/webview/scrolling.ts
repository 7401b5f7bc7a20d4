// Where one stands in the list, and how to get elsewhere.

import type { ViewPage } from './viewPage';

/** @param share how far down, from 0 to 1 */
export const scrollTo = async (view: ViewPage, share: number) => {
  await view.page.locator('.scroll-box').evaluate((box, part) => {
    box.scrollTop = (box.scrollHeight - box.clientHeight) * part;
  }, share);
  await view.settled();
};

export const distanceToEnd = (view: ViewPage) =>
  view.page
    .locator('.scroll-box')
    .evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);

export const topOf = (view: ViewPage, key: string) =>
  view.row(key).evaluate((row) => row.getBoundingClientRect().top);
