// Everything the platform took and gave, in order: what a test believes instead of the client.
import type { Fault, Route } from './fault';
import type { AuthorType, JsonObject } from './wire';

interface SessionStarted {
  readonly kind: 'sessionStarted';
  readonly sessionId: string;
  readonly chatId: string;
  readonly name: string;
  readonly clientExternalId?: string;
  readonly clientMetadata?: JsonObject;
}

interface SessionContinued {
  readonly kind: 'sessionContinued';
  readonly sessionId: string;
}

interface SessionEnded {
  readonly kind: 'sessionEnded';
  readonly sessionId: string;
}

interface MessageTaken {
  readonly kind: 'messageTaken';
  readonly sessionId: string;
  readonly messageId: string;
  readonly body: string;
  /** Ids of files. */
  readonly attachments: readonly string[];
  readonly replyToMessageId?: string;
}

interface MessageGiven {
  readonly kind: 'messageGiven';
  readonly sessionId: string;
  /** The platform's own id, even where the shape of the answer holds it back. */
  readonly messageId: string;
  readonly body: string;
  readonly author: AuthorType;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly by: 'rest' | 'socket';
  /** The socket it was written to; absent for REST. */
  readonly socketId?: string;
}

/** Nobody was connected to hear it. */
interface MessageMissed {
  readonly kind: 'messageMissed';
  readonly sessionId: string;
  readonly messageId: string;
  readonly body: string;
  readonly author: AuthorType;
}

/** An event other than a message. */
interface EventGiven {
  readonly kind: 'eventGiven';
  readonly sessionId: string;
  readonly event: string;
  readonly payload: unknown;
  readonly socketId: string;
}

interface Acknowledged {
  readonly kind: 'acknowledged';
  readonly sessionId: string;
  readonly messageId: string;
  readonly socketId: string;
}

interface FileTaken {
  readonly kind: 'fileTaken';
  readonly fileId: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

interface FileGiven {
  readonly kind: 'fileGiven';
  readonly fileId: string;
}

interface SocketConnected {
  readonly kind: 'socketConnected';
  readonly sessionId: string;
  readonly socketId: string;
}

interface SocketDisconnected {
  readonly kind: 'socketDisconnected';
  readonly sessionId: string;
  readonly socketId: string;
  /** Socket.IO's word, for example `transport close`. */
  readonly reason: string;
}

interface SocketRefused {
  readonly kind: 'socketRefused';
  readonly key: string;
}

interface RequestRefused {
  readonly kind: 'requestRefused';
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A fault struck: what the client saw need not be what the other entries tell. */
interface FaultPlayed {
  readonly kind: 'faultPlayed';
  readonly fault: Fault;
  readonly route: Route;
}

/** The client broke the protocol: an acknowledgement of nothing, an unknown event. */
interface Complaint {
  readonly kind: 'complaint';
  readonly sessionId: string;
  readonly what: string;
  readonly payload: unknown;
}

export type LedgerEvent =
  | SessionStarted
  | SessionContinued
  | SessionEnded
  | MessageTaken
  | MessageGiven
  | MessageMissed
  | EventGiven
  | Acknowledged
  | FileTaken
  | FileGiven
  | SocketConnected
  | SocketDisconnected
  | SocketRefused
  | RequestRefused
  | FaultPlayed
  | Complaint;

/** `at`: milliseconds since the epoch. */
export type LedgerEntry = LedgerEvent & { readonly at: number };

export type LedgerKind = LedgerEntry['kind'];

type EntryOf<Kind extends LedgerKind> = Extract<LedgerEntry, { readonly kind: Kind }>;

/** An append-only list with the questions that tests ask of it. */
export class Ledger {
  private readonly list: LedgerEntry[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(private readonly now: () => number) {}

  get entries(): readonly LedgerEntry[] {
    return this.list;
  }

  /** For the simulator alone: tests read. */
  note(event: LedgerEvent): void {
    this.list.push({ ...event, at: this.now() });
    for (const look of this.waiting) {
      look();
    }
  }

  of<Kind extends LedgerKind>(kind: Kind): EntryOf<Kind>[] {
    return this.list.filter((entry): entry is EntryOf<Kind> => entry.kind === kind);
  }

  messagesTaken(sessionId: string): EntryOf<'messageTaken'>[] {
    return this.of('messageTaken').filter((entry) => entry.sessionId === sessionId);
  }

  messagesGiven(sessionId: string): EntryOf<'messageGiven'>[] {
    return this.of('messageGiven').filter((entry) => entry.sessionId === sessionId);
  }

  /** Those of one message, or of the whole session. */
  acknowledgements(sessionId: string, messageId?: string): EntryOf<'acknowledged'>[] {
    return this.of('acknowledged').filter(
      (entry) =>
        entry.sessionId === sessionId && (messageId === undefined || entry.messageId === messageId),
    );
  }

  filesTaken(): EntryOf<'fileTaken'>[] {
    return this.of('fileTaken');
  }

  complaints(sessionId?: string): EntryOf<'complaint'>[] {
    return this.of('complaint').filter(
      (entry) => sessionId === undefined || entry.sessionId === sessionId,
    );
  }

  /**
   * Resolves with the first answer of `look` that is neither `undefined` nor `false`; asked now and
   * after every new entry. It never gives up by itself: the test's own time limit does.
   */
  until<Found>(look: (ledger: this) => Found | undefined | false): Promise<Found> {
    return new Promise((resolve) => {
      const ask = (): void => {
        const found = look(this);
        if (found !== undefined && found !== false) {
          this.waiting.delete(ask);
          resolve(found);
        }
      };
      this.waiting.add(ask);
      ask();
    });
  }
}
