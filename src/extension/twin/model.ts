// What the TWIN client hands up: decoded, normalised, with one shape for every variant that the
// documents allow. Times are milliseconds since the epoch.

import type { JsonValue } from '../../shared/conversation';

/** A file on TWIN's side: an attachment, an avatar, or the answer to an upload. */
export interface RemoteFile {
  readonly id: string | null;
  readonly name: string;
  readonly contentType: string | null;
  /** Bytes. */
  readonly size: number | null;
  /** Where to fetch it: `downloadLink`, else `url`; as stated, may be relative to the API's host. */
  readonly url: string | null;
}

export interface IncomingMessage {
  /** Absent in the start answer's messages: such a one can be neither acknowledged nor matched. */
  readonly id: string | null;
  readonly author: 'client' | 'bot' | 'operator';
  readonly authorName: string | null;
  readonly type: 'regular' | 'terminal' | 'help';
  readonly text: string;
  readonly answers: readonly string[];
  readonly actions: readonly JsonValue[];
  readonly attachments: readonly RemoteFile[];
  readonly avatar: RemoteFile | null;
  readonly createdAt: number | null;
  readonly replyTo: { readonly id: string; readonly text: string | null } | null;
}

export interface Operator {
  readonly id: string | null;
  readonly name: string | null;
  readonly avatar: RemoteFile | null;
}

/** What comes over the socket. */
export type LiveEvent =
  | { readonly type: 'message'; readonly message: IncomingMessage }
  | { readonly type: 'typing'; readonly author: 'bot' | 'operator' }
  | { readonly type: 'read'; readonly messageId: string }
  | {
      readonly type: 'operatorAssigned';
      /** The event's own message id, where it has one. */
      readonly id: string | null;
      readonly operator: Operator;
      /** Whom this operator takes over from; `null` when it was the bot. */
      readonly previous: Operator | null;
    }
  | {
      readonly type: 'operatorStatus';
      readonly operatorId: string | null;
      readonly previousStatus: string | null;
      readonly currentStatus: string;
    }
  | { readonly type: 'operatorLeft'; readonly operatorId: string | null }
  /** Not understood: kept and logged, never dropped in silence. */
  | { readonly type: 'unknown'; readonly name: string; readonly payload: unknown };

/** The answer to "start a session". */
export interface StartedSession {
  /** TWIN's session id: the only credential there is. Never show or log it. */
  readonly id: string;
  readonly clientId: string | null;
  readonly startedAt: number | null;
  /** Seconds. */
  readonly ttl: number | null;
  readonly messages: readonly IncomingMessage[];
}

/** The answer to "history". */
export interface History {
  /** How many messages there are; `null` when the server does not say. */
  readonly count: number | null;
  /** Those it has told, in whatever order. */
  readonly messages: readonly IncomingMessage[];
}

/** The answer to "send a message". */
export interface SentMessage {
  readonly id: string | null;
  readonly createdAt: number | null;
}
