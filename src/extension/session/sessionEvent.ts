// Everything that can happen to a conversation. The reducer makes the conversation of these, and
// the journal keeps them: replaying the journal is how a conversation is restored.

import type { ConnectionState, Draft, EndedBy } from '../../shared/conversation';
import type { Problem } from '../../shared/problem';
import type { IncomingMessage, LiveEvent, RemoteFile, SentMessage } from '../twin/model';

/** Kept in the journal. `at` is the wall clock when it happened here, ms since the epoch. */
export type DurableEvent =
  | {
      readonly type: 'started';
      readonly at: number;
      /** TWIN's session id: the credential with which a live session is taken up again. */
      readonly sessionId: string;
      readonly chatId: string;
      readonly apiUrl: string;
      readonly messagesUrl: string;
      readonly demo: boolean;
      readonly profile?: string;
      /** Its profile wanted a question before the first message or file went. */
      readonly asksFirst?: true;
      readonly startedAt: number | null;
      /** Seconds. */
      readonly ttl: number | null;
      readonly messages: readonly IncomingMessage[];
      /** Acknowledged only once they are seen. */
      readonly awaitsSight?: true;
    }
  | {
      readonly type: 'received';
      readonly at: number;
      readonly event: DurableLiveEvent;
      /** Told by the server's history, which we asked for. */
      readonly fromHistory?: true;
      /** Acknowledged only once it is seen. */
      readonly awaitsSight?: true;
    }
  /** Messages that awaited it, by their ids at TWIN. */
  | { readonly type: 'seen'; readonly at: number; readonly ids: readonly string[] }
  | {
      readonly type: 'queued';
      readonly at: number;
      /** Made by the view; the message's key for ever. */
      readonly key: string;
      readonly text: string;
      /** Those that are still being uploaded have no id; `uploaded` follows. */
      readonly attachments: readonly RemoteFile[];
      /** Key of the row it quotes. */
      readonly replyTo: string | null;
      /** The row and index of the pressed answer, if it was one. */
      readonly answer: { readonly messageKey: string; readonly index: number } | null;
      /** It was written in the composer, which it left empty. */
      readonly fromDraft?: true;
      /** With this of the person's changes of the draft. */
      readonly edit?: number;
    }
  | { readonly type: 'sending'; readonly at: number; readonly key: string }
  | { readonly type: 'sent'; readonly at: number; readonly key: string; readonly sent: SentMessage }
  /** The files of a message have arrived, all of them: now it may go. */
  | {
      readonly type: 'uploaded';
      readonly at: number;
      readonly key: string;
      readonly attachments: readonly RemoteFile[];
    }
  /** Waits for another try: provably not taken by the server, or the person wants it once more. */
  | {
      readonly type: 'requeued';
      readonly at: number;
      readonly key: string;
      /** Why it was not taken. */
      readonly problem: Problem | null;
      /** The server does not want it before this, by the clock here. */
      readonly until?: number;
    }
  | {
      readonly type: 'failed';
      readonly at: number;
      readonly key: string;
      readonly problem: Problem;
    }
  /** The server may have taken it. */
  | { readonly type: 'becameUnknown'; readonly at: number; readonly key: string }
  | { readonly type: 'confirmedArrived'; readonly at: number; readonly key: string }
  | {
      readonly type: 'removed';
      readonly at: number;
      readonly key: string;
      /** Its text went back into the composer, before what was written there. */
      readonly toDraft?: true;
    }
  /** The person has given it a name, or taken it away. */
  | { readonly type: 'renamed'; readonly at: number; readonly name: string | null }
  | { readonly type: 'gap'; readonly at: number; readonly from: number; readonly to: number }
  /** The server's history has told all there was between the two times. */
  | { readonly type: 'gapFilled'; readonly at: number; readonly from: number; readonly to: number }
  /**
   * The process is about to go away: `until` then the live channel was well, by the clock here. What was
   * said later may have been missed.
   */
  | { readonly type: 'heard'; readonly at: number; readonly until: number }
  /** The server does not offer its history: it is not asked for again in this session. */
  | { readonly type: 'historyRefused'; readonly at: number }
  /** Another process carries it on from here: what the disk did not take of it before is forgotten. */
  | { readonly type: 'resumed'; readonly at: number }
  | { readonly type: 'ended'; readonly at: number; readonly by: EndedBy };

/** The steps with which a message leaves the queue. */
export type Step = Extract<DurableEvent, { type: 'sending' | 'uploaded' | 'removed' }>;

export type DurableLiveEvent = Exclude<LiveEvent, { type: 'typing' } | { type: 'unknown' }>;

/** Of the moment only: never in the journal. */
export type PassingEvent =
  | {
      readonly type: 'connection';
      readonly state: ConnectionState;
      readonly problem: Problem | null;
    }
  | { readonly type: 'typing'; readonly by: 'bot' | 'operator' | null }
  | { readonly type: 'storageFailed' }
  | { readonly type: 'storageRecovered' }
  /** It stays in the queue: the disk does not take the step with which it would leave it. */
  | { readonly type: 'heldByDisk'; readonly key: string }
  /** The clock here, by so many ms. */
  | { readonly type: 'clockSetBack'; readonly by: number }
  /** Another window has the session: here it is only read. */
  | { readonly type: 'movedElsewhere' }
  /** It is over, and was taken from the list to be read again. */
  | { readonly type: 'openedAsPast' }
  | {
      readonly type: 'draftChanged';
      readonly text: string;
      readonly by: 'person' | 'host';
      /** Of the person's, as the view counts them. */
      readonly edit?: number;
    }
  | { readonly type: 'draftRestored'; readonly draft: Draft }
  | {
      readonly type: 'attachmentAdded';
      readonly id: string;
      readonly name: string;
      readonly contentType: string;
      /** Bytes. */
      readonly size: number;
      readonly unsaved: boolean;
      /** Its upload has not begun, and does not by itself. */
      readonly waits?: boolean;
    }
  | { readonly type: 'attachmentProgress'; readonly id: string; readonly sentBytes: number }
  | { readonly type: 'attachmentReady'; readonly id: string; readonly file: RemoteFile }
  | { readonly type: 'attachmentFailed'; readonly id: string; readonly problem: Problem }
  | { readonly type: 'attachmentRetried'; readonly id: string }
  | { readonly type: 'attachmentRemoved'; readonly id: string };

/** Of each event whether it is kept: the compiler refuses a new one that does not say. */
const DURABLE: Readonly<Record<DurableEvent['type'], true>> &
  Readonly<Partial<Record<string, true>>> = {
  started: true,
  received: true,
  seen: true,
  queued: true,
  sending: true,
  sent: true,
  uploaded: true,
  requeued: true,
  failed: true,
  becameUnknown: true,
  confirmedArrived: true,
  removed: true,
  renamed: true,
  gap: true,
  gapFilled: true,
  heard: true,
  historyRefused: true,
  resumed: true,
  ended: true,
};

export function isDurable(event: SessionEvent): event is DurableEvent {
  return Object.hasOwn(DURABLE, event.type);
}

export type SessionEvent = DurableEvent | PassingEvent;
