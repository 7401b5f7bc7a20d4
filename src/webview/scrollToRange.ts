/** How far the bar of Find reaches over the list, CSS pixels. */
const COVERED = 64;

/** Scrolls whatever lies between a range and `outer` so that the range can be seen. */
export function scrollToRange(range: AbstractRange, outer: Element): void {
  const live = document.createRange();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  for (let box = range.startContainer.parentElement; box !== null; box = box.parentElement) {
    const inner = live.getBoundingClientRect();
    const { left, right, top, bottom, width, height } = box.getBoundingClientRect();
    if (box.scrollWidth > box.clientWidth && (inner.left < left || inner.right > right))
      box.scrollLeft += inner.left - left - width / 2;
    if (box.scrollHeight > box.clientHeight && (inner.top < top + COVERED || inner.bottom > bottom))
      box.scrollTop += inner.top - top - height / 2;
    if (box === outer) return;
  }
}
