import * as vscode from 'vscode';
import type { ShownProgress } from './lateProgress';

/** What a progress says of a state. */
export interface ProgressWords {
  readonly message: string;
  /** 0 to 100; `null` when nobody knows how much there will be. */
  readonly percent: number | null;
}

/** Shows a progress in the window's corner, where it can be given up. */
export function showWindowProgress<State>(
  describe: (state: State) => ProgressWords,
  cancel: () => void,
  title?: string,
): ShownProgress<State> {
  let close = (): void => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  let words: ProgressWords | null = null;
  // VS Code asks for the first report a moment after the progress was opened.
  let report = (): void => undefined;
  const location = vscode.ProgressLocation.Notification;
  const options = { location, cancellable: true, ...(title !== undefined && { title }) };
  void vscode.window.withProgress(options, (progress, cancelled) => {
    cancelled.onCancellationRequested(cancel);
    let percent = 0;
    report = () => {
      if (words === null) return;
      // The bar never goes back, also when what has arrived leaves the sum.
      const now = Math.max(percent, words.percent ?? 0);
      progress.report({ message: words.message, increment: now - percent });
      percent = now;
    };
    report();
    return closed;
  });
  return {
    report: (state) => {
      words = describe(state);
      report();
    },
    close: () => {
      close();
    },
  };
}
