import * as vscode from 'vscode';
import type { FileKind, FileState, FileUse } from '../../../shared/fileState';
import { formatBytes } from '../../../shared/formatBytes';
import type { Picture } from '../../../shared/hostMessage';
import type { Problem } from '../../../shared/problem';
import { problemText } from '../../../shared/problemText';
import type { TextKey } from '../../../shared/texts';
import type { Clock } from '../../core/clock';
import { TwinError } from '../../core/errors';
import { Emitter } from '../../core/event';
import type { Logger } from '../../core/logger';
import type { ChatSession } from '../../session/chatSession';
import { problemOf } from '../../session/problemOf';
import type { RemoteFile } from '../../twin/model';
import { localization } from '../localization';
import { LateProgress } from '../lateProgress';
import { safeFileName } from '../safeFileName';
import { maxAttachmentBytes } from '../settings';
import { showWindowProgress, type ProgressWords } from '../windowProgress';
import { fetchFile, type FetchedFile, type FetchLimits } from './fetchFile';
import { fileAddress } from './fileAddress';
import { fileFacts } from './fileReality';
import { HostGate, Refused } from './hostGate';
import { openReceived } from './openReceived';
import type { ReceivedFileSystem } from './receivedFileSystem';
import { saveCopy } from './saveCopy';

const MAX_PICTURE_BYTES = 10 * 1024 * 1024;
/** Without a byte, ms. */
const STALLED = 20_000;
/** For a whole picture, which nobody has asked for and nobody can cancel, ms. */
const PICTURE_TIME = 60_000;
/**
 * Shorter than this a file's loading is said in its message only, ms. (VS Code 1.139 keeps back
 * an error that comes right after a progress was opened.)
 */
const LONG = 1_000;
/** Calls for one file: the first, and those that redirects lead to. */
const MAX_CALLS = 6;

/** Lets a call pass. @throws what keeps it from being made */
type Gate = (url: URL) => Promise<void> | void;

interface Received {
  readonly bytes: number;
  readonly total: number | null;
}

export interface FileChange {
  readonly session: ChatSession;
  readonly fileKey: string;
  readonly state: FileState;
}

/** Files that bot or operator sent: shown, opened, saved. Nothing is ever run. */
export class ReceivedFiles implements vscode.Disposable {
  private readonly stop = new AbortController();
  private readonly changes = new Emitter<FileChange>();
  private readonly states = new WeakMap<ChatSession, Map<string, FileState>>();
  private readonly hosts = new HostGate();

  readonly onDidChange = this.changes.event;

  constructor(
    private readonly files: ReceivedFileSystem,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** What there is to say of the files of a conversation, for a view that is new. */
  statesOf(session: ChatSession): ReadonlyMap<string, FileState> {
    return this.states.get(session) ?? new Map();
  }

  /**
   * Fetches a picture to be shown in the conversation.
   *
   * @param agreedHost the host that the person has just agreed to
   */
  async picture(
    session: ChatSession,
    fileKey: string,
    agreedHost: string | null,
  ): Promise<Picture> {
    if (agreedHost !== null) this.hosts.agree(session, agreedHost);
    const file = session.fileByKey(fileKey);
    const url = file && fileAddress(file.url, session.apiUrl);
    if (!url) return failed(new Refused('noAddress', null).problem);
    const time = AbortSignal.timeout(PICTURE_TIME);
    const limits = {
      maxBytes: MAX_PICTURE_BYTES,
      signal: AbortSignal.any([this.stop.signal, time]),
    };
    try {
      const { data } = await this.fetch(url, limits, (host) => {
        this.hosts.check(session, host);
      });
      const { inspectPicture } = await import('./inspectPicture');
      const facts = inspectPicture(data);
      if (facts === 'notPicture') await this.noteReality(session, fileKey, file, data);
      if (typeof facts === 'string') return failed(new Refused(facts, null).problem);
      return { state: 'ready', data, ...facts };
    } catch (error) {
      this.logger.warn('A picture is not shown', { error });
      return failed(this.problemOf(error, url, MAX_PICTURE_BYTES));
    }
  }

  /**
   * Fetches a file for the transcript it goes along with; `null` when it cannot be had. Hosts that
   * nobody agreed to are not called.
   */
  async content(
    session: ChatSession,
    fileKey: string,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    const url = fileAddress(session.fileByKey(fileKey)?.url ?? null, session.apiUrl);
    if (url === null) return null;
    const limits = {
      maxBytes: maxAttachmentBytes(),
      signal: AbortSignal.any([this.stop.signal, signal]),
    };
    try {
      const { data } = await this.fetch(url, limits, (host) => {
        this.hosts.check(session, host);
      });
      return data;
    } catch (error) {
      this.logger.warn('A file does not go along with its transcript', { error });
      return null;
    }
  }

  /** Shows a file where it can be shown safely: pictures and text in an editor; others are saved. */
  open(session: ChatSession, fileKey: string): Promise<void> {
    return this.use(session, fileKey, 'open');
  }

  /** Saves a file where the person says. */
  save(session: ChatSession, fileKey: string): Promise<void> {
    return this.use(session, fileKey, 'save');
  }

  dispose(): void {
    this.stop.abort();
    this.changes.dispose();
  }

  private async use(session: ChatSession, fileKey: string, use: FileUse): Promise<void> {
    const file = session.fileByKey(fileKey);
    if (!file || this.statesOf(session).get(fileKey)?.loading === true) return;
    const fetched = await this.fetchForPerson(session, fileKey, file, use);
    if (fetched === null) return;
    const reality = await this.noteReality(session, fileKey, file, fetched.data);
    const name = safeFileName(file.name);
    if (reality !== null && !(await mayUse(name, reality, use))) return;
    if (use === 'open' && (await openReceived(name, fetched.data, this.files))) return;
    await saveCopy(name, fetched.data, this.logger);
  }

  /** Asks before another host is called, shows progress, says what went wrong. */
  private async fetchForPerson(
    session: ChatSession,
    fileKey: string,
    file: RemoteFile,
    use: FileUse,
  ): Promise<FetchedFile | null> {
    const url = fileAddress(file.url, session.apiUrl);
    this.change(session, fileKey, { use, loading: true, problem: null });
    try {
      if (url === null) throw new Refused('noAddress', null);
      const ask: Gate = (host) => this.hosts.ask(session, host, file.name);
      const fetched = await this.fetchWithProgress(url, file.name, ask);
      this.change(session, fileKey, { use, loading: false, problem: null });
      return fetched;
    } catch (error) {
      const isStopped = TwinError.is(error, 'stopped');
      const found = this.problemOf(error, url, maxAttachmentBytes());
      this.change(session, fileKey, { use, loading: false, problem: isStopped ? null : found });
      if (isStopped) return null;
      this.logger.warn('A file cannot be fetched', { error });
      const { t } = localization();
      const retry = t('host.fetch.retry');
      const text = problemText(found, t, t('host.fetch.failed', { name: file.name }));
      const answer = await vscode.window.showErrorMessage(text.message, retry);
      return answer === retry ? this.fetchForPerson(session, fileKey, file, use) : null;
    }
  }

  private async fetchWithProgress(url: URL, name: string, gate: Gate): Promise<FetchedFile> {
    const title = localization().t('host.fetch.progress', { name });
    const abort = new AbortController();
    const cancel = (): void => {
      abort.abort();
    };
    const progress = new LateProgress<Received>(this.clock, LONG, () =>
      showWindowProgress(describe, cancel, title),
    );
    const onProgress = (bytes: number, total: number | null): void => {
      progress.update({ bytes, total });
    };
    try {
      const signal = AbortSignal.any([abort.signal, this.stop.signal]);
      return await this.fetch(url, { maxBytes: maxAttachmentBytes(), signal, onProgress }, gate);
    } finally {
      progress.dispose();
    }
  }

  /** Every call passes the gate, also those that redirects lead to. */
  private async fetch(
    url: URL,
    limits: Omit<FetchLimits, 'timeout'>,
    gate: Gate,
  ): Promise<FetchedFile> {
    for (let calls = 0; calls < MAX_CALLS; calls += 1) {
      await gate(url);
      limits.onProgress?.(0, null);
      const answer = await fetchFile(url, { ...limits, timeout: STALLED });
      if (!('location' in answer)) return answer;
      const next = fileAddress(answer.location.href, url);
      if (next === null) break;
      url = next;
    }
    throw new TwinError('protocol', 'Redirects without an end');
  }

  /** @returns what the file really is, when it is not what it claims to be */
  private async noteReality(
    session: ChatSession,
    fileKey: string,
    { name, contentType }: RemoteFile,
    data: Uint8Array,
  ): Promise<FileKind | null> {
    const { kind, asClaimed } = await fileFacts(name, contentType, data);
    const reality = asClaimed ? null : kind;
    const { use = 'open' as const } = this.statesOf(session).get(fileKey) ?? {};
    this.change(session, fileKey, { use, loading: false, problem: null, reality });
    return reality;
  }

  private change(
    session: ChatSession,
    fileKey: string,
    changes: Omit<FileState, 'reality'> & Partial<FileState>,
  ): void {
    const states = this.states.get(session) ?? new Map<string, FileState>();
    const state = { reality: states.get(fileKey)?.reality ?? null, ...changes };
    this.states.set(session, states.set(fileKey, state));
    this.changes.fire({ session, fileKey, state });
  }

  private problemOf(error: unknown, url: URL | null, limit: number): Problem {
    if (error instanceof Refused) return error.problem;
    return { ...problemOf(error, 'download', url?.host ?? null), limit };
  }
}

function failed(why: Problem): Picture {
  return { state: 'failed', problem: why };
}

async function mayUse(name: string, reality: FileKind, use: FileUse): Promise<boolean> {
  const { t } = localization();
  const goOn = t(use === 'open' ? 'host.fetch.openAnyway' : 'host.fetch.saveAnyway');
  const kind: TextKey = `file.kind.${reality}`;
  const answer = await vscode.window.showWarningMessage(
    t('file.belies', { name, kind: t(kind) }),
    { modal: true, detail: t('host.fetch.beliesDetail') },
    goOn,
  );
  return answer === goOn;
}

/** "3 of 12 MB" */
function describe({ bytes, total }: Received): ProgressWords {
  const { t, language } = localization();
  const done = formatBytes(bytes, language);
  if (total === null) return { message: done, percent: null };
  const size = formatBytes(total, language);
  return { message: t('host.fetch.of', { done, size }), percent: total && (100 * bytes) / total };
}
