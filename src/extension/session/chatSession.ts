// One conversation as it lives: intents come in from the person, events from TWIN; both are written
// down first and shown then. Everything shown is made by the reducer.

import type { ConversationView, EndedBy, MessageRow } from '../../shared/conversation';
import type { Clock } from '../core/clock';
import { DisposableStore, type Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { Event } from '../core/event';
import type { Logger } from '../core/logger';
import type { RemoteFile, SentMessage } from '../twin/model';
import type { Conversation, OwnMessage } from './conversation';
import { ConversationKeeper } from './conversationKeeper';
import { deliveryOf } from './delivery';
import { canBecome } from './deliveryState';
import { DraftKeeper } from './draftKeeper';
import { Inbox } from './inbox';
import type { JournalStorage } from './journalStorage';
import { LiveLink } from './liveLink';
import { Outbox } from './outbox';
import type { OutgoingFile } from './outgoingFile';
import { hostOf, problemOf } from './problemOf';
import { recoveryEvents } from './replay';
import type { ApiAddresses, SessionApi, SessionApiFactory } from './sessionApi';
import type { DurableEvent } from './sessionEvent';
import type { SessionSettings } from './sessionSettings';
import { joinTexts, unsentOf, type Unsent } from './unsent';
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
}

export interface SessionInit {
  readonly key: string;
  /** For a session to be started; `null` for one that is restored. */
  readonly settings: SessionSettings | null;
  readonly addresses: ApiAddresses;
}

export interface SendRequest {
  /** Made by the caller; the message's key for ever. Asking twice with one key sends once. */
  readonly key: string;
  readonly text: string;
  readonly attachmentIds: readonly string[];
  /** Key of the row quoted. */
  readonly replyTo: string | null;
  /** True for what was not written in the composer: the draft there stays. */
  readonly keepDraft?: boolean;
}

export class ChatSession implements Disposable {
  readonly key: string;
  private readonly store = new DisposableStore();
  private readonly keeper: ConversationKeeper;
  private readonly api: SessionApi;
  private readonly inbox: Inbox;
  private readonly outbox: Outbox;
  private readonly link: LiveLink;
  private readonly uploads: Uploads;
  private readonly drafts: DraftKeeper;
  private readonly stopped = new AbortController();
  /** The ids of the attachments that a message left the composer with. */
  private readonly attached = new Map<string, readonly string[]>();
  /** Rows whose answer is being written down: a double click presses once. */
  private readonly answering = new Set<string>();

  /** Fires after each change of what is shown. */
  readonly onDidChange: Event<ConversationView>;
  /** Fires for each new message of the other side; not for what is restored or repeated. */
  readonly onDidReceiveMessage: Event<MessageRow>;

  constructor(
    private readonly parts: SessionParts,
    private readonly init: SessionInit,
  ) {
    const { storage, clock, logger } = parts;
    const { key, settings } = init;
    const isNew = settings !== null;
    const demo = settings?.demo === true;
    this.key = key;
    this.api = parts.createApi(init.addresses);
    const { store } = this;
    this.keeper = store.add(new ConversationKeeper({ key, demo, isNew, storage, logger }));
    this.onDidChange = this.keeper.onDidChange;
    this.onDidReceiveMessage = this.keeper.onDidReceiveMessage;
    this.drafts = store.add(new DraftKeeper(clock, (text) => this.keeper.writeDraft(text)));
    this.uploads = store.add(this.createUploads());
    this.outbox = store.add(this.createOutbox());
    this.link = store.add(this.createLink());
    const acknowledge = (id: string): void => {
      this.link.acknowledge(id);
    };
    this.inbox = store.add(new Inbox({ keeper: this.keeper, clock, logger, acknowledge }));
    store.add(
      this.keeper.onDidEnd((event) => {
        if (event.type === 'ended') this.link.close();
        else this.link.linger(LINGER);
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
   * Takes up a session from its journal: live if it still may be, else as it ended.
   *
   * @param draft what was in the composer
   */
  async resume(events: readonly DurableEvent[], draft: string): Promise<void> {
    this.keeper.restore(events);
    this.inbox.restore(events);
    if (draft !== '') this.keeper.apply({ type: 'draftChanged', text: draft, by: 'host' });
    const { lastEventAt } = this.state;
    const recovery = recoveryEvents(this.state, this.now());
    await Promise.all(recovery.map((event) => this.keeper.commit(event)));
    // Since the last word that is known, something may have been missed.
    if (this.conversation.connection === 'starting') this.link.open(lastEventAt);
  }

  /** Queues a message. After the end it goes back into the composer, for the next session. */
  send(request: SendRequest): void {
    const { key, text, attachmentIds, replyTo, keepDraft = false } = request;
    if (this.isKnown(key)) return;
    if (this.conversation.connection === 'ended') {
      this.changeDraft(keepDraft ? joinTexts([text, this.draft]) : text);
      return;
    }
    if (!keepDraft) this.setDraft('');
    void this.queue({ key, text, attachmentIds, replyTo, answer: null });
  }

  /** Sends the text of an answer as an ordinary message. */
  pressAnswer(key: string, messageKey: string, index: number): void {
    const row = this.conversation.rows.findLast((it) => it.key === messageKey);
    const text = row?.kind === 'message' && row.answersOpen ? row.answers[index] : undefined;
    if (text === undefined || !this.isLive || this.answering.has(messageKey)) return;
    this.answering.add(messageKey);
    const answer = { messageKey, index };
    void this.queue({ key, text, attachmentIds: [], replyTo: null, answer }).then(() => {
      this.answering.delete(messageKey);
    });
  }

  /** Sends a failed message, or one of unknown fate, once more. */
  sendAgain(key: string): void {
    const delivery = deliveryOf(this.state, key);
    if ((delivery !== 'failed' && delivery !== 'unknown') || !this.isLive) return;
    for (const id of this.attached.get(key) ?? []) this.uploads.retry(id);
    void this.queueAgain(key);
  }

  /** The person knows that a message of unknown fate has arrived. */
  confirmArrived(key: string): void {
    if (deliveryOf(this.state, key) !== 'unknown') return;
    void this.keeper.commit({ type: 'confirmedArrived', at: this.now(), key });
  }

  /** Takes back a message that has not left. */
  remove(key: string): void {
    if (!this.isRemovable(key)) return;
    for (const id of this.attached.get(key) ?? []) this.uploads.remove(id);
    void this.withdraw(key);
  }

  /** Takes a message that has not left back into the composer, before what is written there. */
  edit(key: string): void {
    const own = this.state.outgoing.get(key);
    if (own === undefined || !this.isRemovable(key)) return;
    const ids = this.attached.get(key);
    void this.withdraw(key);
    this.changeDraft(joinTexts([own.text, this.draft]));
    if (ids === undefined) this.takeOver({ text: '', files: own.attachments });
    else for (const id of ids) this.uploads.putBack(id);
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

  /** Ends the chat: the transcript stays. */
  async end(): Promise<void> {
    if (this.isLive) await this.finish('person');
  }

  /** What could not be sent. It stays here until {@link release}. */
  unsent(): Unsent {
    return unsentOf(this.state, {
      attachedTo: (key) => this.attached.get(key),
      content: (id) => this.uploads.content(id),
    });
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
    await Promise.all(keys.filter((key) => this.isRemovable(key)).map((key) => this.withdraw(key)));
  }

  /** Resolves when everything said so far is on disk. */
  async flush(): Promise<void> {
    await Promise.all([this.drafts.flush(), this.keeper.settled()]);
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

  private createOutbox(): Outbox {
    const { clock, random, logger } = this.parts;
    return new Outbox({
      clock,
      random,
      state: () => this.state,
      isOpen: () => this.conversation.connection === 'online',
      commit: (event) => this.keeper.commit(event),
      files: ({ key }) => this.uploads.arrived(this.attached.get(key) ?? []),
      post: (own) => this.post(own),
      onSessionEnded: () => this.finish('server'),
      host: () => hostOf(this.init.addresses.messagesUrl),
      onError: (error) => {
        logger.error('Sending has stopped', { error });
      },
    });
  }

  private createLink(): LiveLink {
    const { clock, random } = this.parts;
    const connect: ConstructorParameters<typeof LiveLink>[0]['connect'] = (listener) =>
      this.api.connect(this.sessionId, listener);
    return new LiveLink(
      { clock, random, connect },
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

  private async queue(
    request: Omit<SendRequest, 'keepDraft'> & Pick<OwnMessage, 'answer'>,
  ): Promise<void> {
    const { key, text, attachmentIds, replyTo, answer } = request;
    const attachments = attachmentIds.flatMap((id) => this.uploads.remoteFile(id) ?? []);
    this.attached.set(key, attachmentIds);
    for (const id of attachmentIds) this.uploads.detach(id);
    const at = this.now();
    await this.keeper.commit({ type: 'queued', at, key, text, attachments, replyTo, answer });
    this.outbox.pump();
  }

  private async queueAgain(key: string): Promise<void> {
    await this.keeper.commit({ type: 'requeued', at: this.now(), key, problem: null });
    this.outbox.pump();
  }

  private async post(own: OwnMessage): Promise<SentMessage> {
    const quoted = own.replyTo === null ? undefined : this.state.traces.get(own.replyTo);
    const message = {
      text: own.text,
      attachmentIds: own.attachments.flatMap((file) => file.id ?? []),
      replyToMessageId: quoted?.serverId ?? null,
    };
    const sent = await this.api.sendMessage(this.sessionId, message, this.stopped.signal);
    this.uploads.forget(this.attached.get(own.key) ?? []);
    return sent;
  }

  private online(lostAt: number | null): void {
    this.keeper.apply({ type: 'connection', state: 'online', problem: null });
    const at = this.now();
    if (lostAt !== null) void this.keeper.commit({ type: 'gap', at, from: lostAt, to: at });
    this.outbox.wake();
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

  private withdraw(key: string): Promise<void> {
    return this.keeper.commit({ type: 'removed', at: this.now(), key });
  }

  private changeDraft(text: string): void {
    this.keeper.apply({ type: 'draftChanged', text, by: 'host' });
    this.drafts.changed(text);
  }

  private isRemovable(key: string): boolean {
    return canBecome(deliveryOf(this.state, key), 'removed');
  }

  private isKnown(key: string): boolean {
    return this.attached.has(key) || this.state.traces.has(key);
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
