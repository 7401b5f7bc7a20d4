// The keyboard's place in the view: it is never lost when what has it goes away, and F6 takes it
// from zone to zone.

/** What can take the focus, as long as it is to be seen. */
const FOCUSABLE =
  'vscode-text-area, vscode-button, button, a[href], input, select, textarea, summary, [tabindex="0"]';

/** What has neighbours of its kind, which take the focus over when it goes. */
const ITEM = 'article, .pending-file';

/** A part of the view that F6 goes to. */
export interface Zone {
  readonly element: HTMLElement;
  /** What to begin with there; else the first thing that takes the focus. */
  readonly start?: () => HTMLElement | null;
}

/** Keeps the focus in the view, near to where it was. */
export class FocusGuard {
  /** @param zones in their order on the screen; the last is the one to fall back on */
  constructor(private readonly zones: () => readonly Zone[]) {}

  /** Does what changes the view. Should the focused element go with it, its neighbour takes over. */
  around(change: () => void): void {
    const settle = this.hold();
    change();
    settle();
  }

  /** Remembers where the focus is. What it returns sees that there is one. */
  hold(): () => void {
    const held = document.activeElement;
    if (!(held instanceof HTMLElement) || held === document.body) return () => undefined;
    const item = held.closest(ITEM);
    const near = [item, item?.nextElementSibling, item?.previousElementSibling];
    const zone = this.zones().find(({ element }) => element.contains(held));
    return () => {
      const { activeElement } = document;
      const moved = activeElement !== held && activeElement !== document.body;
      if (moved || canHold(held) || !document.hasFocus()) return;
      const next = near.find((it) => it instanceof HTMLElement && it.matches(ITEM) && isSeen(it));
      if (next instanceof HTMLElement) focusItem(next);
      else (zone && startOf(zone))?.focus();
      if (document.activeElement === document.body || document.activeElement === held)
        this.toLast();
    };
  }

  /** Goes to where one writes, or to what stands in its place. */
  toLast(): void {
    this.zones()
      .map(startOf)
      .findLast((it) => it !== null)
      ?.focus();
  }

  /** Goes to the next zone, or to the one before; false at the end, where VS Code goes on. */
  step(by: 1 | -1): boolean {
    const zones = this.zones();
    const at = zones.findIndex(({ element }) => element.contains(document.activeElement));
    const ahead = by > 0 ? zones.slice(at + 1) : zones.slice(0, Math.max(at, 0)).reverse();
    const start = ahead.map(startOf).find((it) => it !== null);
    start?.focus();
    return start !== undefined;
  }
}

/** A row takes the focus itself, a file has a button to remove it. */
function focusItem(item: HTMLElement): void {
  const isRow = item.tagName === 'ARTICLE';
  if (isRow && !item.hasAttribute('tabindex')) item.tabIndex = -1;
  const stop = isRow ? item : [...item.querySelectorAll('button')].at(-1);
  stop?.focus({ preventScroll: isRow });
}

function startOf({ element, start }: Zone): HTMLElement | null {
  const wanted = start?.() ?? null;
  if (wanted !== null && canHold(wanted)) return wanted;
  return [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].find(canHold) ?? null;
}

function canHold(element: HTMLElement): boolean {
  return isSeen(element) && !element.matches(':disabled, [disabled]');
}

function isSeen(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility({ visibilityProperty: true });
}
