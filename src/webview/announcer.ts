import { h } from './dom';

/** Sentences that stay in the region; a screen reader has long spoken what is older. */
const KEPT = 20;

/**
 * Speaks to a screen reader. Each sentence is a new child, so each is spoken once and in order,
 * however fast they come. The log itself is silent: it is drawn and redrawn.
 */
export class Announcer {
  readonly element = h('div', {
    class: 'sr-only',
    attrs: { 'aria-live': 'polite' },
    data: { part: 'announcer' },
  });

  say(sentence: string): void {
    if (sentence === '') return;
    this.element.append(h('div', {}, sentence));
    while (this.element.childElementCount > KEPT) this.element.firstElementChild?.remove();
  }
}
