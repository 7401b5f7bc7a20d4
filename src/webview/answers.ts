import type { MessageRow } from '../shared/conversation';
import { h, setAttribute, setChildren, setText } from './dom';
import { icon } from './icons';
import type { ViewContext } from './viewContext';

/** How many answers have a key of their own. */
export const ANSWER_KEYS = 9;
/** So many are drawn at first, and by each "Show more". */
const FIRST_PIECE = 50;
const NEXT_PIECE = 200;

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
  private readonly group: HTMLElement;
  private readonly more: HTMLButtonElement;
  /** By the answer's index; endless sets are not drawn whole. */
  private readonly drawn = new Map<number, HTMLButtonElement>();
  private state: AnswersState;

  constructor(
    state: AnswersState,
    private readonly context: ViewContext,
  ) {
    this.state = state;
    const { t } = context;
    this.group = h('div', {
      class: 'answers',
      attrs: { role: 'group', 'aria-label': t('view.answers') },
    });
    this.more = h('button', {
      class: 'link-button',
      onClick: () => {
        this.showMore();
      },
    });
    this.element = h('div', {}, this.group, this.more);
    this.group.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    this.draw(FIRST_PIECE);
    this.update(state);
  }

  update(state: AnswersState): void {
    this.state = state;
    const { row, hasKeys } = state;
    if (row.chosenAnswer !== null && !this.drawn.has(row.chosenAnswer)) this.draw(0);
    const focused = this.buttons().indexOf(document.activeElement as HTMLButtonElement);
    const stop = Math.max(focused, 0);
    [...this.drawn].forEach(([index, button], place) => {
      const chosen = row.chosenAnswer === index;
      setAttribute(button, 'aria-disabled', row.answersOpen ? null : 'true');
      setAttribute(button, 'aria-pressed', chosen ? 'true' : null);
      setAttribute(button, 'tabindex', place === stop && row.answersOpen ? '0' : '-1');
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

  /**
   * Presses the answer at `index`, as a click on it would. The host takes one press of a set: only
   * it knows whether that went, or may be made again.
   */
  press(index: number): void {
    const { row } = this.state;
    if (!row.answersOpen || row.answers[index] === undefined) return;
    const key = crypto.randomUUID();
    this.context.post({ type: 'pressAnswer', key, messageKey: row.key, index });
  }

  /** Draws so many more, and the chosen one wherever it is. */
  private draw(count: number): void {
    const { answers, chosenAnswer } = this.state.row;
    let left = count;
    for (let index = 0; index < answers.length && left > 0; index += 1)
      if (!this.drawn.has(index)) {
        this.drawButton(index);
        left -= 1;
      }
    if (chosenAnswer !== null && !this.drawn.has(chosenAnswer)) this.drawButton(chosenAnswer);
    const inOrder = [...this.drawn].sort(([a], [b]) => a - b);
    this.drawn.clear();
    for (const [index, button] of inOrder) this.drawn.set(index, button);
    setChildren(this.group, this.buttons());
    const rest = answers.length - this.drawn.size;
    this.more.hidden = rest === 0;
    // Only where it is needed: the first number that is written takes 10 ms.
    if (rest > 0) setText(this.more, this.context.t('view.answers.more', { count: rest }));
  }

  private drawButton(index: number): void {
    const text = this.state.row.answers[index];
    if (text !== undefined) this.drawn.set(index, this.button(text, index));
  }

  /** The keyboard goes on with the first of what has come. */
  private showMore(): void {
    const before = new Set(this.buttons());
    this.draw(NEXT_PIECE);
    this.buttons()
      .find((button) => !before.has(button))
      ?.focus();
    this.update(this.state);
  }

  private buttons(): readonly HTMLButtonElement[] {
    return [...this.drawn.values()];
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
    const buttons = this.buttons();
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const to = targetOf(event.key, at, buttons.length);
    const button = to === null ? undefined : buttons[to];
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
