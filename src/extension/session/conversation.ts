// The conversation as the reducer keeps it: what is shown, and what is needed to go on from there.

import type {
  ConversationView,
  Delivery,
  FileView,
  PeerView,
  Row,
} from '../../shared/conversation';
import type { Problem } from '../../shared/problem';
import type { IncomingMessage, Operator, RemoteFile } from '../twin/model';
import { PersistentMap } from './persistentMap';

/** TWIN's session, once the start call has answered. */
export interface SessionIdentity {
  /** The credential. */
  readonly id: string;
  readonly chatId: string;
  readonly apiUrl: string;
  readonly messagesUrl: string;
  readonly asksFirst: boolean;
  /** When the start answer arrived, by the clock here. */
  readonly arrivedAt: number;
  /** When the session began, by the server's clock. */
  readonly startedAt: number | null;
  /** Seconds. */
  readonly ttl: number | null;
}

/** An own message whose fate is open, or which has no id yet. */
export interface OwnMessage {
  readonly key: string;
  readonly text: string;
  /** Those without an id are still being uploaded. */
  readonly attachments: readonly RemoteFile[];
  /** Key of the row it quotes. */
  readonly replyTo: string | null;
  readonly answer: { readonly messageKey: string; readonly index: number } | null;
  readonly delivery: Delivery;
  /** When it last set out, by the clock here. */
  readonly leftAt: number | null;
  /** The bot has said something that can only be the answer to it. */
  readonly answered: boolean;
}

/** What is known of a row beyond what is shown. */
export interface RowTrace {
  readonly serverId: string | null;
  /** Its place in the order, by the server's clock; `null`: where it arrived. */
  readonly order: number | null;
  /** An own message that was not written here, or could not be told from one. */
  readonly elsewhere?: true;
}

/** A time without a connection, by the clock here. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  /** Of its row. */
  readonly key: string;
}

export interface KnownFile {
  readonly file: RemoteFile;
  readonly view: FileView;
}

export interface Conversation {
  readonly view: ConversationView;
  /** Set while a journal is replayed: nobody sees the rows yet, so they need not be copied. */
  readonly ownsRows: boolean;
  readonly session: SessionIdentity | null;
  /** Of the last event that was kept, by the clock here. */
  readonly lastEventAt: number | null;
  /** Counts what is given a key here. */
  readonly sequence: number;
  /** Row key (or `''` where an id has no row) by TWIN's id: what is in here has been received. */
  readonly keyByServerId: PersistentMap<string>;
  readonly traces: PersistentMap<RowTrace>;
  readonly files: PersistentMap<KnownFile>;
  readonly fileKeyByAddress: PersistentMap<string>;

  /** In the order in which they are to be sent. */
  readonly outgoing: ReadonlyMap<string, OwnMessage>;
  /** Messages that wait for the disk, and the problem that each had before. */
  readonly heldByDisk: ReadonlyMap<string, Problem | null>;
  /** For how long the server wants no message, by the clock here; `null` once one has left since. */
  readonly quiet: { readonly from: number; readonly until: number } | null;
  /** The own message that set out last, and when the first one did. */
  readonly lastLeft: string | null;
  readonly lastLeftAt: number | null;
  readonly firstLeftAt: number | null;
  /** When the one before the last set out: till something is said after it, its answer is due. */
  readonly leftBefore: number | null;
  /** Own messages may have gone that are not here: a bad disk did not take them before a restart. */
  readonly mayHaveForgotten: boolean;
  /** By how much the clock here was set back at least, ms: times from here and from the server can hardly be compared then. */
  readonly setBackBy: number;
  /** Echoes that two own messages could claim: they wait until the POST under way is answered. */
  readonly heldEchoes: readonly IncomingMessage[];
  /** Read receipts for ids not (yet) known, with their time of arrival. */
  readonly earlyReads: ReadonlyMap<string, number>;

  /** Messages of the start answer that may come again over the socket. */
  readonly greeting: readonly { readonly key: string; readonly message: IncomingMessage }[];
  /** The other side has said something that is no greeting. */
  readonly beyondGreeting: boolean;
  /** The last word of the other side, by the clock here. */
  readonly lastHeard: { readonly at: number; readonly author: 'bot' | 'operator' } | null;
  /** Key of the row whose answers are open. */
  readonly openAnswers: string | null;

  /** Outages whose rows say that something may be missing. */
  readonly openGaps: readonly Gap[];
  /** False once the server has refused to tell its history. */
  readonly historyOffered: boolean;

  readonly operator: Operator | null;
  /** Operator events that were seen last: they have no ids, and may be repeated. */
  readonly lastOperatorLeft: string | null;
  readonly lastOperatorStatus: string | null;
  /** Whom to show once the operator is gone. */
  readonly bot: PeerView | null;
}

export function emptyConversation(
  key: string,
  demo: boolean,
  profile: string | null = null,
): Conversation {
  return {
    view: {
      key,
      name: null,
      demo,
      profile,
      connection: 'idle',
      problem: null,
      storageFailed: false,
      elsewhere: false,
      past: false,
      peer: null,
      operatorRequestedAt: null,
      expiresAt: null,
      typing: null,
      rows: [],
      composer: { draft: { text: '', version: 0 }, pending: [] },
    },
    ownsRows: false,
    session: null,
    lastEventAt: null,
    sequence: 0,
    keyByServerId: PersistentMap.empty(),
    traces: PersistentMap.empty(),
    files: PersistentMap.empty(),
    fileKeyByAddress: PersistentMap.empty(),
    outgoing: new Map(),
    heldByDisk: new Map(),
    quiet: null,
    lastLeft: null,
    lastLeftAt: null,
    firstLeftAt: null,
    leftBefore: null,
    mayHaveForgotten: false,
    setBackBy: 0,
    heldEchoes: [],
    earlyReads: new Map(),
    greeting: [],
    beyondGreeting: false,
    lastHeard: null,
    openAnswers: null,
    openGaps: [],
    historyOffered: true,
    operator: null,
    lastOperatorLeft: null,
    lastOperatorStatus: null,
    bot: null,
  };
}

/** What the webview draws. The same object as long as nothing shown has changed. */
export function toView(conversation: Conversation): ConversationView {
  return conversation.view;
}

/** Changes what is shown. */
export function show(c: Conversation, changes: Partial<ConversationView>): Conversation {
  return { ...c, view: { ...c.view, ...changes } };
}

/** A key for something that has none from outside. The same after a replay of the same events. */
export function nextKey(c: Conversation, prefix: string): [Conversation, string] {
  return [{ ...c, sequence: c.sequence + 1 }, `${prefix}-${c.sequence + 1}`];
}

/** The row with this key. Looks from the end: what changes is nearly always new. */
export function findRow(c: Conversation, key: string): Row | null {
  return c.view.rows[rowIndex(c.view.rows, key)] ?? null;
}

export function rowIndex(rows: readonly Row[], key: string): number {
  let index = rows.length - 1;
  while (index >= 0 && rows[index]?.key !== key) index -= 1;
  return index;
}
