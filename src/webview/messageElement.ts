import type { JsonValue, MessageRow, Quote, Row } from '../shared/conversation';
import { ActionsCard } from './actionsCard';
import { Answers } from './answers';
import { attachment } from './attachment';
import { avatar } from './avatar';
import { deliveryMark } from './deliveryMark';
import { h, setAttribute, setChildren } from './dom';
import { messageBody, spokenText, type Body } from './messageBody';
import { messageFate, type Fate } from './messageFate';
import { peerName } from '../shared/peerName';
import type { RowActions, RowElement, RowPlace } from './rowElement';
import { rowToolbar } from './rowToolbar';
import { Slot } from './slot';
import type { ViewContext } from './viewContext';

/** UTF-16 units of a quote that are shown. */
const QUOTE_LENGTH = 200;

type Head = Pick<MessageRow, 'author' | 'authorName' | 'avatar' | 'at'> | null;
type Meta = Pick<MessageRow, 'delivery' | 'at'>;

/** One message on the page. */
export class MessageElement implements RowElement {
  readonly element: HTMLElement;
  private readonly head: Slot<Head>;
  private readonly quote: Slot<Quote | null>;
  private readonly body: Slot<Body>;
  private readonly files: Slot<MessageRow['attachments']>;
  private readonly data: Slot<readonly JsonValue[]>;
  private card: ActionsCard | null = null;
  private readonly meta: Slot<Meta>;
  private readonly fate: Slot<Fate>;
  private readonly bubble = h('div', { class: 'bubble' });
  private answers: Answers | null = null;
  private toolbar: HTMLElement | null = null;

  constructor(
    private row: MessageRow,
    private readonly actions: RowActions,
    private readonly context: ViewContext,
  ) {
    this.head = new Slot({ class: 'head' }, (head, onGone) =>
      head === null || head.author === 'client'
        ? []
        : [
            avatar(head.author, head.avatar, context, onGone),
            h('bdi', { class: 'name' }, peerName(head.author, head.authorName, context.t)),
            this.time(head.at),
          ],
    );
    this.quote = new Slot({ class: 'quote-place' }, (quote) =>
      quote === null ? [] : [this.quoteNode(quote)],
    );
    this.body = new Slot({ class: 'body', data: { part: 'body' } }, (body) =>
      messageBody(body, row.key, context),
    );
    this.files = new Slot({ class: 'files' }, (files, onGone) =>
      files.map((file) => attachment(file, context, onGone)),
    );
    this.data = new Slot({}, (data) => {
      const host = { messageKey: row.key, draft: actions.formDraft };
      this.card = data.length === 0 ? null : new ActionsCard(data, host, context);
      return this.card === null ? [] : [this.card.element];
    });
    this.meta = new Slot({ class: 'meta' }, ({ delivery, at }) =>
      delivery === null ? [] : [this.time(at), deliveryMark(delivery, context)],
    );
    this.fate = new Slot({ class: 'fate' }, (fate) => messageFate(fate, context));
    this.element = h('article', {
      class: 'row message',
      // Said aloud too: people's tools may look for the attribute.
      attrs: { role: 'article' },
      data: { messageId: row.key, author: row.author, vscodeContext: contextOf(row.key) },
    });
    for (const event of ['pointerenter', 'focusin'])
      this.element.addEventListener(event, () => {
        this.showToolbar();
      });
  }

  update(row: Row, place: RowPlace): void {
    if (row.kind !== 'message') return;
    this.row = row;
    const { t, formats } = this.context;
    const author = peerName(row.author, row.authorName, t);
    const name = t('view.message.name', { author, time: formats.dateTime(row.at) });
    setAttribute(this.element, 'aria-label', name);
    setAttribute(this.element, 'data-delivery', row.delivery);
    this.element.classList.toggle('starts-run', place.startsRun);
    const { author: kind, authorName, avatar: picture, at } = row;
    this.head.update(place.startsRun ? { author: kind, authorName, avatar: picture, at } : null);
    this.quote.update(row.quote);
    this.updateBody();
    this.files.update(row.attachments);
    this.data.update(row.actions);
    this.card?.update(row.answersOpen);
    this.meta.update({ delivery: row.delivery, at });
    const { key, delivery, problem, waitsUntil } = row;
    this.fate.update({ key, delivery, problem, waitsUntil });
    this.updateAnswers(row, place);
    this.arrange();
  }

  pressAnswer(index: number): void {
    this.answers?.press(index);
  }

  dispose(): void {
    for (const slot of [this.head, this.files]) slot.dispose();
  }

  private updateAnswers(row: MessageRow, { hasAnswerKeys }: RowPlace): void {
    const state = { row, hasKeys: hasAnswerKeys };
    if (this.answers?.fits(row) === true) {
      this.answers.update(state);
      return;
    }
    this.answers = row.answers.length === 0 ? null : new Answers(state, this.context);
  }

  /** Only what shows something is on the page: each empty place would be styled, in each message. */
  private arrange(): void {
    const { head, quote, body, files, data, meta, fate } = this;
    const shown = (
      ...slots: readonly Pick<Slot<unknown>, 'element' | 'isEmpty'>[]
    ): readonly Node[] => slots.filter(({ isEmpty }) => !isEmpty).map(({ element }) => element);
    setChildren(this.bubble, shown(quote, body, files, data));
    setChildren(this.element, [
      ...shown(head),
      this.bubble,
      ...(this.answers === null ? [] : [this.answers.element]),
      ...shown(meta, fate),
      ...(this.toolbar === null ? [] : [this.toolbar]),
    ]);
  }

  private time(at: number): HTMLElement {
    const { formats } = this.context;
    const attrs = { datetime: new Date(at).toISOString(), title: formats.dateTime(at) };
    return h('time', { class: 'quiet', attrs }, formats.time(at));
  }

  private quoteNode({ messageKey, text }: Quote): HTMLElement {
    const words = spokenText(text, QUOTE_LENGTH);
    const name = this.context.t('view.message.quoteOf', { text: words });
    if (messageKey === null)
      return h('blockquote', { class: 'quote', attrs: { 'aria-label': name, dir: 'auto' } }, words);
    return h(
      'button',
      {
        class: 'quote',
        attrs: { 'aria-label': name, dir: 'auto' },
        onClick: () => {
          this.actions.reveal(messageKey);
        },
      },
      words,
    );
  }

  private updateBody(): void {
    const { key, text } = this.row;
    this.body.update({ text, raw: this.context.reading.raw.has(key) });
  }

  /** Made when first needed: most messages are never hovered. */
  private showToolbar(): void {
    if (this.toolbar !== null) return;
    const showRaw = (raw: boolean): void => {
      const { reading } = this.context;
      if (raw) reading.raw.add(this.row.key);
      else reading.raw.delete(this.row.key);
      this.updateBody();
      this.arrange(); // of some texts nothing is drawn but the raw one
    };
    this.toolbar = rowToolbar(() => this.row, { ...this.actions, showRaw }, this.context);
    this.element.append(this.toolbar);
  }
}

/** What the commands of VS Code's context menu learn of the message it is opened on. */
function contextOf(messageKey: string): string {
  return JSON.stringify({ webviewSection: 'message', messageKey });
}
