// One conversation as it lives: intents come in from the person, events from TWIN; both are written
// down first and shown then. Everything shown is made by the reducer.

import type { ConversationView, DraftStep, EndedBy, MessageRow } from '../../shared/conversation';
import type { Clock } from '../core/clock';
import { DisposableStore, type Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { Event } from '../core/event';
import type { Logger } from '../core/logger';
import { Redactor } from '../core/redactor';
import type { RemoteFile } from '../twin/model';
import type { Cleared } from './cleared';
import type { Conversation } from './conversation';
import { ConversationKeeper } from './conversationKeeper';
import type { JournalStorage } from './journalStorage';
import { leasedWriter, type Lease, type Leases } from './lease';
import { LiveChannel } from './liveChannel';
import { HostLimits } from './hostLimits';
import { Outgoing, type SendRequest } from './outgoing';
import type { OutgoingFile } from './outgoingFile';
import { hostOf, problemOf } from './problemOf';
import { lastHeardAt, recoveryEvents } from './replay';
import type { ReceiptPolicy } from './receipts';
import type { ApiAddresses, SessionApi, SessionApiFactory } from './sessionApi';
import { numbered, SessionDraft } from './sessionDraft';
import type { DurableEvent } from './sessionEvent';
import { introductionOf, type SessionBot, type SessionSettings } from './sessionSettings';
import { titleOf } from './title';
import type { Unsent } from './unsent';
import type { UploadsUnderWay } from './upload';
import { Uploads } from './uploads';

export interface SessionParts {
  readonly storage: JournalStorage;
  readonly createApi: SessionApiFactory;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Ids that do not come twice on this machine, safe in file names. */
  readonly createId: () => string;
  readonly logger: Logger;
  /** Says which process carries a session on; without it there is only this one. */
  readonly leases?: Leases;
  /** Shared by all sessions: what one host has refused it will refuse again. */
  readonly limits?: HostLimits;
  /** When a message is acknowledged; asked at each. As it is received, if it is not said. */
  readonly receiptPolicy?: () => ReceiptPolicy;
  /** How long conversations are kept after their last change, days; 0: till the session is over. */
  readonly retentionDays?: () => number;
  /** What is known of this machine's networks, in a text that changes when they do. */
  readonly network?: () => string;
}

export interface SessionInit {
  readonly key: string;
  /** For a session to be started; `null` for one that is restored. */
  readonly settings: SessionSettings | null;
  readonly addresses: ApiAddresses;
  /** `null` for one that another window carries on: it is only read. */
  readonly lease: Lease | null;
}

export class ChatSession implements Disposable {
  readonly key: string;
  private readonly store = new DisposableStore();
  private readonly keeper: ConversationKeeper;
  private readonly api: SessionApi;
  private readonly live: LiveChannel;
  private readonly outgoing: Outgoing;
  private readonly uploads: Uploads;
  private readonly draft: SessionDraft;
  private readonly stopped = new AbortController();
  /** The files that were to be sent when another window had the session already, by id. */
  private refused: readonly string[] = [];
  /** Fires after each change of what is shown. */
  readonly onDidChange: Event<ConversationView>;
  /** Fires for each new message of the other side; not for what is restored or repeated. */
  readonly onDidReceiveMessage: Event<MessageRow>;

  /** Fires as files get on; `null` when none is under way. */
  readonly onDidChangeUploads: Event<UploadsUnderWay | null>;

  constructor(
    private readonly parts: SessionParts,
    private readonly init: SessionInit,
  ) {
    const { clock, logger } = parts;
    const { key, settings, lease } = init;
    const storage = leasedWriter(parts.storage, lease);
    const isNew = settings !== null;
    const demo = settings?.demo === true;
    const profile = settings?.profile ?? null;
    this.key = key;
    this.api = parts.createApi(init.addresses);
    const { store } = this;
    const conversation = { key, demo, profile, isNew, storage };
    this.keeper = store.add(new ConversationKeeper({ ...conversation, clock, logger }));
    this.onDidChange = this.keeper.onDidChange;
    this.onDidReceiveMessage = this.keeper.onDidReceiveMessage;
    this.draft = store.add(new SessionDraft(this.keeper, clock));
    this.uploads = store.add(this.createUploads());
    this.onDidChangeUploads = this.uploads.onDidChange;
    this.outgoing = store.add(this.createOutgoing());
    this.live = store.add(this.createLive());
  }

  get conversation(): ConversationView {
    return this.keeper.view;
  }

  /** Whether messages can still go, now or after a reconnection. */
  get isLive(): boolean {
    const { connection } = this.conversation;
    return connection === 'starting' || connection === 'online' || connection === 'reconnecting';
  }

  /** Whether the person has said or sent anything in it. */
  get hasOwnMessages(): boolean {
    return this.conversation.rows.some((row) => row.kind === 'message' && row.author === 'client');
  }

  /** What the conversation is called, by its name or by the person's first words. */
  get title(): string | null {
    return titleOf(this.conversation);
  }

  /** Whether another window carries the session on: here it is only read. */
  get isElsewhere(): boolean {
    return this.keeper.isElsewhere;
  }

  /** The host that relative addresses of files belong to. */
  get apiUrl(): string {
    return this.init.addresses.apiUrl;
  }

  /** With what it was begun; `null` when that was in another life of the process. */
  get settings(): SessionSettings | null {
    return this.init.settings;
  }

  /** With whom it is; `null` before it began, where that was in another life of the process. */
  get bot(): SessionBot | null {
    const { demo, profile } = this.conversation;
    const known = this.init.settings ?? this.state.session;
    if (known === null) return null;
    const { chatId, apiUrl, messagesUrl, asksFirst = false } = known;
    return { chatId, apiUrl, messagesUrl, demo, profile, asksFirst };
  }

  /** Takes TWIN's only credential, the session's id, out of a text: a bot may have repeated it. */
  conceal(text: string): string {
    const redactor = new Redactor();
    if (this.state.session !== null) redactor.add(this.state.session.id);
    return redactor.conceal(text);
  }

  /** The file behind a `FileView`'s key. */
  fileByKey(fileKey: string): RemoteFile | null {
    return this.state.files.get(fileKey)?.file ?? null;
  }

  /** Starts the session, or tries again after a failure. Failures are shown, never thrown. */
  async start(): Promise<void> {
    const { connection } = this.conversation;
    if (this.store.isDisposed || (connection !== 'idle' && connection !== 'failed')) return;
    this.keeper.apply({ type: 'connection', state: 'starting', problem: null });
    const { settings } = this.init;
    if (this.state.session !== null) this.live.link.open();
    else if (settings !== null) await this.callStart(settings);
  }

  /**
   * Takes up a session from its journal: live if it still may be, else as it ended, or only to be
   * read where another window carries it on.
   *
   * @param draft what lay beside the journal
   */
  async resume(events: readonly DurableEvent[], draft: string): Promise<void> {
    this.keeper.restore(events);
    this.live.inbox.restore(events);
    this.draft.restore(draft, events);
    if (this.init.lease === null) {
      this.keeper.moveElsewhere();
      this.draft.handedOver();
      return;
    }
    const recovery = recoveryEvents(this.state, this.now());
    await Promise.all(recovery.map((event) => this.keeper.commit(event)));
    this.outgoing.restore();
    // Since the last word that is known, something may have been missed.
    if (this.conversation.connection === 'starting') this.live.resume(lastHeardAt(events));
  }

  /**
   * Another window has taken the session over.
   *
   * @param isRecent whether it waits for what is being typed, which then goes along, on disk; else
   *   that stays here
   */
  async moveElsewhere(isRecent: boolean): Promise<void> {
    if (isRecent) {
      this.keeper.handOver();
      await this.draft.flush();
    }
    this.keeper.moveElsewhere();
    this.draft.handedOver();
  }

  /** Queues a message. After the end it goes back into the composer, for the next session. */
  send(request: SendRequest): void {
    const { key, text, attachmentIds, replyTo, keepDraft = false, step } = request;
    if (this.outgoing.isKnown(key) || this.isElsewhere) return;
    if (this.conversation.connection === 'ended') {
      if (keepDraft) this.draft.prepend(text);
      else this.giveBack(text);
      return;
    }
    this.live.link.look();
    const message = { key, text, attachmentIds, replyTo, answer: null };
    const leaves = !keepDraft && this.draft.isUpon(step);
    const fromDraft = leaves ? numbered(step) : null;
    const queued = this.outgoing.queue({ ...message, fromDraft });
    if (leaves) this.draft.leave(queued, step);
    else if (!keepDraft) this.draft.show(''); // what another view wrote meanwhile stays
    void queued.then((isKept) => {
      if (isKept) return;
      this.refused = [...this.refused, ...attachmentIds];
      this.draft.show(text);
    });
  }

  /** Sends the text of an answer as an ordinary message. */
  pressAnswer(key: string, messageKey: string, index: number): void {
    if (this.isLive) void this.outgoing.pressAnswer(key, messageKey, index);
  }

  /** Sends a failed message, or one of unknown fate, once more. */
  sendAgain(key: string): void {
    if (this.isLive) void this.outgoing.sendAgain(key);
    else if (this.conversation.connection === 'ended') this.sendInNext(key);
  }

  /** The person knows that a message of unknown fate has arrived. */
  confirmArrived(key: string): void {
    void this.outgoing.confirmArrived(key);
  }

  /** Takes back a message that has not left, or gives up one that is leaving. */
  remove(key: string): void {
    void this.takeBack(key);
  }

  /** Takes a message that has not left back into the composer, before what is written there. */
  edit(key: string): void {
    this.draft.comeBack(this.editBack(key));
  }

  /** The person has seen a message of the other side, and all before it. */
  seen(messageKey: string): Promise<void> {
    return this.live.receipts.seen(messageKey);
  }

  /** What the person has written so far. @param step which of his changes it is, if they are counted */
  setDraft(text: string, step?: DraftStep): void {
    this.draft.typed(text, step);
  }

  /** Puts a text that left the composer and may not be sent back into it. */
  giveBack(text: string): void {
    this.draft.typed('');
    this.draft.prepend(text);
  }

  /** Begins to upload a file; it goes with the message that names its id. */
  attach(file: Cleared<OutgoingFile>): string {
    const id = this.parts.createId();
    this.uploads.add(id, file);
    return id;
  }

  /** What was attached here and has not left with a message; `null` for what TWIN had before. */
  pendingFile(id: string): OutgoingFile | null {
    return this.uploads.localFile(id);
  }

  /** Something of the person's may go: so may the files that waited for his word. */
  uploadWaiting(): void {
    this.uploads.letGo();
  }

  retryAttachment(id: string): void {
    this.uploads.retry(id);
  }

  removeAttachment(id: string): void {
    this.uploads.remove(id);
  }

  /** Gives up every file that is under way; each can be tried again. */
  cancelUploads(): void {
    this.uploads.cancelAll();
  }

  /** Does not wait for the next try to connect (or to start, after a failure). */
  reconnectNow(): void {
    if (this.conversation.connection === 'failed') void this.start();
    else this.live.link.reconnectNow();
  }

  /** The network is back, as far as this machine can tell: a try to connect is worth it. */
  networkReturned(): void {
    this.live.link.reconnectNow();
  }

  /** The person is back: the machine may have slept, and the connection with it. */
  personReturned(): void {
    this.live.link.look();
  }

  /** Gives the conversation a name. */
  async rename(name: string | null): Promise<void> {
    await this.keeper.commit({ type: 'renamed', at: this.now(), name });
  }

  /** It was taken from the list of old ones: one that is over is only to be read. */
  openAsPast(): void {
    if (this.conversation.connection === 'ended') this.keeper.apply({ type: 'openedAsPast' });
  }

  /** Deletes what the disk has of it; from now on it is in memory only. */
  async erase(): Promise<void> {
    await this.flush();
    this.keeper.stopWriting();
    await this.parts.storage.delete(this.key);
  }

  /** Ends the chat: the transcript stays. */
  async end(): Promise<void> {
    if (this.isLive) await this.finish('person');
  }

  /** What could not be sent. It stays here until {@link release}. */
  unsent(): Unsent {
    return this.outgoing.unsent();
  }

  /** What did not go along when another window took the session: it belongs to that still. */
  leftOver(): Pick<Unsent, 'text' | 'files'> {
    if (!this.isElsewhere) return { text: '', files: [] };
    const waiting = this.conversation.composer.pending.map(({ id }) => id);
    const files = this.outgoing.filesOf([...new Set([...this.refused, ...waiting])]);
    return { text: this.draft.text, files };
  }

  /**
   * Puts what another session could not send into the composer. Where the person is asked before the
   * first that goes, its files wait for {@link uploadWaiting}.
   */
  takeOver({ text, files }: Pick<Unsent, 'text' | 'files'>): void {
    if (text !== '') this.draft.prepend(text);
    const waits = this.bot?.asksFirst === true && !this.hasOwnMessages;
    for (const file of files) {
      if ('read' in file && waits) this.uploads.hold(this.parts.createId(), file);
      else if ('read' in file) this.attach(file);
      else if (file.id !== null) this.uploads.addReady(this.parts.createId(), file);
    }
  }

  /** The next session has what was unsent here, on disk: it is not offered again. */
  async release({ keys }: Unsent): Promise<void> {
    this.setDraft('');
    await this.outgoing.forget(keys);
  }

  /** Resolves when everything said so far is on disk. */
  async flush(): Promise<void> {
    await this.keeper.settled();
    await this.draft.flush();
  }

  /** Lets go of everything but the journal: not an end, the session can be taken up again. */
  dispose(): void {
    if (this.store.isDisposed) return;
    this.stopped.abort();
    this.store.dispose();
  }

  private createUploads(): Uploads {
    const { clock, limits = new HostLimits() } = this.parts;
    return new Uploads({
      clock,
      limits,
      upload: (file, options) => this.api.uploadFile(file, options),
      host: () => hostOf(this.apiUrl),
      apply: (event) => {
        this.keeper.apply(event);
      },
    });
  }

  private createOutgoing(): Outgoing {
    const { clock, random, logger } = this.parts;
    const { keeper, uploads } = this;
    return new Outgoing({
      keeper,
      uploads,
      clock,
      random,
      logger,
      sendMessage: (...call) => this.api.sendMessage(...call),
      host: () => hostOf(this.init.addresses.messagesUrl),
      onSessionEnded: () => this.finish('server'),
    });
  }

  private createLive(): LiveChannel {
    const { clock, random, logger, network = () => '' } = this.parts;
    const { receiptPolicy = () => 'onReceive' } = this.parts;
    const { keeper, api, apiUrl } = this;
    return new LiveChannel({
      keeper,
      api,
      clock,
      random,
      logger,
      network,
      apiUrl,
      receiptPolicy,
      isLive: () => this.isLive,
      onOnline: () => {
        this.outgoing.wake();
      },
      onSessionEnded: () => this.finish('server'),
    });
  }

  private async callStart(settings: SessionSettings): Promise<void> {
    const { chatId, demo, profile, asksFirst } = settings;
    const { apiUrl, messagesUrl } = this.init.addresses;
    const introduction = introductionOf(settings);
    try {
      const answer = await this.api.startSession(chatId, introduction, this.stopped.signal);
      if (this.conversation.connection !== 'starting') return; // ended by the person meanwhile
      const { id: sessionId, startedAt, ttl, messages } = answer;
      const identity = { sessionId, chatId, apiUrl, messagesUrl, demo, startedAt, ttl, messages };
      const mark = this.live.receipts.mark();
      const also = {
        ...(profile !== undefined && { profile }),
        ...(asksFirst === true && { asksFirst }),
        ...mark,
      };
      await this.keeper.commit({ type: 'started', at: this.now(), ...identity, ...also });
      this.live.inbox.receiveGreeting(
        messages.map(({ id }) => id),
        mark,
      );
      if (this.isLive) this.live.link.open();
    } catch (error) {
      if (!(error instanceof TwinError)) throw error;
      if (this.conversation.connection !== 'starting') return;
      const problem = problemOf(error, 'start', hostOf(apiUrl));
      this.keeper.apply({ type: 'connection', state: 'failed', problem });
    }
  }

  /** The session is over: what the person wants sent waits in the composer for the next one. */
  private sendInNext(key: string): void {
    const text = this.state.outgoing.get(key)?.text ?? '';
    if (!this.draft.text.includes(text)) this.draft.prepend(text);
  }

  private async takeBack(key: string): Promise<void> {
    const taken = await this.outgoing.takeBack(key, false);
    for (const id of taken?.attached ?? []) this.uploads.remove(id);
  }

  /** @returns the text that comes back */
  private async editBack(key: string): Promise<string | null> {
    const taken = await this.outgoing.takeBack(key, true);
    if (taken === null) return null;
    const { own, attached } = taken;
    if (attached === undefined) this.takeOver({ text: '', files: own.attachments });
    else for (const id of attached) this.uploads.putBack(id);
    return own.text;
  }

  private async finish(by: EndedBy): Promise<void> {
    await this.keeper.commit({ type: 'ended', at: this.now(), by });
  }

  private get state(): Conversation {
    return this.keeper.state;
  }

  private now(): number {
    return this.parts.clock.now();
  }
}
