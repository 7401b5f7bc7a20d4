// One conversation as it lives: intents come in from the person, events from TWIN; both are written
// down first and shown then. Everything shown is made by the reducer.

import type { ConversationView, EndedBy, MessageRow } from '../../shared/conversation';
import type { Clock } from '../core/clock';
import { DisposableStore, type Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { Event } from '../core/event';
import type { Logger } from '../core/logger';
import type { RemoteFile } from '../twin/model';
import type { Conversation } from './conversation';
import { ConversationKeeper } from './conversationKeeper';
import { DraftKeeper } from './draftKeeper';
import { readDraftRecord, writeDraftRecord } from './draftRecord';
import { GapFiller } from './gapFiller';
import { Inbox } from './inbox';
import type { JournalStorage } from './journalStorage';
import { leasedWriter, type Lease, type Leases } from './lease';
import { LiveLink } from './liveLink';
import { Outgoing, type SendRequest } from './outgoing';
import type { OutgoingFile } from './outgoingFile';
import { hostOf, problemOf } from './problemOf';
import { lastHeardAt, recoveryEvents } from './replay';
import type { ApiAddresses, SessionApi, SessionApiFactory } from './sessionApi';
import type { DurableEvent } from './sessionEvent';
import type { SessionSettings } from './sessionSettings';
import { joinTexts, type Unsent } from './unsent';
import { Uploads } from './uploads';

/** After the end, what was on its way may still come, ms. */
const LINGER = 60_000;

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
  private readonly inbox: Inbox;
  private readonly outgoing: Outgoing;
  private readonly gaps: GapFiller;
  private readonly link: LiveLink;
  private readonly uploads: Uploads;
  private readonly drafts: DraftKeeper;
  private readonly stopped = new AbortController();
  /** So many events of the journal have changed the draft. */
  private draftSteps = 0;
  /** Those that are being written. */
  private readonly draftChanges = new Set<Promise<void>>();

  /** Fires after each change of what is shown. */
  readonly onDidChange: Event<ConversationView>;
  /** Fires for each new message of the other side; not for what is restored or repeated. */
  readonly onDidReceiveMessage: Event<MessageRow>;

  constructor(
    private readonly parts: SessionParts,
    private readonly init: SessionInit,
  ) {
    const { clock, logger } = parts;
    const { key, settings, lease } = init;
    const storage = leasedWriter(parts.storage, lease);
    const isNew = settings !== null;
    const demo = settings?.demo === true;
    this.key = key;
    this.api = parts.createApi(init.addresses);
    const { store } = this;
    this.keeper = store.add(new ConversationKeeper({ key, demo, isNew, storage, logger }));
    this.onDidChange = this.keeper.onDidChange;
    this.onDidReceiveMessage = this.keeper.onDidReceiveMessage;
    this.drafts = store.add(
      new DraftKeeper(clock, (text) => {
        const { version } = this.conversation.composer.draft;
        return this.keeper.writeDraft(writeDraftRecord({ text, version, steps: this.draftSteps }));
      }),
    );
    this.uploads = store.add(this.createUploads());
    this.outgoing = store.add(this.createOutgoing());
    this.link = store.add(this.createLink());
    const acknowledge = (id: string): void => {
      this.link.acknowledge(id);
    };
    this.inbox = store.add(new Inbox({ keeper: this.keeper, clock, logger, acknowledge }));
    this.gaps = this.createGapFiller();
    store.add(
      this.keeper.onDidEnd((event) => {
        if (event.type === 'ended') this.link.close();
        else this.link.linger(LINGER);
      }),
    );
    store.add(
      this.keeper.onDidMove(() => {
        this.link.close();
      }),
    );
  }

  get conversation(): ConversationView {
    return this.keeper.view;
  }

  /** Whether messages can still go, now or after a reconnection. */
  get isLive(): boolean {
    const { connection } = this.conversation;
    return connection === 'starting' || connection === 'online' || connection === 'reconnecting';
  }

  /** Whether another window carries the session on: here it is only read. */
  get isElsewhere(): boolean {
    return this.keeper.isElsewhere;
  }

  /** The host that relative addresses of files belong to. */
  get apiUrl(): string {
    return this.init.addresses.apiUrl;
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
    if (this.state.session !== null) this.link.open();
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
    this.inbox.restore(events);
    const { text, version, steps } = readDraftRecord(draft, events);
    this.draftSteps = steps;
    this.keeper.apply({ type: 'draftRestored', text, version });
    if (this.init.lease === null) {
      this.keeper.moveElsewhere();
      return;
    }
    const recovery = recoveryEvents(this.state, this.now());
    await Promise.all(recovery.map((event) => this.keeper.commit(event)));
    this.outgoing.restore();
    // Since the last word that is known, something may have been missed.
    if (this.conversation.connection === 'starting') this.link.open(lastHeardAt(events));
  }

  /** Another window has taken the session over. What is being typed goes along, on disk. */
  async moveElsewhere(): Promise<void> {
    await this.drafts.flush();
    this.keeper.moveElsewhere();
  }

  /** Queues a message. After the end it goes back into the composer, for the next session. */
  send(request: SendRequest): void {
    const { key, text, attachmentIds, replyTo, keepDraft = false } = request;
    if (this.outgoing.isKnown(key) || this.isElsewhere) return;
    if (this.conversation.connection === 'ended') {
      this.changeDraft(keepDraft ? joinTexts([text, this.draft]) : text);
      return;
    }
    this.link.look();
    this.changingDraft(this.queue({ key, text, attachmentIds, replyTo }, !keepDraft));
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
    this.changingDraft(this.editBack(key));
  }

  /** What the person has written so far. */
  setDraft(text: string): void {
    this.keeper.apply({ type: 'draftChanged', text, by: 'person' });
    this.drafts.changed(text);
  }

  /** Begins to upload a file; it goes with the message that names its id. */
  attach(file: OutgoingFile): string {
    const id = this.parts.createId();
    this.uploads.add(id, file);
    return id;
  }

  retryAttachment(id: string): void {
    this.uploads.retry(id);
  }

  removeAttachment(id: string): void {
    this.uploads.remove(id);
  }

  /** Does not wait for the next try to connect (or to start, after a failure). */
  reconnectNow(): void {
    if (this.conversation.connection === 'failed') void this.start();
    else this.link.reconnectNow();
  }

  /** The network is back, as far as this machine can tell: a try to connect is worth it. */
  networkReturned(): void {
    this.link.reconnectNow();
  }

  /** The person is back: the machine may have slept, and the connection with it. */
  personReturned(): void {
    this.link.look();
  }

  /** Ends the chat: the transcript stays. */
  async end(): Promise<void> {
    if (this.isLive) await this.finish('person');
  }

  /** What could not be sent. It stays here until {@link release}. */
  unsent(): Unsent {
    return this.outgoing.unsent();
  }

  /** Puts what another session could not send into the composer. */
  takeOver({ text, files }: Pick<Unsent, 'text' | 'files'>): void {
    if (text !== '') this.changeDraft(joinTexts([text, this.draft]));
    for (const file of files) {
      if ('read' in file) this.attach(file);
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
    await Promise.all(this.draftChanges);
    await this.drafts.flush();
  }

  /** Lets go of everything but the journal: not an end, the session can be taken up again. */
  dispose(): void {
    if (this.store.isDisposed) return;
    this.stopped.abort();
    this.store.dispose();
  }

  private createUploads(): Uploads {
    return new Uploads({
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

  private createGapFiller(): GapFiller {
    const { clock, logger } = this.parts;
    const { keeper, inbox } = this;
    const history: ConstructorParameters<typeof GapFiller>[0]['history'] = () =>
      this.api.history(this.sessionId, this.stopped.signal);
    return new GapFiller({ keeper, inbox, clock, logger, history });
  }

  private createLink(): LiveLink {
    const { clock, random, network = () => '' } = this.parts;
    const connect: ConstructorParameters<typeof LiveLink>[0]['connect'] = (listener) =>
      this.api.connect(this.sessionId, listener);
    return new LiveLink(
      { clock, random, connect, network },
      {
        onOnline: (lostAt) => {
          void this.whileLive(() => {
            this.online(lostAt);
          });
        },
        onOffline: (error) => {
          void this.whileLive(() => {
            this.offline('reconnecting', error);
          });
        },
        onRefused: (error) => {
          void this.whileLive(() => {
            this.offline('failed', error);
          });
        },
        onEnded: () => {
          void this.whileLive(() => void this.finish('server'));
        },
        onEvent: (event) => {
          void this.inbox.receive(event);
        },
      },
    );
  }

  private async callStart(settings: SessionSettings): Promise<void> {
    const { chatId, name, clientExternalId, clientMetadata, demo } = settings;
    const { apiUrl, messagesUrl } = this.init.addresses;
    const introduction = { name, clientMetadata, clientExternalId: clientExternalId ?? '' };
    try {
      const answer = await this.api.startSession(chatId, introduction, this.stopped.signal);
      if (this.conversation.connection !== 'starting') return; // ended by the person meanwhile
      const { id: sessionId, startedAt, ttl, messages } = answer;
      const identity = { sessionId, chatId, apiUrl, messagesUrl, demo, startedAt, ttl, messages };
      await this.keeper.commit({ type: 'started', at: this.now(), ...identity });
      this.inbox.acknowledgeGreeting(messages.map(({ id }) => id));
      if (this.isLive) this.link.open();
    } catch (error) {
      if (!(error instanceof TwinError)) throw error;
      if (this.conversation.connection !== 'starting') return;
      const problem = problemOf(error, 'start', hostOf(apiUrl));
      this.keeper.apply({ type: 'connection', state: 'failed', problem });
    }
  }

  private async queue(message: Omit<SendRequest, 'keepDraft'>, fromDraft: boolean): Promise<void> {
    if (fromDraft) this.keeper.apply({ type: 'draftChanged', text: '', by: 'person' });
    await this.outgoing.queue({ ...message, answer: null, fromDraft });
    if (fromDraft) this.draftStepTaken();
  }

  /** The session is over: what the person wants sent waits in the composer for the next one. */
  private sendInNext(key: string): void {
    const text = this.state.outgoing.get(key)?.text ?? '';
    if (!this.draft.includes(text)) this.changeDraft(joinTexts([text, this.draft]));
  }

  private async takeBack(key: string): Promise<void> {
    const taken = await this.outgoing.takeBack(key, false);
    for (const id of taken?.attached ?? []) this.uploads.remove(id);
  }

  private async editBack(key: string): Promise<void> {
    const taken = await this.outgoing.takeBack(key, true);
    if (taken === null) return;
    const { own, attached } = taken;
    this.keeper.apply({
      type: 'draftChanged',
      text: joinTexts([own.text, this.draft]),
      by: 'host',
    });
    this.draftStepTaken();
    if (attached === undefined) this.takeOver({ text: '', files: own.attachments });
    else for (const id of attached) this.uploads.putBack(id);
  }

  private changingDraft(work: Promise<void>): void {
    const done = work.finally(() => this.draftChanges.delete(done));
    this.draftChanges.add(done);
  }

  /** An event that changes the draft is in the journal now: the draft beside it follows. */
  private draftStepTaken(): void {
    this.draftSteps += 1;
    this.drafts.changed(this.draft);
  }

  private online(lostAt: number | null): void {
    this.keeper.apply({ type: 'connection', state: 'online', problem: null });
    const at = this.now();
    if (lostAt !== null) void this.gaps.fill(lostAt, at);
    this.outgoing.wake();
  }

  private offline(state: 'reconnecting' | 'failed', error: TwinError | null): void {
    const problem = error && problemOf(error, 'connect', hostOf(this.apiUrl));
    this.keeper.apply({ type: 'connection', state, problem });
  }

  /** Runs after everything that came before has been shown, unless that was the end. */
  private async whileLive(action: () => void): Promise<void> {
    await this.keeper.settled();
    if (this.isLive && !this.store.isDisposed) action();
  }

  private finish(by: EndedBy): Promise<void> {
    return this.keeper.commit({ type: 'ended', at: this.now(), by });
  }

  private changeDraft(text: string): void {
    this.keeper.apply({ type: 'draftChanged', text, by: 'host' });
    this.drafts.changed(text);
  }

  private get state(): Conversation {
    return this.keeper.state;
  }

  private get draft(): string {
    return this.conversation.composer.draft.text;
  }

  private get sessionId(): string {
    if (this.state.session === null) throw new Error('The session has not started');
    return this.state.session.id;
  }

  private now(): number {
    return this.parts.clock.now();
  }
}
