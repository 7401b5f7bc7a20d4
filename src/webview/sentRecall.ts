import type { Row } from '../shared/conversation';
import type { TextBox } from './toolkit';

/** Up in an empty composer brings back what was sent, further back each time; Down goes forth. */
export class SentRecall {
  private rows: readonly Row[] = [];
  /** How many messages back; 0 is none. */
  private back = 0;
  /** What it has put into the box. */
  private recalled = '';

  constructor(private readonly box: TextBox) {}

  update(rows: readonly Row[]): void {
    this.rows = rows;
  }

  /** Whether the key was one for this, and the box has changed. */
  handle(event: KeyboardEvent): boolean {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step === undefined || hasModifier(event)) return false;
    const { text } = this.box;
    if (text !== this.recalled) this.back = 0; // it is the person's own
    if (this.back === 0 && text !== '') return false;
    const sent = this.sentTexts();
    const back = this.back + step;
    if (back < 0 || back > sent.length) return false;
    event.preventDefault();
    this.back = back;
    this.recalled = back === 0 ? '' : (sent.at(-back) ?? '');
    this.box.text = this.recalled;
    return true;
  }

  private sentTexts(): readonly string[] {
    return this.rows.flatMap((row) =>
      row.kind === 'message' && row.author === 'client' && row.text !== '' ? [row.text] : [],
    );
  }
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
}
