// The wire of TWIN as its documents print it (docs: integration article, TWIN's wiki, PHP SDK). The
// simulator's own copy: it shares none with the client, so that a mistake of one shows in the other.

export type AuthorType = 'BOT' | 'OPERATOR' | 'CLIENT';

export type MessageType = 'REGULAR' | 'TERMINAL' | 'HELP';

/** Names of the events a session's sockets hear. */
export type EventName =
  | 'showTypingIndicatorEmit'
  | 'chatMessageCreatedEmit'
  | 'chatMessageReadEmit'
  | 'operatorStatusChangedEmit';

/** The article prints these two tables under the names of other events; nobody knows their own. */
export const OWN_OPERATOR_EVENT_NAMES = {
  assigned: 'operatorAssignedEmit',
  left: 'operatorLoggedOutEmit',
} as const;

/** The event a client owes for every message it received. */
export const MESSAGE_RECEIVED = 'messageReceived';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Time as TWIN writes it: `2018-10-31T11:56:07+00:00`, whole seconds. */
export function wireTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, '+00:00');
}
