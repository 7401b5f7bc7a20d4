import { randomUUID } from 'node:crypto';
import type { Bot, Talk } from './bots/bot';
import {
  dressAssignment,
  dressAuthorType,
  dressMessage,
  dressStartMessage,
  type Wardrobe,
} from './dress';
import type { StoredFile } from './fileStore';
import type { Ledger, LedgerEvent } from './ledger';
import type { Author, Message, Utterance } from './message';
import { OWN_OPERATOR_EVENT_NAMES, wireTime, type JsonObject } from './wire';

export interface SessionRequest {
  readonly chatId: string;
  readonly name: string;
  readonly clientExternalId?: string;
  readonly clientMetadata?: JsonObject;
}

/** What a session needs of the platform around it. */
export interface Surroundings {
  readonly ledger: Ledger;
  /** How long a session that begins now is to live. */
  readonly ttlSeconds: () => number;
  readonly now: () => number;
  readonly wardrobe: () => Wardrobe;
  /** Resolves after the time somebody needs for one step; rejects when the platform closes. */
  readonly takeTime: () => Promise<void>;
  /**
   * Writes an event to every socket of the session and notes each writing, or, of a message, that
   * there was none.
   */
  readonly emit: (sessionId: string, event: string, payload: unknown, given?: Given) => void;
}

/** What the ledger is told of an event given to a socket; or to nobody. */
export type Given = (socketId: string | undefined) => LedgerEvent;

/** What a person or a test says without a bot's turn. */
export type Remark = Utterance & Partial<Pick<Message, 'id' | 'author' | 'createdAt'>>;

/** One chat of one client with one bot. */
export class Session implements Talk {
  readonly id = randomUUID();
  readonly clientId = randomUUID();
  private readonly startedAt: number;
  private readonly ttlSeconds: number;
  private readonly messages: Message[] = [];
  private readonly greeting: readonly Message[];
  private readonly acknowledgeable = new Set<string>();
  private turns: Promise<void> = Promise.resolve();
  private ended = false;
  private greetedBySocket = false;

  constructor(
    readonly request: SessionRequest,
    private readonly bot: Bot,
    private readonly around: Surroundings,
  ) {
    this.startedAt = around.now();
    this.ttlSeconds = around.ttlSeconds();
    around.ledger.note({ kind: 'sessionStarted', sessionId: this.id, ...request });
    this.greeting = bot.greet().map((utterance) => this.compose(utterance));
  }

  get live(): boolean {
    return !this.ended && this.around.now() < this.startedAt + this.ttlSeconds * 1000;
  }

  /** The answer to `POST chats/{chatId}/sessions`. */
  startAnswer(): JsonObject {
    const { variants } = this.around.wardrobe();
    const greeting = variants.greeting === 'socket' ? [] : this.greeting;
    for (const { id: messageId, body, author, createdAt } of greeting) {
      if (variants.startMessages === 'full') {
        this.acknowledgeable.add(messageId);
      }
      this.around.ledger.note({
        kind: 'messageGiven',
        sessionId: this.id,
        messageId,
        body,
        author: author.type,
        createdAt,
        by: 'rest',
      });
    }
    return this.answerWith(greeting);
  }

  /** The answer to `PUT chats/{chatId}/sessions`: nothing is said twice. */
  continueAnswer(): JsonObject {
    return this.answerWith([]);
  }

  private answerWith(messages: readonly Message[]): JsonObject {
    const wardrobe = this.around.wardrobe();
    const { startMessages, ttl } = wardrobe.variants;
    return {
      id: this.id,
      clientId: this.clientId,
      startedAt: wireTime(this.startedAt),
      ...(ttl === 'present' ? { ttl: this.ttlSeconds } : {}),
      ...(startMessages === 'absent'
        ? {}
        : {
            messages:
              startMessages === 'null'
                ? null
                : messages.map((message) => dressStartMessage(message, wardrobe)),
          }),
    };
  }

  history(): JsonObject {
    const wardrobe = this.around.wardrobe();
    for (const { id } of this.messages) {
      this.acknowledgeable.add(id);
    }
    return {
      count: this.messages.length,
      items: this.messages.map((message) =>
        dressMessage(message, this.id, this.quotedBy(message), 'history', wardrobe),
      ),
    };
  }

  /** The first socket hears the greeting, where the platform greets so. */
  greetBySocket(): void {
    if (this.greetedBySocket || this.around.wardrobe().variants.greeting === 'rest') {
      return;
    }
    this.greetedBySocket = true;
    for (const message of this.greeting) {
      this.give(message);
    }
  }

  /** Takes a message of the client; the bot's turn is `respondTo`. */
  take(body: string, attachments: readonly StoredFile[], replyToMessageId?: string): Message {
    const author: Author = { id: this.clientId, type: 'CLIENT', name: this.request.name };
    const reply = replyToMessageId === undefined ? {} : { replyToMessageId };
    const message = this.compose({ author, body, attachments, ...reply });
    this.around.ledger.note({
      kind: 'messageTaken',
      sessionId: this.id,
      messageId: message.id,
      body,
      attachments: attachments.map((file) => file.id),
      ...reply,
    });
    return message;
  }

  /** Gives the client's own message back over the socket. */
  give(message: Message): void {
    const { id: messageId, body, createdAt } = message;
    const author = message.author.type;
    this.acknowledgeable.add(messageId);
    const quoted = this.quotedBy(message);
    const payload = dressMessage(message, this.id, quoted, 'event', this.around.wardrobe());
    const what = { sessionId: this.id, messageId, body, author };
    this.around.emit(this.id, 'chatMessageCreatedEmit', payload, (socketId) =>
      socketId === undefined
        ? { kind: 'messageMissed', ...what }
        : { kind: 'messageGiven', ...what, createdAt, by: 'socket', socketId },
    );
  }

  /** Queues the bot's turn behind those before it. */
  respondTo(message: Message, unlessClosed: (turn: Promise<void>) => Promise<void>): void {
    this.turns = unlessClosed(
      this.turns.then(async () => {
        this.emit('chatMessageReadEmit', { messageId: message.id });
        if (this.live) {
          await this.bot.answer(message, this);
        }
      }),
    );
  }

  /** Says something now; by the bot unless the remark names an author. Returns the message's id. */
  remark(remark: Remark): string {
    const message = this.compose(remark);
    this.give(message);
    if (message.type === 'TERMINAL') {
      this.end();
    }
    return message.id;
  }

  end(): void {
    if (!this.ended) {
      this.ended = true;
      this.around.ledger.note({ kind: 'sessionEnded', sessionId: this.id });
    }
  }

  /** Any event; an `id` in its payload may be acknowledged. */
  emit(event: string, payload: unknown): void {
    if (typeof payload === 'object' && payload !== null && 'id' in payload) {
      this.acknowledgeable.add(String(payload.id));
    }
    this.around.emit(this.id, event, payload);
  }

  /** Whether a message with this id ever went out. */
  mayAcknowledge(messageId: string): boolean {
    return this.acknowledgeable.has(messageId);
  }

  async say(utterance: Utterance, author: Author = this.bot.author): Promise<void> {
    const { variants } = this.around.wardrobe();
    this.emit('showTypingIndicatorEmit', { authorType: dressAuthorType(author.type, variants) });
    await this.around.takeTime();
    this.remark({ ...utterance, author });
  }

  async assign(operator: Author, previous?: Author): Promise<void> {
    await this.around.takeTime();
    const wardrobe = this.around.wardrobe();
    this.emit(
      wardrobe.variants.operatorEventNames === 'own'
        ? OWN_OPERATOR_EVENT_NAMES.assigned
        : 'chatMessageCreatedEmit',
      dressAssignment(randomUUID(), operator, previous, wardrobe),
    );
  }

  async changeStatus(
    operator: Author,
    previousStatus: string,
    currentStatus: string,
  ): Promise<void> {
    await this.around.takeTime();
    const payload = { operatorId: operator.id, previousStatus, currentStatus };
    this.emit('operatorStatusChangedEmit', payload);
  }

  async leave(operator: Author): Promise<void> {
    await this.around.takeTime();
    const own = this.around.wardrobe().variants.operatorEventNames === 'own';
    this.emit(own ? OWN_OPERATOR_EVENT_NAMES.left : 'operatorStatusChangedEmit', {
      operatorId: operator.id,
    });
  }

  private compose(remark: Remark): Message {
    const message: Message = {
      id: randomUUID(),
      author: this.bot.author,
      type: 'REGULAR',
      body: '',
      answers: [],
      actions: [],
      attachments: [],
      createdAt: this.around.now(),
      ...remark,
    };
    this.messages.push(message);
    return message;
  }

  private quotedBy({ replyToMessageId: id }: Message): Message | undefined {
    return id === undefined ? undefined : this.messages.find((other) => other.id === id);
  }
}
