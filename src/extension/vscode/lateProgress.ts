import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';

/** A progress of the window while it is shown. */
export interface ShownProgress<State> {
  report(state: State): void;
  close(): void;
}

/** Shows a progress for what takes long: what is over soon is nobody's news. */
export class LateProgress<State> implements Disposable {
  private state: State | null = null;
  private timer: Disposable | null = null;
  private shown: ShownProgress<State> | null = null;

  /** @param delay from the first update until the progress is shown, ms */
  constructor(
    private readonly clock: Clock,
    private readonly delay: number,
    private readonly show: () => ShownProgress<State>,
  ) {}

  /** @param state `null` when nothing is under way */
  update(state: State | null): void {
    this.state = state;
    if (state === null) this.dispose();
    else if (this.shown !== null) this.shown.report(state);
    else
      this.timer ??= this.clock.schedule(() => {
        this.begin();
      }, this.delay);
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = null;
    this.shown?.close();
    this.shown = null;
  }

  private begin(): void {
    if (this.state === null) return;
    this.shown = this.show();
    this.shown.report(this.state);
  }
}
