/**
 * Scrolls `box` so that an element in it is in the middle, or begins at the top when it is taller.
 * `scrollIntoView` would scroll VS Code's own frames around the view as well, which hide what sticks
 * out of them.
 */
export function centre(element: Element, box: Element): void {
  const { top, height } = element.getBoundingClientRect();
  const above = Math.max(0, (box.clientHeight - height) / 2);
  box.scrollTop += top - box.getBoundingClientRect().top - above;
}
