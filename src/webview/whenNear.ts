/** How far outside the window something is near, CSS pixels. */
const MARGIN = '300px';

const waiting = new WeakMap<Element, () => void>();

const observer = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      waiting.get(target)?.();
    }
  },
  // The view scrolls in boxes, which have margins of their own.
  { rootMargin: MARGIN, scrollMargin: MARGIN },
);

/** Calls `then` once, when the element is near the window; never, when it goes before. */
export function whenNear(element: Element, then: () => void): void {
  waiting.set(element, then);
  observer.observe(element);
}
