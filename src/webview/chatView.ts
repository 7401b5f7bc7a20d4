import type { MessageRow } from '../shared/conversation';
import { Composer } from './composer';
import { ConversationList } from './conversationList';
import { h, setHidden } from './dom';
import { failure } from './failure';
import { FindBar } from './findBar';
import { FocusGuard } from './focusGuard';
import { Header } from './header';
import { answerKeyIndex, isTextEntry, zoneStep } from './keys';
import { Notices } from './notices';
import { Slot } from './slot';
import type { Speech } from './speech';
import type { ViewContext } from './viewContext';
import type { ViewMemory } from './viewMemory';
import type { ViewModel } from './viewStore';
import { welcome } from './welcome';

/** What stands in the middle where there are no messages. */
type Stage = 'welcome' | 'starting' | 'empty' | 'failed' | 'conversation';

/** The whole view, in the language and with the settings of its context. */
export class ChatView {
  private readonly element: HTMLElement;
  private readonly header: Header;
  private readonly notices: Notices;
  private readonly list: ConversationList;
  private readonly composer: Composer;
  private readonly findBar: FindBar;
  private readonly stage: Slot<readonly [Stage, unknown]>;
  private readonly focus: FocusGuard;
  private readonly stop = new AbortController();
  private model: ViewModel | null = null;

  constructor(
    root: HTMLElement,
    private readonly context: ViewContext,
    memory: ViewMemory,
    private readonly speech: Speech,
    readAll: () => void,
  ) {
    this.header = new Header(context);
    this.notices = new Notices(context, (change) => {
      this.focus.around(change);
    });
    this.list = new ConversationList(context, memory, {
      reply: (key) => {
        this.reply(key);
      },
      readAll,
    });
    this.composer = new Composer(context, memory, () => {
      this.list.toEnd();
    });
    this.findBar = new FindBar(context, this.list, () => {
      this.focus.toLast();
    });
    this.list.element.prepend(this.findBar.element);
    this.stage = new Slot({ class: 'stage' }, ([stage]) => this.drawStage(stage));
    this.element = h(
      'div',
      { class: 'chat' },
      this.header.element,
      h('main', {}, this.notices.element, this.list.element, this.stage.element),
      this.composer.element,
      this.composer.dropOverlay,
    );
    root.replaceChildren(this.element);
    const { header, notices, findBar, list, stage, composer } = this;
    this.focus = new FocusGuard(() => [
      { element: header.element },
      { element: notices.element },
      { element: findBar.element, start: () => findBar.input },
      { element: list.element, start: () => list.focusStop },
      { element: stage.element },
      { element: composer.element, start: () => composer.box.element },
    ]);
    this.composer.connected();
    this.listen();
  }

  /** @param whole true for a snapshot, false for a change of it */
  update(model: ViewModel, whole: boolean): void {
    this.focus.around(() => {
      this.draw(model, whole);
    });
  }

  private draw(model: ViewModel, whole: boolean): void {
    const { conversation } = model;
    // What was of another is let go before anything is drawn: the keys may be the same.
    if (this.model?.conversation?.key !== conversation?.key) {
      this.header.clear();
      this.list.clear();
    }
    this.model = model;
    const stage = stageOf(model);
    this.element.dataset['stage'] = stage;
    this.header.update(conversation);
    this.notices.update(conversation);
    this.stage.update([stage, stage === 'failed' ? conversation?.problem : null]);
    setHidden(this.list.element, conversation === null || conversation.rows.length === 0);
    setHidden(this.composer.element, conversation === null);
    if (conversation === null) {
      this.findBar.update([]);
      return;
    }
    this.composer.update(conversation, whole);
    this.element.classList.toggle('closed', !this.composer.isWritable);
    // Before the list, which measures what it draws: so the page is laid out once for both.
    this.speech.update(conversation, this.context);
    this.list.update(conversation);
    this.findBar.update(conversation.rows);
  }

  /** The host does not answer, or does again. */
  hostLost(lost: boolean): void {
    this.focus.around(() => {
      this.header.hostLost(lost);
      this.notices.hostLost(lost);
      this.composer.hostLost(lost);
    });
  }

  /** Draws what nobody sees, and takes it away: then the engine is ready for what is to be seen. */
  warmUp(): void {
    this.list.warmUp();
  }

  /** Takes the focus over from the view that stood here before. */
  takeFocus(): void {
    this.focus.toLast();
  }

  focusComposer(): void {
    if (this.model?.conversation !== null) this.composer.focus();
  }

  showMessage(key: string): void {
    this.list.reveal(key);
  }

  /** Opens the bar that finds in the conversation. */
  find(): void {
    this.findBar.open();
  }

  dispose(): void {
    this.stop.abort();
    this.findBar.dispose();
    this.composer.dispose();
    this.list.dispose();
    this.notices.dispose();
    this.header.clear();
  }

  private listen(): void {
    const { signal } = this.stop;
    const save = (): void => {
      this.composer.saveNow();
      this.list.rememberPlace();
    };
    window.addEventListener('pagehide', save, { signal });
    window.addEventListener('blur', save, { signal });
    document.addEventListener('visibilitychange', save, { signal });
    document.addEventListener(
      'keydown',
      (event) => {
        this.onKey(event);
      },
      { signal },
    );
    this.keepFocus(signal);
  }

  /** A button that goes away by its own press, and a view that is come to by keyboard. */
  private keepFocus(signal: AbortSignal): void {
    let settle = (): void => undefined;
    document.addEventListener(
      'click',
      () => {
        settle = this.focus.hold();
      },
      { signal, capture: true },
    );
    document.addEventListener(
      'click',
      () => {
        settle();
      },
      { signal },
    );
    let isPointing = false;
    const pointing = (now: boolean) => (): void => {
      isPointing = now;
    };
    document.addEventListener('pointerdown', pointing(true), { signal, capture: true });
    document.addEventListener('pointerup', pointing(false), { signal, capture: true });
    document.addEventListener('pointercancel', pointing(false), { signal, capture: true });
    window.addEventListener(
      'focus',
      () => {
        if (!isPointing && document.activeElement === document.body) this.focus.toLast();
      },
      { signal },
    );
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.goesToZone(event) && !this.pressesAnswer(event) && !this.findBar.onKey(event)) return;
    event.preventDefault();
    event.stopPropagation(); // VS Code would also switch editors
  }

  private goesToZone(event: KeyboardEvent): boolean {
    const step = zoneStep(event);
    return step !== null && this.focus.step(step);
  }

  private pressesAnswer(event: KeyboardEvent): boolean {
    const index = answerKeyIndex(event);
    // On macOS Alt+digit types a character: where one types it stays one.
    if (index === null || (this.context.isMac && isTextEntry(event.composedPath()[0])))
      return false;
    return this.list.pressAnswer(index);
  }

  /** Makes the next message an answer to this one. */
  reply(key: string): void {
    const row = this.model?.conversation?.rows.find((candidate) => candidate.key === key);
    if (row?.kind === 'message') this.composer.replyTo(row satisfies MessageRow);
  }

  private drawStage(stage: Stage): readonly Node[] {
    const { t } = this.context;
    const conversation = this.model?.conversation ?? null;
    switch (stage) {
      case 'welcome':
        return [welcome(this.context)];
      case 'starting':
        return [
          h('div', { class: 'centre' }, h('i', { class: 'ring' }), h('p', {}, t('view.starting'))),
        ];
      case 'empty':
        return [h('div', { class: 'centre' }, h('p', { class: 'quiet' }, t('view.empty')))];
      case 'failed':
        return conversation === null ? [] : [failure(conversation, this.context)];
      case 'conversation':
        return [];
    }
  }
}

function stageOf({ conversation }: ViewModel): Stage {
  if (conversation === null) return 'welcome';
  if (conversation.connection === 'failed') return 'failed';
  if (conversation.rows.length > 0) return 'conversation';
  return conversation.connection === 'starting' ? 'starting' : 'empty';
}
