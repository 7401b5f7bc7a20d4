import type { ConversationView, MessageRow } from '../shared/conversation';
import type { Problem } from '../shared/problem';
import { problemText } from '../shared/problemText';
import { displayName } from '../shared/displayName';
import { h, setHidden, setText } from './dom';
import { DraftKeeper } from './draftKeeper';
import { FileIntake } from './fileIntake';
import { PendingFiles } from './pendingFiles';
import { isComposingKey, isSendKey } from './keys';
import { SentRecall } from './sentRecall';
import { ReplyBanner } from './replyBanner';
import { iconButton, textBox, textButton, type FrameButton } from './toolkit';
import type { ViewContext } from './viewContext';
import type { ViewMemory } from './viewMemory';

/** Where one writes; after the end, where one starts again. */
export class Composer {
  readonly element: HTMLElement;
  readonly dropOverlay: HTMLElement;
  readonly box;
  private readonly draft: DraftKeeper;
  private readonly reply: ReplyBanner;
  private readonly pending: PendingFiles;
  private readonly intake: FileIntake;
  private readonly recall: SentRecall;
  private readonly send: FrameButton;
  private readonly attach: FrameButton;
  private readonly startAgain: FrameButton;
  private readonly frame: HTMLElement;
  private readonly bar: HTMLElement;
  private readonly keptNote: HTMLElement;
  private readonly elsewhere: HTMLElement;
  private readonly elsewhereKept: HTMLElement;
  private readonly refusal = h('div', { class: 'composer-note refusal' });
  private conversation: ConversationView | null = null;
  private isHostLost = false;
  /** Attachments of messages that are being sent: should one not go, they wait here still. */
  private gone: readonly string[] = [];

  constructor(
    private readonly context: ViewContext,
    memory: ViewMemory,
    /** Called when a message has been given to the host. */
    private readonly onSent: () => void,
  ) {
    const { t, post } = context;
    this.box = textBox(t('view.composer.placeholder'));
    this.draft = new DraftKeeper(this.box, memory, post);
    this.reply = new ReplyBanner(context, memory);
    this.pending = new PendingFiles(context);
    this.recall = new SentRecall(this.box);
    this.intake = new FileIntake(
      context,
      () => this.isOpen(),
      (name, problem) => {
        this.showRefusal(name, problem);
      },
    );
    this.dropOverlay = this.intake.overlay;
    this.attach = iconButton(
      'attach',
      t('view.composer.attach'),
      t('view.composer.attachHint'),
      () => {
        this.refusal.hidden = true;
        post({ type: 'attachFiles' });
      },
    );
    this.send = iconButton('send', t('view.composer.send'), this.sendHint(), () => {
      this.trySend();
      this.focus();
    });
    this.startAgain = textButton(t('view.ended.startAgain'), 'primary', () => {
      post({ type: 'restartChat' });
    });
    this.startAgain.classList.add('start-again');
    this.elsewhereKept = h('p', {}, t('view.elsewhere.kept'));
    this.elsewhere = h(
      'div',
      { class: 'elsewhere', data: { part: 'elsewhere' } },
      h('p', {}, t('view.elsewhere')),
      this.elsewhereKept,
      textButton(t('view.elsewhere.continue'), 'primary', () => {
        post({ type: 'continueHere' });
      }),
    );
    this.keptNote = h('div', { class: 'composer-note quiet' }, t('view.ended.kept'));
    this.refusal.hidden = true;
    this.refusal.setAttribute('role', 'alert');
    this.bar = h('div', { class: 'composer-bar' }, this.attach, this.send);
    this.frame = this.makeFrame();
    this.element = h(
      'footer',
      { class: 'composer' },
      this.refusal,
      this.frame,
      this.keptNote,
      this.startAgain,
      this.elsewhere,
    );
    this.listen();
  }

  /** To be called once the composer is in the page. */
  connected(): void {
    this.box.setName(this.context.t('view.composer.name'));
  }

  /** @param whole true for a snapshot */
  update(conversation: ConversationView, whole: boolean): void {
    if (conversation.key !== this.conversation?.key) this.refusal.hidden = true;
    this.conversation = conversation;
    this.draft.update(conversation, whole);
    this.reply.update(conversation);
    this.recall.update(conversation.rows);
    if (whole || !this.draft.isSending) this.gone = [];
    const waiting = this.waiting();
    this.pending.update(waiting);
    const open = this.isOpen();
    const kept = this.box.text !== '' || waiting.length > 0;
    const { elsewhere } = conversation;
    setHidden(this.elsewhere, !elsewhere);
    setHidden(this.elsewhereKept, !kept);
    setHidden(this.frame, elsewhere || (!open && !kept));
    this.frame.classList.toggle('over', !open);
    setHidden(this.keptNote, elsewhere || open || !kept);
    const { t } = this.context;
    setText(
      this.startAgain,
      t(conversation.past ? 'view.ended.continue' : 'view.ended.startAgain'),
    );
    setHidden(this.startAgain, elsewhere || !['ended', 'idle'].includes(conversation.connection));
    this.updateSend();
  }

  /** Whether one can write to somebody here. */
  get isWritable(): boolean {
    return this.isOpen() && this.conversation?.elsewhere === false;
  }

  replyTo(row: MessageRow): void {
    if (!this.isWritable) return;
    this.reply.show(row);
    this.focus();
  }

  /** Nothing is given to a host that does not answer: it stays in the box. */
  hostLost(lost: boolean): void {
    this.isHostLost = lost;
    if (lost && this.conversation !== null) {
      this.draft.bringBack();
      this.reply.update(this.conversation);
    }
    this.updateSend();
  }

  focus(): void {
    this.box.element.focus();
  }

  dispose(): void {
    this.draft.dispose();
    this.intake.dispose();
    this.pending.dispose();
  }

  private makeFrame(): HTMLElement {
    return h(
      'div',
      { class: 'composer-frame' },
      this.reply.element,
      this.pending.element,
      this.box.element,
      this.bar,
    );
  }

  private listen(): void {
    this.box.onInput(() => {
      this.refusal.hidden = true;
      this.draft.noteInput();
      this.updateSend();
    });
    const save = (): void => {
      this.draft.flush();
    };
    this.box.element.addEventListener('blur', save);
    this.box.element.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    this.frame.addEventListener('mousedown', (event) => {
      // A click beside the text goes on writing, as in VS Code's own inputs.
      if (event.target !== this.frame && event.target !== this.bar) return;
      event.preventDefault();
      this.focus();
    });
  }

  /** The page may be gone in a moment. */
  saveNow(): void {
    this.draft.flush();
  }

  private onKey(event: KeyboardEvent): void {
    if (isComposingKey(event)) return; // the input method's key, not ours
    if (isSendKey(event, this.context)) {
      event.preventDefault();
      this.trySend();
    } else if (event.key === 'Escape' && this.reply.messageKey !== null) {
      event.preventDefault();
      event.stopPropagation();
      this.reply.show(null);
    } else if (this.recall.handle(event)) {
      this.draft.noteInput();
      this.updateSend();
    }
  }

  private trySend(): void {
    if (!this.canSend()) return;
    const key = crypto.randomUUID();
    const attachmentIds = this.leaving().map(({ id }) => id);
    const replyTo = this.reply.messageKey;
    const { text } = this.box;
    const step = this.draft.noteSend(key, replyTo);
    this.context.post({ type: 'send', key, text, attachmentIds, replyTo, ...step });
    this.reply.show(null);
    this.gone = [...this.gone, ...attachmentIds];
    this.pending.update(this.waiting());
    this.updateSend();
    this.onSent();
  }

  private isOpen(): boolean {
    const connection = this.conversation?.connection;
    return connection === 'starting' || connection === 'online' || connection === 'reconnecting';
  }

  private waiting(): ConversationView['composer']['pending'] {
    const pending = this.conversation?.composer.pending ?? [];
    return pending.filter(({ id }) => !this.gone.includes(id));
  }

  private canSend(): boolean {
    return (
      this.isOpen() &&
      !this.isHostLost &&
      (this.leaving().length > 0 || this.box.text.trim() !== '')
    );
  }

  /** What goes with the next message, which waits for what is still being uploaded. */
  private leaving(): ConversationView['composer']['pending'] {
    return this.waiting().filter(({ state }) => state !== 'failed');
  }

  private updateSend(): void {
    this.send.disabled = !this.canSend();
  }

  private sendHint(): string {
    const { t, settings, isMac } = this.context;
    if (settings.sendOn === 'enter') return t('view.composer.sendEnter');
    return t('view.composer.sendCtrlEnter', { key: isMac ? '⌘' : 'Ctrl' });
  }

  private showRefusal(name: string, problem: Problem): void {
    const words = problemText(problem, this.context.t).message;
    setText(this.refusal, `${displayName(name)}: ${words}`);
    this.refusal.hidden = false;
  }
}
