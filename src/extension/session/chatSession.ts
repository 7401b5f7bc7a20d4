// One conversation as it lives: intents come in from the person, events from TWIN; both are written
// down first and shown then. Everything shown is made by the reducer.

import type { ConversationView, EndedBy, MessageRow } from '../../shared/conversation';
import { DisposableStore, type Disposable } from '../core/disposable';
import type { Event } from '../core/event';
import { Redactor } from '../core/redactor';
import type { RemoteFile } from '../twin/model';
import type { Cleared } from './cleared';
import { isLive } from './connectionState';
import type { Conversation } from './conversation';
import { ConversationKeeper } from './conversationKeeper';
import { leasedWriter } from './lease';
import { LiveChannel } from './liveChannel';
import { Outgoing, type SendRequest } from './outgoing';
import type { OutgoingFile } from './outgoingFile';
import { hostOf } from './problemOf';
import { lastHeardAt, recoveryEvents } from './replay';
import type { SessionApi } from './sessionApi';
import { SessionComposer } from './sessionComposer';
import type { DurableEvent } from './sessionEvent';
import type { SessionInit, SessionParts } from './sessionParts';
import type { SessionBot, SessionSettings } from './sessionSettings';
import { callStart } from './sessionStart';
import { titleOf } from './title';
import type { Unsent } from './unsent';

export class ChatSession implements Disposable {
  readonly key: string;
  private readonly store = new DisposableStore();
  private readonly keeper: ConversationKeeper;
  private readonly api: SessionApi;
  private readonly live: LiveChannel;
  private readonly outgoing: Outgoing;
  private readonly stopped = new AbortController();
  /** What is not a message yet. */
  readonly composer: SessionComposer;
  /** Fires after each change of what is shown. */
  readonly onDidChange: Event<ConversationView>;
  /** Fires for each new message of the other side; not for what is restored or repeated. */
  readonly onDidReceiveMessage: Event<MessageRow>;

  constructor(
    private readonly parts: SessionParts,
    private readonly init: SessionInit,
  ) {
    const { key, settings, addresses, lease } = init;
    const { store } = this;
    this.key = key;
    this.api = parts.createApi(addresses);
    this.keeper = store.add(
      new ConversationKeeper({
        key,
        demo: settings?.demo === true,
        profile: settings?.profile ?? null,
        isNew: settings !== null,
        storage: leasedWriter(parts.storage, lease),
        clock: parts.clock,
        logger: parts.logger,
      }),
    );
    const { api, keeper } = this;
    this.onDidChange = keeper.onDidChange;
    this.onDidReceiveMessage = keeper.onDidReceiveMessage;
    this.composer = store.add(
      new SessionComposer({
        ...parts,
        keeper,
        upload: (file, options) => api.uploadFile(file, options),
        host: hostOf(addresses.apiUrl),
        asksFirst: () => this.bot?.asksFirst === true && !this.hasOwnMessages,
      }),
    );
    const onSessionEnded = (): Promise<void> => this.finish('server');
    this.outgoing = store.add(
      new Outgoing({
        ...parts,
        keeper,
        uploads: this.composer.uploads,
        sendMessage: (...call) => api.sendMessage(...call),
        host: hostOf(addresses.messagesUrl),
        onSessionEnded,
      }),
    );
    const onOnline = (): void => {
      this.outgoing.wake();
    };
    const { apiUrl } = addresses;
    this.live = store.add(
      new LiveChannel({ ...parts, keeper, api, apiUrl, onOnline, onSessionEnded }),
    );
  }

  get conversation(): ConversationView {
    return this.keeper.view;
  }

  /** Whether messages can still go, now or after a reconnection. */
  get isLive(): boolean {
    return isLive(this.conversation.connection);
  }

  /** Whether TWIN has ever answered its start call. */
  get hasBegun(): boolean {
    return this.state.session !== null;
  }

  /** Whether it could not start: it is in no list, and what was written in it belongs into the next one. */
  get hasFailedToStart(): boolean {
    return !this.hasBegun && this.conversation.connection === 'failed';
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
    const { settings, addresses } = this.init;
    const { keeper, live, api, parts, stopped } = this;
    const start = { keeper, live, api, clock: parts.clock, addresses, signal: stopped.signal };
    if (this.state.session !== null) live.link.open();
    else if (settings !== null) await callStart(settings, start);
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
    this.composer.restore(draft, events);
    if (this.init.lease === null) {
      this.keeper.moveElsewhere();
      this.composer.handedOver();
      return;
    }
    const heardAt = lastHeardAt(events);
    const recovery = recoveryEvents(this.state, this.now(), heardAt);
    await Promise.all(recovery.map((event) => this.keeper.commit(event)));
    this.outgoing.restore();
    // Since the last word that is known, something may have been missed.
    if (this.conversation.connection === 'starting') this.live.resume(heardAt);
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
      await this.composer.flush();
    }
    this.keeper.moveElsewhere();
    this.composer.handedOver();
  }

  /** Queues a message. After the end it goes back into the composer, for the next session. */
  send(request: SendRequest): void {
    const { key, text, attachmentIds, replyTo } = request;
    if (this.outgoing.isKnown(key) || this.isElsewhere) return;
    if (this.conversation.connection === 'ended') {
      this.composer.keep(request);
      return;
    }
    this.live.link.look();
    const message = { key, text, attachmentIds, replyTo, answer: null };
    this.composer.leave(request, (fromDraft) => this.outgoing.queue({ ...message, fromDraft }));
  }

  /** Sends the text of an answer as an ordinary message. */
  pressAnswer(key: string, messageKey: string, index: number): void {
    if (this.isLive) void this.outgoing.pressAnswer(key, messageKey, index);
  }

  /**
   * Sends a failed message, or one of unknown fate, once more. After the end that is the next
   * session's to do: a failed one goes back into the composer, of one that may have arrived a copy.
   */
  sendAgain(key: string): void {
    if (this.isLive) {
      void this.outgoing.sendAgain(key);
    } else if (this.conversation.connection === 'ended') {
      const unknown = this.outgoing.unknown(key);
      if (unknown === null) this.edit(key);
      else this.composer.offer(unknown);
    }
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
    this.composer.comeBack(this.outgoing.takeBack(key, true));
  }

  /** The person has seen a message of the other side, and all before it. */
  seen(messageKey: string): Promise<void> {
    return this.live.receipts.seen(messageKey);
  }

  /** Begins to upload a file; it goes with the message that names its id. */
  attach(file: Cleared<OutgoingFile>): string {
    return this.composer.attach(file);
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

  /** What could not be sent. It stays here until {@link release}. @param apiUrl where it is to go now */
  unsent(apiUrl = this.apiUrl): Unsent {
    return this.outgoing.unsent(hostOf(apiUrl));
  }

  /** What did not go along when another window took the session: it belongs to that still. */
  leftOver(): Pick<Unsent, 'text' | 'files'> {
    return this.isElsewhere ? this.composer.content() : { text: '', files: [] };
  }

  /** The next session has what was unsent here, on disk: it is not offered again. */
  async release({ keys }: Unsent): Promise<void> {
    this.composer.setDraft('');
    await this.outgoing.forget(keys);
  }

  /** Writes down till when TWIN was heard: whoever takes the session up again may have missed the rest. */
  async noteHeard(): Promise<void> {
    const until = this.live.link.heardUntil;
    if (!this.isLive || until === null) return;
    await this.keeper.commit({ type: 'heard', at: this.now(), until });
  }

  /** Resolves when everything said so far is on disk. */
  async flush(): Promise<void> {
    await this.keeper.settled();
    await this.composer.flush();
  }

  /** Lets go of everything but the journal: not an end, the session can be taken up again. */
  dispose(): void {
    if (this.store.isDisposed) return;
    this.stopped.abort();
    this.store.dispose();
  }

  private async takeBack(key: string): Promise<void> {
    const taken = await this.outgoing.takeBack(key, false);
    for (const id of taken?.attached ?? []) this.composer.uploads.remove(id);
  }

  private async finish(by: EndedBy): Promise<void> {
    await this.live.end();
    await this.keeper.commit({ type: 'ended', at: this.now(), by });
  }

  private get state(): Conversation {
    return this.keeper.state;
  }

  private now(): number {
    return this.parts.clock.now();
  }
}
