import { bothTexts } from '../shared/bothTexts';
import type { ConversationView, Draft, DraftStep } from '../shared/conversation';
import type { Intent } from '../shared/intent';
import type { TextBox } from './toolkit';
import type { Sending, ViewMemory } from './viewMemory';

/** How long after a key the draft goes to the host, ms, with what was typed since. */
const SAVE_AFTER = 300;

/**
 * Sees to it that nothing typed is lost.
 *
 * The host keeps the draft; the view owns its text while the person types, and takes the host's
 * only when its version is new, or another view has written into it (of two, one has the focus, and
 * saves as it loses it). What is typed here and not saved yet comes after what is taken. A copy in
 * the view's own memory covers the time until it is saved.
 *
 * What is sent leaves the box at once. Should the host never have got it (it went down at that
 * moment), the next whole state lacks the message: then its text comes back into the box, if that
 * is empty, and what it answers. Should the message turn up after all, both go again.
 */
export class DraftKeeper {
  private conversation: ConversationView | null = null;
  private version = -1;
  /** Counts the person's changes: of two copies of a text, it tells which is older. */
  private edit = 0;
  /** The last change that the host has, or will have, as far as we know; and the text with it. */
  private saved = 0;
  private savedText = '';
  private timer: ReturnType<typeof setTimeout> | null = null;
  private sending: readonly Sending[] = [];
  private cameBack: Sending | null = null;

  constructor(
    private readonly box: TextBox,
    private readonly memory: ViewMemory,
    private readonly post: (intent: Intent) => void,
  ) {}

  /** @param whole true for a snapshot: what is not in it, the host does not have */
  update(conversation: ConversationView, whole: boolean): void {
    const before = this.conversation;
    this.conversation = conversation;
    if (before?.key !== conversation.key) this.takeUp(conversation, before === null);
    else if (this.isNews(conversation.composer.draft)) this.adopt(conversation);
    else if (whole) this.saved = editOf(conversation.composer.draft); // what it never got, it never got
    this.settle(conversation, whole);
  }

  /** Whether something was given to the host that neither stands in the conversation nor came back. */
  get isSending(): boolean {
    return this.sending.length > 0;
  }

  /** The text has changed by the person's hand. */
  noteInput(): void {
    this.edit += 1;
    this.remember();
    this.timer ??= setTimeout(() => {
      this.flush();
    }, SAVE_AFTER);
  }

  /** Empties the box for a message that goes out under `key`. @returns which change that is */
  noteSend(key: string, replyTo: string | null): DraftStep {
    this.edit += 1;
    this.stopTimer();
    this.sending = [...this.sending, { key, text: this.box.text, replyTo }];
    this.box.text = '';
    this.remember();
    return this.step();
  }

  /** The host is gone: what it has not shown comes back into the box. */
  bringBack(): void {
    if (this.conversation !== null) this.settle(this.conversation, true);
  }

  /** Saves now what waits to be saved: the view may be gone in a moment. */
  flush(): void {
    this.remember();
    if (this.timer === null) return;
    this.stopTimer();
    this.post({ type: 'saveDraft', text: this.box.text, ...this.step() });
  }

  dispose(): void {
    this.flush();
  }

  /** The host gets the text as it is now. */
  private step(): DraftStep {
    const after = this.saved;
    this.saved = this.edit;
    this.savedText = this.box.text;
    return { edit: this.edit, after };
  }

  private isNews(draft: Draft): boolean {
    return draft.version !== this.version || editOf(draft) > this.saved;
  }

  /** Another conversation: what is being typed and nobody has saved goes along with the person. */
  private takeUp(conversation: ConversationView, isFirst: boolean): void {
    const { draft } = conversation.composer;
    const remembered = this.memory.of(conversation.key);
    const unsaved = this.timer !== null && !isFirst ? this.box.text : '';
    // VS Code may bring an older copy back after a reload.
    const edit = editOf(draft);
    const isNewer = remembered.version === draft.version && remembered.edit >= edit;
    this.edit = Math.max(edit, remembered.edit);
    this.version = draft.version;
    this.saved = edit;
    this.savedText = draft.text;
    this.sending = remembered.sending;
    this.cameBack = null;
    this.box.text = isNewer ? remembered.text : draft.text;
    if (isNewer) this.box.selection = [remembered.selectionStart, remembered.selectionEnd];
    if (this.box.text === '' && unsaved !== '') this.box.text = unsaved;
    if (this.box.text !== draft.text) this.noteInput();
    this.remember(); // a tab is known by it after a reload
  }

  private adopt(conversation: ConversationView): void {
    const { draft } = conversation.composer;
    const { text } = this.box;
    const typed = this.timer === null ? '' : text;
    this.stopTimer();
    this.version = draft.version;
    this.saved = Math.max(this.saved, editOf(draft));
    this.edit = Math.max(this.edit, this.saved);
    this.box.text = typed.startsWith(this.savedText)
      ? draft.text + typed.slice(this.savedText.length)
      : bothTexts(draft.text, typed);
    this.savedText = draft.text;
    if (this.box.text !== draft.text) this.noteInput();
    // What the host gives back is not lost, even if the person deletes it now.
    this.sending = this.sending.filter(({ text, replyTo }) => {
      const isBack = draft.text.includes(text);
      if (isBack && replyTo) this.memory.update(conversation.key, { replyTo });
      return !isBack;
    });
    this.remember();
  }

  private settle(conversation: ConversationView, whole: boolean): void {
    if (this.sending.length === 0 && this.cameBack === null) return;
    const known = new Set(conversation.rows.map(({ key }) => key));
    const missing = this.sending.filter(({ key }) => !known.has(key));
    const { cameBack } = this;
    if (cameBack !== null && known.has(cameBack.key)) {
      if (this.box.text === cameBack.text) this.giveBack('', null);
      this.cameBack = null;
    }
    const lost =
      whole && this.box.text === '' ? missing.find(({ text }) => text !== '') : undefined;
    if (lost !== undefined) {
      this.giveBack(lost.text, lost.replyTo);
      this.cameBack = lost;
      this.noteInput();
    }
    this.sending = missing.filter((sending) => sending !== lost);
    this.remember();
  }

  private giveBack(text: string, replyTo: string | null): void {
    this.box.text = text;
    if (this.conversation) this.memory.update(this.conversation.key, { replyTo });
  }

  private remember(): void {
    if (this.conversation === null) return;
    const [selectionStart, selectionEnd] = this.box.selection;
    this.memory.update(this.conversation.key, {
      text: this.box.text,
      version: this.version,
      edit: this.edit,
      selectionStart,
      selectionEnd,
      sending: this.sending,
    });
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

function editOf({ edit = 0 }: Draft): number {
  return edit;
}
