import type { ConversationView, Row } from '../shared/conversation';
import { h, setChildren, setText } from './dom';
import { HappeningElement } from './happeningElement';
import { listItems, type ListItem } from './listItems';
import { MessageElement } from './messageElement';
import { NewMessagesButton } from './newMessagesButton';
import type { RowActions, RowElement, RowPlace } from './rowElement';
import { RowFocus } from './rowFocus';
import { ScrollKeeper } from './scrollKeeper';
import { SeenTracker } from './seenTracker';
import { TypingRow } from './typingRow';
import type { ViewContext } from './viewContext';
import type { ViewMemory } from './viewMemory';

interface Drawn {
  readonly view: RowElement;
  row: Row;
  place: RowPlace;
}

/** The rows of a conversation, in a box that scrolls. */
export class ConversationList {
  readonly element: HTMLElement;
  private readonly log: HTMLElement;
  private readonly drawn = new Map<string, Drawn>();
  private readonly days = new Map<string, HTMLElement>();
  private readonly scroll: ScrollKeeper;
  private readonly focus: RowFocus;
  private readonly seen: SeenTracker;
  private readonly newMessages: NewMessagesButton;
  private readonly typing: TypingRow;
  private readonly formDraft: RowActions['formDraft'] = {
    read: (key) => {
      const { form } = this.memory.of(this.conversation?.key ?? '');
      return form?.key === key ? form.values : null;
    },
    write: (key, values) => {
      if (this.conversation !== null)
        this.memory.update(this.conversation.key, { form: { key, values } });
    },
  };
  private items: readonly ListItem[] = [];
  private conversation: ConversationView | null = null;

  constructor(
    private readonly context: ViewContext,
    private readonly memory: ViewMemory,
    private readonly actions: Pick<RowActions, 'reply'>,
  ) {
    const { t } = context;
    this.log = h('div', {
      class: 'log',
      attrs: { role: 'log', 'aria-label': t('view.conversation'), 'aria-live': 'off' },
    });
    this.typing = new TypingRow(context);
    const content = h('div', { class: 'scroll-content' }, this.log, this.typing.element);
    const box = h('div', { class: 'scroll-box' }, content);
    this.newMessages = new NewMessagesButton(context, () => {
      this.scroll.toEnd();
    });
    this.element = h('div', { class: 'list' }, box, this.newMessages.element);
    this.scroll = new ScrollKeeper(box, content, () => {
      this.onScroll();
    });
    this.seen = new SeenTracker(box, context.post);
    this.focus = new RowFocus(this.log, actions);
  }

  update(conversation: ConversationView): void {
    const before = this.conversation;
    this.conversation = conversation;
    const first = before?.key !== conversation.key;
    const following = first || this.scroll.isFollowing;
    if (before?.rows !== conversation.rows || first) this.updateRows(conversation, before);
    this.typing.update(conversation.typing);
    if (first) this.restorePlace(conversation.key);
    else if (following) this.scroll.toEnd();
    this.newMessages.update(conversation.rows, this.scroll.isFollowing);
  }

  /** The row that Tab leads to. */
  get focusStop(): HTMLElement | null {
    return this.focus.stop;
  }

  /** Goes to the newest message. */
  toEnd(): void {
    this.scroll.toEnd();
  }

  /** Presses the answer at `index` of the newest open set; false when there is none. */
  pressAnswer(index: number): boolean {
    const item = this.items.findLast((each) => each.kind === 'row' && each.place.hasAnswerKeys);
    if (item?.kind !== 'row' || item.row.kind !== 'message') return false;
    if (item.row.answers[index] === undefined) return false;
    this.drawn.get(item.key)?.view.pressAnswer(index);
    return true;
  }

  dispose(): void {
    for (const { view } of this.drawn.values()) view.dispose();
    this.scroll.dispose();
    this.seen.dispose();
  }

  private updateRows(conversation: ConversationView, before: ConversationView | null): void {
    const { formats, now } = this.context;
    this.items = listItems(conversation.rows, formats, now());
    const kept = new Set(this.items.map(({ key }) => key));
    this.forget(kept);
    setChildren(
      this.log,
      this.items.map((item) => this.draw(item)),
    );
    this.focus.update();
    this.seen.update(newestOfPeer(conversation.rows), (key) => this.drawn.get(key)?.view.element);
    if (before?.key === conversation.key && hasNewOwn(before.rows, conversation.rows))
      this.scroll.toEnd(); // who writes wants to see what he wrote
  }

  private draw(item: ListItem): HTMLElement {
    if (item.kind === 'day') return this.drawDay(item.key, item.label);
    const { key, row, place } = item;
    const old = this.drawn.get(key);
    if (old === undefined) {
      const drawn = { view: this.create(row), row, place };
      drawn.view.update(row, place);
      this.drawn.set(key, drawn);
      return drawn.view.element;
    }
    if (old.row !== row || !samePlace(old.place, place)) {
      old.view.update(row, place);
      old.row = row;
      old.place = place;
    }
    return old.view.element;
  }

  private drawDay(key: string, label: string): HTMLElement {
    const day = this.days.get(key) ?? h('div', { class: 'day' });
    this.days.set(key, day);
    setText(day, label);
    return day;
  }

  private create(row: Row): RowElement {
    const reveal = (key: string): void => {
      this.reveal(key);
    };
    return row.kind === 'message'
      ? new MessageElement(
          row,
          { reply: this.actions.reply, reveal, formDraft: this.formDraft },
          this.context,
        )
      : new HappeningElement(row, this.context);
  }

  private forget(kept: ReadonlySet<string>): void {
    for (const [key, { view }] of this.drawn)
      if (!kept.has(key)) {
        view.dispose();
        this.drawn.delete(key);
      }
    for (const key of this.days.keys()) if (!kept.has(key)) this.days.delete(key);
  }

  private reveal(key: string): void {
    const element = this.drawn.get(key)?.view.element;
    if (element === undefined) return;
    element.scrollIntoView({ block: 'center' });
    this.focus.moveTo(element);
    element.classList.add('revealed');
    element.addEventListener(
      'blur',
      () => {
        element.classList.remove('revealed');
      },
      { once: true },
    );
  }

  private restorePlace(conversationKey: string): void {
    const { anchor } = this.memory.of(conversationKey);
    const element = anchor === null ? undefined : this.drawn.get(anchor.key)?.view.element;
    if (anchor === null || element === undefined) this.scroll.toEnd();
    else this.scroll.restore(element, anchor.offset);
  }

  private onScroll(): void {
    const { conversation } = this;
    if (conversation === null) return;
    this.newMessages.update(conversation.rows, this.scroll.isFollowing);
    const rows = [...this.drawn].map(([key, { view }]) => [key, view.element] as const);
    this.memory.update(conversation.key, { anchor: this.scroll.anchor(rows) });
  }
}

function newestOfPeer(rows: readonly Row[]): string | null {
  return rows.findLast((row) => row.kind === 'message' && row.author !== 'client')?.key ?? null;
}

function hasNewOwn(before: readonly Row[], after: readonly Row[]): boolean {
  const known = new Set(before.map(({ key }) => key));
  return after.some(
    (row) => row.kind === 'message' && row.author === 'client' && !known.has(row.key),
  );
}

function samePlace(a: RowPlace, b: RowPlace): boolean {
  return a.startsRun === b.startsRun && a.hasAnswerKeys === b.hasAnswerKeys;
}
