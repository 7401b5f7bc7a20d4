import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import type { UploadsUnderWay } from '../session/upload';

/** Shorter than this an upload is nobody's news outside of the composer, ms. */
const LONG = 5_000;

/** A progress of the window while it is shown. */
export interface ShownProgress {
  report(state: UploadsUnderWay): void;
  close(): void;
}

/** Shows the window's progress for uploads that take long, one for all of them. */
export class UploadWatch implements Disposable {
  private state: UploadsUnderWay | null = null;
  private timer: Disposable | null = null;
  private shown: ShownProgress | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly show: () => ShownProgress,
  ) {}

  /** @param state `null` when nothing is under way */
  update(state: UploadsUnderWay | null): void {
    this.state = state;
    if (state === null) this.dispose();
    else if (this.shown !== null) this.shown.report(state);
    else
      this.timer ??= this.clock.schedule(() => {
        this.begin();
      }, LONG);
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
