import { centre } from './centre';
import { h } from './dom';
import { DrawnRows } from './drawnRows';
import { Heights } from './heights';
import { listItems } from './listItems';
import { ListWindow } from './listWindow';
import { NewMessagesButton } from './newMessagesButton';
import type { RowActions } from './rowElement';
import { RowFocus } from './rowFocus';
import { ScrollKeeper, type Anchor } from './scrollKeeper';
import { SeenTracker } from './seenTracker';
import { changesOf, type ShownConversation } from './shownConversation';
import { TypingRow } from './typingRow';
import type { ViewContext } from './viewContext';
import type { ViewMemory } from './viewMemory';
import { warmUpRows } from './warmUpRows';

/** Farther than this (CSS pixels) from where it was put, a row has been scrolled. */
const SLIP = 2;

export interface ListCalls extends Pick<RowActions, 'reply'> {
  /** Somebody goes where rows may be that are still to be read: they are read now. */
  readAll(): void;
}

/** The rows of a conversation, in a box that scrolls. */
export class ConversationList {
  readonly element: HTMLElement;
  private readonly box: HTMLElement;
  private readonly drawn: DrawnRows;
  private readonly window: ListWindow;
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
  private conversation: ShownConversation | null = null;
  private newestOfPeer: string | null = null;
  /** Where one came back to, until one goes elsewhere. */
  private back: Anchor | null = null;

  constructor(
    private readonly context: ViewContext,
    private readonly memory: ViewMemory,
    private readonly calls: ListCalls,
  ) {
    const { t } = context;
    const log = h('div', {
      class: 'log',
      attrs: { role: 'log', 'aria-label': t('view.conversation'), 'aria-live': 'off' },
    });
    this.typing = new TypingRow(context);
    const content = h('div', { class: 'scroll-content' }, log, this.typing.element);
    const box = (this.box = h('div', { class: 'scroll-box' }, content));
    this.newMessages = new NewMessagesButton(context, () => {
      this.toEnd();
    });
    this.element = h('div', { class: 'list' }, box, this.newMessages.element);
    const heights = new Heights();
    this.drawn = new DrawnRows(log, heights, context, {
      reply: calls.reply,
      reveal: (key) => {
        this.reveal(key);
      },
      formDraft: this.formDraft,
    });
    this.window = new ListWindow(box, log, this.drawn, heights, context.formats, {
      isFollowing: () => this.scroll.isFollowing,
      drawn: () => {
        this.onDrawn();
      },
    });
    this.scroll = new ScrollKeeper(box, content, {
      toEnd: () => {
        this.toEnd();
      },
      moved: () => {
        this.onMoved();
      },
      settled: () => {
        this.rememberPlace();
      },
    });
    // What one unfolds is read from where it goes on, not from its end.
    log.addEventListener(
      'click',
      ({ target }) => {
        if (target instanceof Element && target.closest('.fold-buttons')) this.scroll.release();
      },
      { capture: true },
    );
    this.seen = new SeenTracker(box, context.post);
    this.focus = new RowFocus(log, {
      reply: calls.reply,
      go: (key, move) => this.go(key, move),
    });
  }

  /** Draws a message of each side, and takes them away. For a list that nobody sees yet. */
  warmUp(): void {
    const items = listItems(warmUpRows(this.context.now()), this.context.formats, {
      rows: [],
      items: [],
    });
    const range = { first: 0, end: items.length };
    this.drawn.draw({ items, range, answerKeys: null, before: 0, setSize: null });
    this.drawn.measure();
    this.drawn.clear();
  }

  update(conversation: ShownConversation): void {
    const before = this.conversation;
    this.conversation = conversation;
    const first = before === null;
    const following = first || this.scroll.isFollowing;
    this.typing.update(conversation.typing);
    if (first) {
      this.takeRows(conversation);
      this.restorePlace(conversation.key);
    } else if (before.rows !== conversation.rows) {
      this.takeRows(conversation);
      // Who writes wants to see what he wrote.
      if (following || hasNewOwn(before, conversation)) this.toEnd();
      else this.window.fill();
    }
    this.newMessages.update(conversation, this.scroll.isFollowing);
  }

  /** Lets go what was of a conversation. */
  clear(): void {
    this.conversation = null;
    this.drawn.clear();
    this.seen.clear();
  }

  /** The row that Tab leads to. */
  get focusStop(): HTMLElement | null {
    return this.focus.stop;
  }

  /** Goes to the newest message. */
  toEnd(): void {
    this.window.drawEnd();
    this.scroll.toEnd();
  }

  /** Brings a row into sight, wherever it is. The focus stays where it is. */
  bringIntoSight(key: string): HTMLElement | null {
    this.calls.readAll();
    this.scroll.release();
    const element = this.window.show(key);
    if (element === null) return null;
    centre(element, this.box);
    this.window.fill();
    return element;
  }

  /** Brings a row into sight and gives it the focus. */
  reveal(key: string): void {
    const element = this.bringIntoSight(key);
    if (element === null) return;
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

  /** Presses the answer at `index` of the newest open set; false when there is none. */
  pressAnswer(index: number): boolean {
    this.calls.readAll();
    const key = this.window.openAnswers;
    const row = this.conversation?.rows.findLast((it) => it.key === key);
    if (row?.kind !== 'message' || row.answers[index] === undefined) return false;
    if (this.drawn.element(row.key) === null) this.reveal(row.key);
    this.drawn.pressAnswer(row.key, index);
    return true;
  }

  /** Keeps where one is: the page may be gone in a moment. */
  rememberPlace(): void {
    if (this.conversation === null) return;
    const anchor = this.scroll.anchor(() => this.drawn.elements);
    this.memory.update(this.conversation.key, { anchor });
  }

  dispose(): void {
    this.window.dispose();
    this.drawn.dispose();
    this.scroll.dispose();
    this.seen.dispose();
  }

  private takeRows({ rows, missing }: ShownConversation): void {
    this.newestOfPeer =
      rows.findLast((row) => row.kind === 'message' && row.author !== 'client')?.key ?? null;
    this.window.update(rows, missing);
  }

  private go(key: string, move: Parameters<ListWindow['from']>[1]): HTMLElement | null {
    this.calls.readAll();
    const target = this.window.from(key, move);
    if (target === null) return null;
    this.scroll.release();
    return this.window.show(target);
  }

  private restorePlace(conversationKey: string): void {
    const { anchor } = this.memory.of(conversationKey);
    this.back = null;
    if (anchor !== null) this.scroll.release();
    const element = anchor === null ? null : this.window.show(anchor.key);
    if (anchor === null || element === null) {
      this.toEnd();
      return;
    }
    this.scroll.restore(element, anchor.offset);
    this.back = anchor;
    this.window.fill();
  }

  /** Whole pixels only can be scrolled by, and rows have parts of them: what is drawn above moves it. */
  private holdBack({ key, offset }: Anchor): void {
    const element = this.drawn.element(key);
    if (element === null || Math.abs(this.scroll.distance(element, offset)) > SLIP)
      this.back = null;
    else this.scroll.restore(element, offset);
  }

  private onDrawn(): void {
    if (this.scroll.isFollowing) this.scroll.toEnd();
    else if (this.back !== null) this.holdBack(this.back);
    this.focus.update(() => (this.scroll.isFollowing ? null : this.window.lastInSight()));
    const key = this.newestOfPeer;
    this.seen.update(key, key === null ? null : this.drawn.element(key));
  }

  private onMoved(): void {
    const { conversation } = this;
    if (conversation === null) return;
    this.window.fill();
    this.newMessages.update(conversation, this.scroll.isFollowing);
  }
}

function hasNewOwn(before: ShownConversation, after: ShownConversation): boolean {
  return changesOf(before, after).some(
    (change) =>
      change.before === null && change.row.kind === 'message' && change.row.author === 'client',
  );
}
