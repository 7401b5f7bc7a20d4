import type { Row } from '../shared/conversation';
import type { ConversationList } from './conversationList';
import { h, setText } from './dom';
import { Finder, type Hit, type MatchPlace, type PartPlace } from './finder';
import { FindHighlight } from './findHighlight';
import { iconButton } from './iconButton';
import { isComposingKey } from './keys';
import { scrollToRange } from './scrollToRange';
import type { ViewContext } from './viewContext';

type List = Pick<ConversationList, 'element' | 'bringIntoSight' | 'reveal'>;

/** Find in the conversation, as VS Code finds in its own views. */
export class FindBar {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly count = h('span', { class: 'find-count' });
  private readonly finder: Finder;
  private readonly highlight: FindHighlight;
  private rows: readonly Row[] = [];
  private hits: readonly Hit[] = [];
  private current: MatchPlace | null = null;
  /** The current match is to come into sight as soon as it is drawn. */
  private isGoing = false;
  /** The row from which on a match is looked for. */
  private anchor: string | null = null;
  /** Where the focus was. */
  private back: Element | null = null;
  private turn: ReturnType<typeof setTimeout> | null = null;

  /**
   * @param onLost called when the bar closes and what had the focus before is gone
   */
  constructor(
    private readonly context: ViewContext,
    private readonly list: List,
    private readonly onLost: () => void,
  ) {
    const { t } = context;
    this.finder = new Finder(context);
    this.highlight = new FindHighlight(list.element, () => {
      this.paint();
    });
    this.input = h('input', {
      class: 'find-input',
      attrs: { type: 'text', 'aria-label': t('view.find.name'), placeholder: t('view.find.hint') },
    });
    this.input.addEventListener('input', () => {
      this.finder.seek(this.input.value);
      this.search(true);
    });
    this.element = h(
      'div',
      { class: 'find', attrs: { role: 'search' }, data: { part: 'find' } },
      this.input,
      this.count,
      iconButton('up', t('view.find.previous'), () => {
        this.move(-1);
      }),
      iconButton('down', t('view.find.next'), () => {
        this.move(1);
      }),
      iconButton('close', t('view.find.close'), () => {
        this.close();
      }),
    );
    this.element.hidden = true;
  }

  /** Opens it, with what is selected in the conversation; a second time, to look for something else. */
  open(): void {
    if (this.rows.length === 0) return;
    const selected = document.getSelection()?.toString().trim() ?? '';
    if (!this.element.contains(document.activeElement)) this.back = document.activeElement;
    if (this.element.hidden) this.anchor = this.firstInSight();
    this.element.hidden = false;
    if (selected !== '' && !selected.includes('\n')) this.input.value = selected;
    this.input.select();
    this.finder.seek(this.input.value);
    this.search(true);
  }

  /** The rows may be others. */
  update(rows: readonly Row[]): void {
    if (rows === this.rows) return;
    this.rows = rows;
    if (rows.length === 0) this.close();
    else if (!this.element.hidden) this.search(false);
  }

  /** True for a key that was meant for it. */
  onKey(event: KeyboardEvent): boolean {
    if (isFindKey(event, this.context.isMac)) {
      this.open();
      return true;
    }
    const step = this.element.hidden || isComposingKey(event) ? null : this.stepOf(event);
    if (step === null) return false;
    if (step === 0) this.close();
    else this.move(step);
    return true;
  }

  close(): void {
    if (this.element.hidden) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.stopTurn();
    this.highlight.clear();
    const { back } = this;
    this.back = null;
    if (!hadFocus) return;
    if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
    else if (this.current !== null) this.list.reveal(this.current.key);
    const { activeElement } = document;
    // What is hidden loses the focus with the next frame only.
    const isLost = activeElement === document.body || this.element.contains(activeElement);
    if (!document.hasFocus() || isLost) this.onLost();
  }

  dispose(): void {
    this.stopTurn();
    this.highlight.clear();
  }

  private firstInSight(): string | null {
    const { element } = this.list;
    const { top } = element.getBoundingClientRect();
    const rows = [...element.querySelectorAll('article')];
    const first = rows.find((row) => row.getBoundingClientRect().bottom > top);
    return first?.dataset['messageId'] ?? null;
  }

  /** Forward, back, or 0 to close. */
  private stepOf({ key, shiftKey, target }: KeyboardEvent): 1 | -1 | 0 | null {
    const inside = target instanceof Node && this.list.element.contains(target);
    if (key === 'F3' || (key === 'Enter' && target === this.input)) return shiftKey ? -1 : 1;
    return key === 'Escape' && inside ? 0 : null;
  }

  /** @param anew for something else; else what is found now of the same */
  private search(anew: boolean): void {
    this.stopTurn();
    const hits = this.finder.search(this.rows);
    if (hits === null) {
      this.turn = setTimeout(() => {
        this.search(anew);
      });
      return;
    }
    this.hits = hits;
    if (anew) {
      this.current = this.nearest();
      this.show();
    } else {
      if (this.hitOf(this.current) === undefined) this.current = this.nearest();
      this.paint();
    }
  }

  /** The first match from the anchor on, else the last one before it. */
  private nearest(): MatchPlace | null {
    const from = this.rows.findIndex(({ key }) => key === this.anchor);
    const after = this.hits.find(({ at }) => at >= from);
    const hit = after ?? this.hits.at(-1);
    return hit === undefined ? null : { key: hit.key, index: after ? 0 : hit.count - 1 };
  }

  private move(by: 1 | -1): void {
    const hit = this.hitOf(this.current);
    if (this.current === null || hit === undefined) return;
    const index = this.current.index + by;
    if (index >= 0 && index < hit.count) this.current = { key: hit.key, index };
    else {
      const place = (this.hits.indexOf(hit) + by + this.hits.length) % this.hits.length;
      const next = this.hits[place] ?? hit;
      this.current = { key: next.key, index: by > 0 ? 0 : next.count - 1 };
    }
    this.anchor = this.current.key;
    this.show();
  }

  /** Brings the current match into sight, and says which it is. */
  private show(): void {
    const { current } = this;
    if (current !== null) this.list.bringIntoSight(current.key);
    this.isGoing = true;
    this.paint();
    const place = this.place();
    const excerpt = place === null ? '' : this.finder.excerpt(place);
    this.context.announcer.say([this.words(), excerpt].filter((part) => part !== '').join('. '));
  }

  /** Colours what is found and is drawn; goes to the current match, should that be wanted still. */
  private paint(): void {
    const { pattern } = this.finder;
    setText(this.count, this.words());
    this.element.classList.toggle('none', pattern !== null && this.hits.length === 0);
    if (pattern === null) {
      this.highlight.clear();
      return;
    }
    const range = this.highlight.paint(pattern, this.place(), this.isGoing);
    if (range === null || !this.isGoing) return;
    this.isGoing = false;
    scrollToRange(range, this.list.element);
  }

  private words(): string {
    const { t } = this.context;
    if (this.finder.pattern === null) return '';
    const hit = this.hitOf(this.current);
    if (this.current === null || hit === undefined) return t('view.find.none');
    let before = 0;
    let count = 0;
    for (const each of this.hits) {
      if (each.at < hit.at) before += each.count;
      count += each.count;
    }
    return t('view.find.place', { place: before + this.current.index + 1, count });
  }

  private place(): PartPlace | null {
    const { current } = this;
    const row = this.rows.find(({ key }) => key === current?.key);
    return current && row ? this.finder.place(row, current.index) : null;
  }

  private hitOf(match: MatchPlace | null): Hit | undefined {
    return match === null
      ? undefined
      : this.hits.find(({ key, count }) => key === match.key && match.index < count);
  }

  private stopTurn(): void {
    if (this.turn !== null) clearTimeout(this.turn);
    this.turn = null;
  }
}

/** Ctrl+F, on macOS Cmd+F, wherever the key with that letter is. */
function isFindKey(event: KeyboardEvent, isMac: boolean): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey, key, code } = event;
  if (altKey || shiftKey || (isMac ? ctrlKey || !metaKey : metaKey || !ctrlKey)) return false;
  return key.toLowerCase() === 'f' || code === 'KeyF';
}
