import * as vscode from 'vscode';
import { formatBytes } from '../../shared/formatBytes';
import type { Clock } from '../core/clock';
import { DisposableStore, type Disposable } from '../core/disposable';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type { UploadsUnderWay } from '../session/upload';
import { localization } from './localization';
import { UploadWatch, type ShownProgress } from './uploadWatch';

/** Long uploads of the current session in the window's corner, where they can be given up. */
export class UploadProgress implements Disposable {
  private readonly lifetime = new DisposableStore();
  private session = this.lifetime.add(new DisposableStore());

  constructor(
    sessions: SessionManager,
    private readonly clock: Clock,
  ) {
    this.lifetime.add(
      sessions.onDidChangeCurrent((session) => {
        this.follow(session);
      }),
    );
    this.follow(sessions.current);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private follow(session: ChatSession | null): void {
    this.lifetime.delete(this.session);
    this.session = this.lifetime.add(new DisposableStore());
    if (session === null) return;
    const cancel = (): void => {
      session.cancelUploads();
    };
    const watch = this.session.add(new UploadWatch(this.clock, () => showProgress(cancel)));
    this.session.add(
      session.onDidChangeUploads((state) => {
        watch.update(state);
      }),
    );
  }
}

function showProgress(cancel: () => void): ShownProgress {
  let close = (): void => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  let state: UploadsUnderWay | null = null;
  // VS Code asks for the first report a moment after the progress was opened.
  let report = (): void => undefined;
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true };
  void vscode.window.withProgress(options, (progress, cancelled) => {
    cancelled.onCancellationRequested(cancel);
    let percent = 0;
    report = () => {
      if (state === null) return;
      // What arrives leaves the sum: the bar never goes back for that.
      const now = Math.max(percent, (100 * state.sentBytes) / Math.max(1, state.size));
      progress.report({ message: words(state), increment: now - percent });
      percent = now;
    };
    report();
    return closed;
  });
  return {
    report: (now) => {
      state = now;
      report();
    },
    close: () => {
      close();
    },
  };
}

/** "Uploading recording.wav: 3 of 12 MB" */
function words({ names, sentBytes, size }: UploadsUnderWay): string {
  const { t, language } = localization();
  const [name = ''] = names;
  const what =
    names.length === 1
      ? t('host.upload.one', { name })
      : t('host.upload.many', { count: names.length });
  const [sent, all] = [formatBytes(sentBytes, language), formatBytes(size, language)];
  return `${what}: ${t('host.upload.progress', { sent, size: all })}`;
}
