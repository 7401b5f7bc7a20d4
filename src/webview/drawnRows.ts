import type { Row } from '../shared/conversation';
import { h, setAttribute, setChildren, setText } from './dom';
import { HappeningElement } from './happeningElement';
import type { Heights, Range } from './heights';
import type { ListItem } from './listItems';
import { MessageElement } from './messageElement';
import type { RowActions, RowElement, RowPlace } from './rowElement';
import type { ViewContext } from './viewContext';

interface Drawn {
  readonly view: RowElement;
  row: Row;
  place: RowPlace;
}

/** The longest selection that stays whole, in items; of a longer one its two ends do. */
const MAX_SELECTED = 500;

/** What there is to draw. */
export interface Drawing {
  readonly items: readonly ListItem[];
  readonly range: Range;
  /** Key of the row whose answers have keys. */
  readonly answerKeys: string | null;
  /** Rows that come before all of these items. */
  readonly before: number;
  /** How many rows there are, where not all are drawn: a screen reader cannot count them then. */
  readonly setSize: number | null;
}

/**
 * The rows that are on the page, with empty room for those that are not. A row that has the focus
 * or a part of the selection stays wherever one scrolls; one that a person did something in keeps
 * its state while it is away.
 */
export class DrawnRows {
  private readonly rows = new Map<string, Drawn>();
  private readonly days = new Map<string, HTMLElement>();
  /** Rows that somebody clicked or typed in: unfolded, half filled in. */
  private readonly touched = new Set<string>();
  private readonly spacers: HTMLElement[] = [];
  /** The indices that are on the page, in order. */
  private shown: readonly number[] = [];
  /** The ends of what is selected, as last asked for; `undefined` since that may have changed. */
  private selected: readonly (Node | null)[] | undefined;
  private readonly onSelection = (): void => {
    this.selected = undefined;
  };

  constructor(
    private readonly log: HTMLElement,
    private readonly heights: Heights,
    private readonly context: ViewContext,
    private readonly actions: RowActions,
  ) {
    for (const event of ['click', 'input'])
      log.addEventListener(event, ({ target }) => {
        const key = rowKeyOf(target);
        if (key !== null) this.touched.add(key);
      });
    document.addEventListener('selectionchange', this.onSelection);
  }

  /** The row, when it is on the page. */
  element(key: string): HTMLElement | null {
    const element = this.rows.get(key)?.view.element;
    return element?.isConnected === true ? element : null;
  }

  /** Row elements on the page with their keys, in order. */
  get elements(): readonly (readonly [key: string, element: HTMLElement])[] {
    return [...this.log.children].flatMap((element) => {
      const key = rowKeyOf(element);
      return key !== null && element instanceof HTMLElement ? [[key, element] as const] : [];
    });
  }

  pressAnswer(key: string, index: number): void {
    this.rows.get(key)?.view.pressAnswer(index);
  }

  draw(drawing: Drawing): void {
    const { items, range } = drawing;
    this.shown = this.withPinned(items, range);
    const children: HTMLElement[] = [];
    let end = 0;
    let spacers = 0;
    for (const index of [...this.shown, items.length]) {
      const item = items[index];
      if (index > end)
        children.push(this.spacer(spacers, this.heights.sum({ first: end, end: index })));
      if (index > end) spacers += 1;
      if (item !== undefined) children.push(this.elementOf(item, drawing));
      end = index + 1;
    }
    const wanted = new Set<Element>(children);
    // Spacers stand elsewhere now: no row may have to move for one, it would lose focus and place.
    for (const spacer of this.spacers) if (spacer !== children[0]) spacer.remove();
    setChildren(this.log, children);
    this.forget(wanted, items);
  }

  /** Takes the heights of what is on the page. */
  measure(): void {
    const children = [...this.log.children].filter((child) => child instanceof HTMLElement);
    const tops = children.map((child) => child.offsetTop);
    tops.push(this.log.offsetTop + this.log.offsetHeight);
    let at = 0;
    children.forEach((child, place) => {
      const index = this.shown[at];
      if (index === undefined || this.isSpacer(child)) return;
      this.heights.set(index, (tops[place + 1] ?? 0) - (tops[place] ?? 0));
      at += 1;
    });
  }

  /** Takes all away. */
  clear(): void {
    for (const { view } of this.rows.values()) view.dispose();
    this.rows.clear();
    this.days.clear();
    this.touched.clear();
    this.log.replaceChildren();
  }

  dispose(): void {
    document.removeEventListener('selectionchange', this.onSelection);
    this.clear();
  }

  private withPinned(items: readonly ListItem[], range: Range): readonly number[] {
    const indices = new Set<number>();
    for (let index = range.first; index < range.end; index += 1) indices.add(index);
    const size = indices.size;
    for (const index of this.pinned(items)) indices.add(index);
    return indices.size === size ? [...indices] : [...indices].sort((a, b) => a - b);
  }

  private pinned(items: readonly ListItem[]): readonly number[] {
    const indexOf = (node: Node | null): number => {
      const key = this.log.contains(node) ? rowKeyOf(node) : null;
      return key === null ? -1 : items.findIndex((item) => item.key === key);
    };
    const [from, to] = (this.selected ??= selectionEnds());
    const selected = from === undefined || to === undefined ? [] : span(indexOf(from), indexOf(to));
    return [indexOf(document.activeElement), ...selected].filter((index) => index >= 0);
  }

  private spacer(at: number, height: number): HTMLElement {
    const spacer = (this.spacers[at] ??= h('div', { class: 'spacer' }));
    spacer.style.height = `${height}px`;
    return spacer;
  }

  private isSpacer(element: Element): boolean {
    return this.spacers.some((spacer) => spacer === element);
  }

  private elementOf(item: ListItem, { answerKeys, before, setSize }: Drawing): HTMLElement {
    if (item.kind === 'day') return this.day(item.key, item.at);
    const place = { startsRun: item.startsRun, hasAnswerKeys: item.key === answerKeys };
    const { element } = this.row(item.row, place);
    setAttribute(element, 'aria-posinset', setSize === null ? null : `${before + item.index + 1}`);
    setAttribute(element, 'aria-setsize', setSize === null ? null : `${setSize}`);
    return element;
  }

  private row(row: Row, place: RowPlace): RowElement {
    const old = this.rows.get(row.key);
    if (old?.row === row && samePlace(old.place, place)) return old.view;
    const view = old?.view ?? this.create(row);
    view.update(row, place);
    this.rows.set(row.key, { view, row, place });
    return view;
  }

  private create(row: Row): RowElement {
    return row.kind === 'message'
      ? new MessageElement(row, this.actions, this.context)
      : new HappeningElement(row, this.context);
  }

  private day(key: string, at: number): HTMLElement {
    const day = this.days.get(key) ?? h('div', { class: 'day' });
    this.days.set(key, day);
    setText(day, this.context.formats.day(at, this.context.now()));
    return day;
  }

  private forget(wanted: ReadonlySet<Element>, items: readonly ListItem[]): void {
    const away = [...this.rows].filter(([, { view }]) => !wanted.has(view.element));
    const kept = away.filter(([key]) => this.touched.has(key)).map(([key]) => key);
    for (const key of kept) if (!items.some((item) => item.key === key)) this.touched.delete(key);
    for (const [key, { view }] of away)
      if (!this.touched.has(key)) {
        view.dispose();
        this.rows.delete(key);
      }
    for (const [key, day] of this.days) if (!wanted.has(day)) this.days.delete(key);
  }
}

/** The key of the row that holds a node. */
export function rowKeyOf(node: EventTarget | null): string | null {
  const element = node instanceof Element ? node : node instanceof Node ? node.parentElement : null;
  return element?.closest<HTMLElement>('article')?.dataset['messageId'] ?? null;
}

/** Where the selection begins and ends, or nothing. To ask has the whole page laid out first. */
function selectionEnds(): readonly (Node | null)[] {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed) return [];
  return [selection.anchorNode, selection.focusNode];
}

function span(a: number, b: number): readonly number[] {
  const count = Math.abs(a - b) + 1;
  if (a < 0 || b < 0 || count > MAX_SELECTED) return [a, b];
  return Array.from({ length: count }, (_, index) => Math.min(a, b) + index);
}

function samePlace(a: RowPlace, b: RowPlace): boolean {
  return a.startsRun === b.startsRun && a.hasAnswerKeys === b.hasAnswerKeys;
}
