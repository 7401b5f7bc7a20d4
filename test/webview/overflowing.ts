import type { ViewPage } from './viewPage';

/** Elements that reach out of the view, other than by scrolling in a box of their own. */
export async function overflowing(view: ViewPage): Promise<string[]> {
  return view.page.evaluate(() =>
    [...document.querySelectorAll('#root *')]
      .filter((element) => {
        if (
          element.closest('pre, .table, .sr-only, svg') !== null ||
          element.closest('.header.empty') !== null
        )
          return false;
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
      })
      .map((element) => `${element.tagName}.${element.className}`),
  );
}

/** Texts of which a part is cut off, and that no tooltip tells whole. */
export async function clipped(view: ViewPage): Promise<string[]> {
  return view.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#root *')]
      .filter((element) => {
        const hasText = [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
        );
        if (!hasText || element.clientWidth === 0) return false;
        if (element.closest('pre, .table, .sr-only, svg, .header.empty, [title]') !== null)
          return false;
        const { overflowX, overflowY } = getComputedStyle(element);
        const cutX = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
        const cutY = overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2;
        return cutX || cutY;
      })
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent}`),
  );
}
