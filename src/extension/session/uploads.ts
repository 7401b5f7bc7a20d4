// Files on their way to TWIN: each is uploaded as soon as it is attached, and sent with a message
// later. A file stays known here until its message is settled or the person takes it away.

import type { Problem } from '../../shared/problem';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import { Emitter, type Event } from '../core/event';
import type { RemoteFile } from '../twin/model';
import type { Cleared } from './cleared';
import type { HostLimits } from './hostLimits';
import type { OutgoingFile } from './outgoingFile';
import { problemOf } from './problemOf';
import type { SessionApi } from './sessionApi';
import type { PassingEvent } from './sessionEvent';
import { isUnderWay, newUpload, underWay, type Upload, type UploadsUnderWay } from './upload';

/** So many files travel at once. */
const PARALLEL = 3;
/** How often the screen is told how much of a file has left, ms. */
const TELL = 100;

/** A file of a message did not arrive. */
export class UploadError extends Error {
  override readonly name = 'UploadError';

  constructor(readonly problem: Problem) {
    super(`A file was not uploaded: ${problem.reason}`);
  }
}

export type UploadedOrLocal = RemoteFile | Cleared<OutgoingFile>;

export interface UploadParts {
  readonly clock: Clock;
  readonly limits: HostLimits;
  readonly upload: SessionApi['uploadFile'];
  /** Where they go. */
  readonly host: string | null;
  readonly apply: (event: PassingEvent) => void;
}

export class Uploads implements Disposable {
  private readonly all = new Map<string, Upload>();
  private readonly waiting = new Set<() => void>();
  private readonly changes = new Emitter<UploadsUnderWay | null>();
  private disposed = false;

  /** Fires when a file sets out, gets on, arrives or does not; `null` when none is under way. */
  readonly onDidChange: Event<UploadsUnderWay | null> = this.changes.event;

  constructor(private readonly parts: UploadParts) {}

  /** Puts a file into the composer and begins to upload it. */
  add(id: string, file: Cleared<OutgoingFile>): void {
    this.all.set(id, newUpload({ id, file }));
    const { name, contentType, size, unsaved } = file;
    this.parts.apply({ type: 'attachmentAdded', id, name, contentType, size, unsaved });
    this.startNext();
  }

  /** Puts a file into the composer; its upload begins with {@link letGo}. */
  hold(id: string, file: Cleared<OutgoingFile>): void {
    this.all.set(id, newUpload({ id, file, state: 'held' }));
    const { name, contentType, size, unsaved } = file;
    const waits = true;
    this.parts.apply({ type: 'attachmentAdded', id, name, contentType, size, unsaved, waits });
  }

  /** Begins to upload what was held. */
  letGo(): void {
    for (const upload of this.all.values()) {
      if (upload.state !== 'held') continue;
      upload.state = 'waiting';
      this.parts.apply({ type: 'attachmentRetried', id: upload.id });
    }
    this.startNext();
  }

  /** Puts a file that TWIN has already into the composer. */
  addReady(id: string, remote: RemoteFile): void {
    this.all.set(id, newUpload({ id, remote, state: 'ready' }));
    const { name, contentType, size } = remote;
    this.parts.apply({
      type: 'attachmentAdded',
      id,
      name,
      contentType: contentType ?? '',
      size: size ?? 0,
      unsaved: false,
    });
    this.parts.apply({ type: 'attachmentReady', id, file: remote });
  }

  /** Puts what has left the composer with a message back into it. */
  putBack(id: string): boolean {
    const upload = this.all.get(id);
    if (upload === undefined) return false;
    const { remote, file, problem } = upload;
    const { name, contentType, size } = file ?? remote ?? { name: '', contentType: '', size: 0 };
    this.parts.apply({
      type: 'attachmentAdded',
      id,
      name,
      contentType: contentType ?? '',
      size: size ?? 0,
      unsaved: file?.unsaved === true,
    });
    if (remote !== null) this.parts.apply({ type: 'attachmentReady', id, file: remote });
    if (problem !== null) this.parts.apply({ type: 'attachmentFailed', id, problem });
    return true;
  }

  retry(id: string): void {
    const upload = this.all.get(id);
    if (upload?.state !== 'failed') return;
    upload.state = 'waiting';
    upload.problem = null;
    upload.sentBytes = 0;
    upload.insisted = true;
    this.parts.apply({ type: 'attachmentRetried', id });
    this.startNext();
  }

  remove(id: string): void {
    this.all.get(id)?.abort?.abort();
    this.all.delete(id);
    this.parts.apply({ type: 'attachmentRemoved', id });
    this.changed();
  }

  /** Gives up what is under way; each can be tried again. */
  cancelAll(): void {
    for (const upload of this.all.values()) {
      if (!isUnderWay(upload)) continue;
      upload.abort?.abort();
      this.failed(upload, { ...UPLOAD_STOPPED, reason: 'cancelled' });
    }
    this.changed();
  }

  /** The file has left the composer with a message; its upload goes on. */
  detach(id: string): void {
    this.parts.apply({ type: 'attachmentRemoved', id });
  }

  /** The message is settled: its files need not be kept. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.all.delete(id);
  }

  /** As far as it is known now: without an id while it is under way. `null` for an unknown id. */
  remoteFile(id: string): RemoteFile | null {
    const upload = this.all.get(id);
    if (!upload?.file || upload.remote) return upload?.remote ?? null;
    const { name, contentType, size } = upload.file;
    return { id: null, name, contentType, size, url: null };
  }

  /** The file on this side, also once TWIN has it. */
  localFile(id: string): OutgoingFile | null {
    return this.all.get(id)?.file ?? null;
  }

  /**
   * The file as it can be attached in another session: what TWIN has, else what the person chose.
   *
   * @param host where that session is: another host does not have what this one has
   */
  content(id: string, host = this.parts.host): UploadedOrLocal | null {
    const { remote = null, file = null } = this.all.get(id) ?? {};
    return host === this.parts.host ? (remote ?? file) : (file ?? remote);
  }

  /**
   * Waits for files to arrive.
   *
   * @throws UploadError when one of them has failed or is gone
   */
  async arrived(ids: readonly string[]): Promise<readonly RemoteFile[]> {
    for (;;) {
      const uploads = ids.map((id) => this.all.get(id));
      const lost = uploads.includes(undefined);
      const failed = uploads.find((upload) => upload?.state === 'failed');
      if (lost || failed !== undefined) throw new UploadError(failed?.problem ?? UPLOAD_STOPPED);
      const remote = uploads.flatMap((upload) => upload?.remote ?? []);
      if (remote.length === ids.length) return remote;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const upload of this.all.values()) upload.abort?.abort();
    this.all.clear();
    this.changed();
    this.changes.dispose();
  }

  private startNext(): void {
    const running = [...this.all.values()].filter((upload) => upload.state === 'running').length;
    const waiting = [...this.all.values()].filter((upload) => upload.state === 'waiting');
    for (const upload of waiting.slice(0, PARALLEL - running)) void this.run(upload);
  }

  private async run(upload: Upload): Promise<void> {
    const { id, file } = upload;
    if (file === null) return;
    const abort = new AbortController();
    upload.state = 'running';
    upload.abort = abort;
    this.changes.fire(underWay(this.all.values()));
    const isCurrent = (): boolean => !this.disposed && upload.abort === abort;
    try {
      this.refuseKnown(upload, file);
      const onProgress = this.teller(upload, isCurrent);
      const remote = await this.parts.upload(file, { signal: abort.signal, onProgress });
      if (!isCurrent()) return;
      this.parts.limits.noteTaken(this.parts.host, file.size);
      upload.state = 'ready';
      upload.remote = remote;
      this.parts.apply({ type: 'attachmentReady', id, file: remote });
    } catch (error) {
      if (isCurrent()) this.failed(upload, this.problemOf(error, file));
    } finally {
      this.changed();
      if (!this.disposed) this.startNext();
    }
  }

  /** @throws UploadError for a file of which it is known beforehand that it will not be taken */
  private refuseKnown({ insisted }: Upload, { size }: OutgoingFile): void {
    if (size === 0) throw new UploadError({ ...UPLOAD_STOPPED, reason: 'emptyFile' });
    const { host, limits } = this.parts;
    const limit = insisted ? null : limits.refusedBefore(host, size);
    if (limit !== null)
      throw new UploadError({ ...UPLOAD_STOPPED, reason: 'tooLargeBefore', host, limit });
  }

  private problemOf(error: unknown, { size }: OutgoingFile): Problem {
    if (error instanceof UploadError) return error.problem;
    const { host, limits } = this.parts;
    const problem = problemOf(error, 'upload', host);
    if (!TwinError.is(error, 'tooLarge')) return problem;
    limits.noteRefused(host, size);
    return { ...problem, reason: 'tooLargeForHost', limit: size };
  }

  /** Tells how much has left: the network takes slices faster than anybody reads figures. */
  private teller(upload: Upload, isCurrent: () => boolean): (sentBytes: number) => void {
    let told = -Infinity;
    return (sentBytes) => {
      const now = this.parts.clock.monotonic();
      if (!isCurrent() || (now - told < TELL && sentBytes < (upload.file?.size ?? 0))) return;
      told = now;
      upload.sentBytes = sentBytes;
      this.parts.apply({ type: 'attachmentProgress', id: upload.id, sentBytes });
      this.changes.fire(underWay(this.all.values()));
    };
  }

  private failed(upload: Upload, problem: Problem): void {
    upload.state = 'failed';
    upload.problem = problem;
    upload.abort = null;
    this.parts.apply({ type: 'attachmentFailed', id: upload.id, problem });
  }

  private changed(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const look of waiting) look();
    this.changes.fire(underWay(this.all.values()));
  }
}

/** The upload was given up on this side: by a reload, or because the file was taken away. */
export const UPLOAD_STOPPED: Problem = {
  step: 'upload',
  reason: 'stopped',
  status: null,
  host: null,
  limit: null,
};
