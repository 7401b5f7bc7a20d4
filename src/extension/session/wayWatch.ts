// A network can be silent: what is sent into it is swallowed, and no error tells of it. A connection
// that was begun then may stay silent long after the network is back. So while one is being opened,
// the server is asked small questions beside it. Once one of them is answered, the way is open, and
// what began earlier and is silent still was lost on it.

import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';

/** The least time that an opening has before the first question; up to twice that between two, ms. */
const ASK_AFTER = 1_000;
/** So many questions are under way at most: on a slow network, answers take longer than a pause. */
const MOST = 4;

export interface WayParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Resolves when the server answers, whatever it says; rejects when it does not. */
  readonly reach: (signal: AbortSignal) => Promise<void>;
}

export class WayWatch implements Disposable {
  private timer: Disposable | null = null;
  /** Under way, oldest first. */
  private questions: AbortController[] = [];
  private onOpen: (() => void) | null = null;
  private pause = ASK_AFTER;

  constructor(private readonly parts: WayParts) {}

  /**
   * Asks until the way is open, or until disposed of; it can be used again then.
   *
   * @param before how often such an answer was followed by no connection: a server that takes long
   *   to let one in, and not the network, is silent then, and gets more time with each try
   * @param onOpen called once
   */
  watch(before: number, onOpen: () => void): void {
    this.dispose();
    this.onOpen = onOpen;
    this.pause = ASK_AFTER * 2 ** before;
    this.wait();
  }

  /** Does not wait with the next question. */
  askNow(): void {
    if (this.onOpen === null) return;
    if (this.questions.length === MOST) this.questions.shift()?.abort();
    const question = new AbortController();
    this.questions.push(question);
    void this.ask(question.signal);
    this.wait();
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = null;
    for (const question of this.questions) question.abort();
    this.questions = [];
    this.onOpen = null;
  }

  private wait(): void {
    const { clock, random } = this.parts;
    this.timer?.dispose();
    this.timer = clock.schedule(
      () => {
        this.askNow();
      },
      this.pause * (1 + random()),
    );
  }

  private async ask(signal: AbortSignal): Promise<void> {
    try {
      await this.parts.reach(signal);
    } catch {
      return; // the next one may come through
    }
    if (signal.aborted) return;
    const { onOpen } = this;
    this.dispose();
    onOpen?.();
  }
}
