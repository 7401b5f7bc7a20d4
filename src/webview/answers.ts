import type { MessageRow } from '../shared/conversation';
import { h, setAttribute } from './dom';
import { icon } from './icons';
import type { ViewContext } from './viewContext';

/** How many answers have a key of their own. */
export const ANSWER_KEYS = 9;

export interface AnswersState {
  readonly row: MessageRow;
  /** True for the one set that Alt+1…9 presses. */
  readonly hasKeys: boolean;
}

/**
 * The answers of one message: a group of buttons with one tab stop, arrows within. A set that is
 * no longer open stays readable, and keeps the focus where it is (hence not `disabled`).
 */
export class Answers {
  readonly element: HTMLElement;
  private readonly buttons: readonly HTMLButtonElement[];
  /** The row in which a button was pressed; until the host answers, more presses are slips. */
  private pressedIn: MessageRow | null = null;
  private state: AnswersState;

  constructor(
    state: AnswersState,
    private readonly context: ViewContext,
  ) {
    this.state = state;
    this.buttons = state.row.answers.map((text, index) => this.button(text, index));
    this.element = h(
      'div',
      { class: 'answers', attrs: { role: 'group', 'aria-label': context.t('view.answers') } },
      ...this.buttons,
    );
    this.element.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    this.update(state);
  }

  update(state: AnswersState): void {
    this.state = state;
    const { row, hasKeys } = state;
    const focused = this.buttons.indexOf(document.activeElement as HTMLButtonElement);
    const stop = Math.max(focused, 0);
    this.buttons.forEach((button, index) => {
      const chosen = row.chosenAnswer === index;
      setAttribute(button, 'aria-disabled', row.answersOpen ? null : 'true');
      setAttribute(button, 'aria-pressed', chosen ? 'true' : null);
      setAttribute(button, 'tabindex', index === stop && row.answersOpen ? '0' : '-1');
      const key = hasKeys && index < ANSWER_KEYS ? `Alt+${index + 1}` : null;
      setAttribute(button, 'aria-keyshortcuts', key);
      setAttribute(button, 'data-key', key === null ? null : this.keyHint(index));
      button.classList.toggle('chosen', chosen);
    });
  }

  /** Whether these buttons are the ones of `row`: the set itself never changes. */
  fits(row: MessageRow): boolean {
    const { answers } = this.state.row;
    return (
      answers.length === row.answers.length &&
      answers.every((text, index) => text === row.answers[index])
    );
  }

  /** Presses the answer at `index`, as a click on it would. */
  press(index: number): void {
    const { row } = this.state;
    if (!row.answersOpen || this.pressedIn === row || row.answers[index] === undefined) return;
    this.pressedIn = row;
    const key = crypto.randomUUID();
    this.context.post({ type: 'pressAnswer', key, messageKey: row.key, index });
  }

  private button(text: string, index: number): HTMLButtonElement {
    return h(
      'button',
      {
        class: 'answer',
        attrs: { dir: 'auto' },
        onClick: () => {
          this.press(index);
        },
      },
      h('span', { class: 'answer-mark', attrs: { 'aria-hidden': 'true' } }, icon('check')),
      h('span', {}, text),
      h('kbd', { attrs: { 'aria-hidden': 'true', dir: 'ltr' } }, this.keyHint(index)),
    );
  }

  private keyHint(index: number): string {
    return this.context.isMac ? `⌥${index + 1}` : `Alt+${index + 1}`;
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.buttons.indexOf(event.target as HTMLButtonElement);
    const to = targetOf(event.key, at, this.buttons.length);
    const button = to === null ? undefined : this.buttons[to];
    if (at < 0 || button === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    button.focus();
    this.update(this.state);
  }
}

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
