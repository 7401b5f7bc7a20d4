// The conversation as shown: what the host's reducer makes and the webview draws. Plain data only,
// for it crosses `postMessage`. Times are milliseconds since the epoch.

import type { Problem } from './problem';

/** Who speaks. `system` marks rows that tell what happened. */
export type Author = 'client' | 'bot' | 'operator' | 'system';

/** The other side of a conversation. */
export type Peer = Exclude<Author, 'client' | 'system'>;

export const CONNECTION_STATES = [
  'idle',
  'starting',
  'online',
  'reconnecting',
  'ended',
  'failed',
] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** The fate of an own message. */
export const DELIVERIES = ['queued', 'sending', 'sent', 'read', 'unknown', 'failed'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** A file on TWIN's side. The host alone knows its address; the view names it by `key`. */
export interface FileView {
  readonly key: string;
  readonly name: string;
  /** As the server states it; the start answer's files come without one. */
  readonly contentType: string | null;
  /** Bytes. */
  readonly size: number | null;
  /** False when the server gave no address for it. */
  readonly available: boolean;
}

/** What an own or foreign message answers to. */
export interface Quote {
  /** The row quoted, when it is in this conversation. */
  readonly messageKey: string | null;
  readonly text: string;
}

export interface MessageRow {
  readonly kind: 'message';
  /** Unique in the conversation and never changed; the DOM's `data-message-id`. */
  readonly key: string;
  readonly author: 'client' | Peer;
  readonly authorName: string | null;
  readonly avatar: FileView | null;
  /** Markdown, exactly as it came or was typed. */
  readonly text: string;
  readonly at: number;
  readonly answers: readonly string[];
  /** Buttons and form can be used; false once a newer message has taken the turn. */
  readonly answersOpen: boolean;
  /** Index of the answer that was pressed. */
  readonly chosenAnswer: number | null;
  readonly attachments: readonly FileView[];
  /** TWIN's `actions`, whose inner schema is unknown: shown as a readable card. */
  readonly actions: readonly JsonValue[];
  readonly quote: Quote | null;
  /** Own messages only. */
  readonly delivery: Delivery | null;
  /** Why an own message failed, or waits. */
  readonly problem: Problem | null;
  /** A queued message does not go before this, by the server's wish. */
  readonly waitsUntil: number | null;
}

/** A row that tells what happened. */
export interface HappeningRow {
  readonly kind: 'happening';
  readonly key: string;
  readonly at: number;
  readonly happening: Happening;
}

export type Happening =
  | { readonly type: 'operatorRequested' }
  | { readonly type: 'operatorAssigned'; readonly name: string | null }
  | {
      readonly type: 'operatorReplaced';
      readonly name: string | null;
      readonly previousName: string | null;
    }
  | { readonly type: 'operatorStatus'; readonly name: string | null; readonly status: string }
  | { readonly type: 'operatorLeft'; readonly name: string | null }
  | { readonly type: 'ended'; readonly by: EndedBy }
  /** Messages between the two times may be missing. */
  | { readonly type: 'gap'; readonly from: number; readonly to: number };

/** The bot's TERMINAL message, the person's own command, or the server's refusal of a call. */
export type EndedBy = 'bot' | 'person' | 'server';

export type Row = MessageRow | HappeningRow;

/** A file in the composer: uploaded at once, sent with the next message. */
export interface PendingAttachment {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  readonly state: 'uploading' | 'ready' | 'failed';
  /** Bytes that have left. */
  readonly sentBytes: number;
  /** True for what differs from the disk. */
  readonly unsaved: boolean;
  readonly problem: Problem | null;
}

/**
 * The text in the composer. The view owns it while the person types; the host changes it by a new
 * `version`, and only then does the view take it over.
 */
export interface Draft {
  readonly text: string;
  readonly version: number;
  /** The last of the person's changes that is in it, as the view counts them. */
  readonly edit?: number;
}

/** Which change of the draft a text is: what each of several views on it says with what it saves. */
export interface DraftStep {
  /** As the view counts the person's changes. */
  readonly edit: number;
  /** The change that it was made upon: where it is not the last one, another view has written. */
  readonly after: number;
}

export interface Composer {
  readonly draft: Draft;
  readonly pending: readonly PendingAttachment[];
}

/** With whom one talks, as the header says it. */
export interface PeerView {
  readonly kind: Peer;
  readonly name: string | null;
  readonly avatar: FileView | null;
  readonly since: number;
}

/** One conversation as shown. */
export interface ConversationView {
  /** The local name of the session, not TWIN's id (which is a credential). */
  readonly key: string;
  /** What the person calls it. */
  readonly name: string | null;
  readonly demo: boolean;
  /** The profile it was begun with; `null` for the plain settings. */
  readonly profile: string | null;
  readonly connection: ConnectionState;
  /** Why `reconnecting` or `failed`. */
  readonly problem: Problem | null;
  /** The chat goes on in memory, but the disk does not take it. */
  readonly storageFailed: boolean;
  /** The session lives in another window: it can be read here, and taken over. */
  readonly elsewhere: boolean;
  /** It was over when it was taken from the list: it is only read. */
  readonly past: boolean;
  readonly peer: PeerView | null;
  /** Since when an operator has been asked for and has not come. */
  readonly operatorRequestedAt: number | null;
  /** When the session may expire (`ttl` from the arrival of the start answer: a hint). */
  readonly expiresAt: number | null;
  readonly typing: { readonly by: Peer; readonly name: string | null } | null;
  readonly rows: readonly Row[];
  readonly composer: Composer;
}

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
