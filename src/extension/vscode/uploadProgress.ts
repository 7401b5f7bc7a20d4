import { formatBytes } from '../../shared/formatBytes';
import type { Clock } from '../core/clock';
import { DisposableStore, type Disposable } from '../core/disposable';
import type { ChatSession } from '../session/chatSession';
import type { SessionManager } from '../session/sessionManager';
import type { UploadsUnderWay } from '../session/upload';
import { localization } from './localization';
import { LateProgress } from './lateProgress';
import { showWindowProgress, type ProgressWords } from './windowProgress';

/** Shorter than this an upload is nobody's news outside of the composer, ms. */
const LONG = 5_000;

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
      session.composer.uploads.cancelAll();
    };
    const progress = this.session.add(
      new LateProgress(this.clock, LONG, () => showWindowProgress(describe, cancel)),
    );
    this.session.add(
      session.composer.uploads.onDidChange((state) => {
        progress.update(state);
      }),
    );
  }
}

/** "Uploading recording.wav: 3 of 12 MB" */
function describe({ names, sentBytes, size }: UploadsUnderWay): ProgressWords {
  const { t, language } = localization();
  const [name = ''] = names;
  const what =
    names.length === 1
      ? t('host.upload.one', { name })
      : t('host.upload.many', { count: names.length });
  const [sent, all] = [formatBytes(sentBytes, language), formatBytes(size, language)];
  return {
    message: `${what}: ${t('host.upload.progress', { sent, size: all })}`,
    percent: (100 * sentBytes) / Math.max(1, size),
  };
}
