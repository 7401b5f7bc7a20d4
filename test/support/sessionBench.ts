import assert from 'node:assert/strict';
import { ChatSession } from '../../src/extension/session/chatSession';
import type { SessionParts } from '../../src/extension/session/sessionParts';
import { clear } from '../../src/extension/session/cleared';
import { loadJournal } from '../../src/extension/session/journal';
import type { Lease } from '../../src/extension/session/lease';
import type { SessionSettings } from '../../src/extension/session/sessionSettings';
import type { Logger } from '../../src/extension/core/logger';
import type { Delivery, MessageRow } from '../../src/shared/conversation';
import type { StartedSession } from '../../src/extension/twin/model';
import { START } from './conversations';
import { FakeTwin } from './fakeTwin';
import { ManualClock, settle } from './manualClock';
import { MemoryJournalStorage } from './memoryJournalStorage';

export const SETTINGS: SessionSettings = {
  chatId: 'chat',
  demo: false,
  apiUrl: 'http://api.test',
  messagesUrl: 'http://messages.test',
  name: 'VS Code',
  clientExternalId: null,
  clientMetadata: {},
};

/** What the start call brings. */
export const ANSWER: StartedSession = {
  id: 'S',
  clientId: null,
  startedAt: START,
  ttl: 3600,
  messages: [],
};

const LEASE: Lease = { isHeld: () => Promise.resolve(true), release: () => undefined };

/** One session on a clock, a disk and a TWIN that the test moves by hand. */
export class SessionBench {
  readonly clock = new ManualClock(START);
  readonly storage = new MemoryJournalStorage();
  readonly twin = new FakeTwin(this.storage.history);
  network = 'home';
  session: ChatSession;
  private ids = 0;

  constructor(
    private readonly logger: Logger,
    private readonly more: Partial<SessionParts> = {},
    settings = SETTINGS,
  ) {
    this.session = this.open(settings);
  }

  /** The same session in a new process. The old one has died at once, unless it may `flush`. */
  async reopen({ flush = true } = {}): Promise<void> {
    if (flush) await this.session.flush();
    this.session.dispose();
    const { events } = await loadJournal(this.storage, 'k');
    this.session = this.open(null);
    await this.session.resume(events, await this.storage.readDraft('k'));
  }

  /** The start call is made and answered: the socket is not there yet. */
  async start(answer: Partial<StartedSession> = {}): Promise<void> {
    void this.session.start();
    await settle();
    this.twin.starts.at(-1)?.answer({ ...ANSWER, ...answer });
    await settle();
  }

  async goOnline(): Promise<void> {
    await this.start();
    await this.connected();
  }

  async connected(): Promise<void> {
    this.twin.live.listener.onConnect();
    await settle();
  }

  async disconnected(): Promise<void> {
    this.twin.live.listener.onDisconnect('transport close');
    await settle();
  }

  async send(key: string, text = `text of ${key}`): Promise<void> {
    this.session.send({ key, text: clear(text), attachmentIds: [], replyTo: null });
    await settle();
  }

  get messages(): readonly MessageRow[] {
    return this.session.conversation.rows.filter((row) => row.kind === 'message');
  }

  get texts(): readonly string[] {
    return this.messages.map(({ text }) => text);
  }

  /** Key and state of each own message. */
  get fates(): readonly string[] {
    return this.messages.flatMap(({ key, delivery }) => (delivery ? `${key} ${delivery}` : []));
  }

  /** The state of each message, in order; `null` for those of the other side. */
  get deliveries(): readonly (Delivery | null)[] {
    return this.messages.map(({ delivery }) => delivery);
  }

  get happenings(): readonly string[] {
    return this.session.conversation.rows.flatMap((row) =>
      row.kind === 'happening' ? row.happening.type : [],
    );
  }

  get draft(): string {
    return this.session.conversation.composer.draft.text;
  }

  /** The texts that were posted, in order. */
  get posted(): readonly string[] {
    return this.twin.sends.map(({ request }) => request.text);
  }

  /** Nothing is left of it: neither a timer nor a connection. */
  async close(): Promise<void> {
    await this.session.flush();
    this.session.dispose();
    assert.deepEqual([this.clock.pending, this.twin.open], [0, 0]);
  }

  private open(settings: SessionSettings | null): ChatSession {
    const parts: SessionParts = {
      storage: this.storage,
      createApi: () => this.twin,
      clock: this.clock,
      random: () => 0.5,
      createId: () => `id${(this.ids += 1)}`,
      logger: this.logger,
      network: () => this.network,
      ...this.more,
    };
    return new ChatSession(parts, { key: 'k', settings, addresses: SETTINGS, lease: LEASE });
  }
}
