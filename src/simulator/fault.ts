// What a network, a proxy or a tired server does to calls and events. The gate plays these.

/** The calls of the REST side, and those of the live one. */
export const ROUTES = [
  'start',
  'continue',
  'send',
  'upload',
  'file',
  'history',
  'close',
  /** A request of Engine.IO's polling, its handshake among them. */
  'poll',
  /** No call, but the moment at which an event is given: for `drop` alone. */
  'event',
] as const;

export type Route = (typeof ROUTES)[number];

/** From and to, both included. */
export type Range = readonly [number, number];

/**
 * How a connection goes: broken at once, dead at one end only (the other is told nothing, whatever
 * it writes), or open and mute.
 */
export const DROPS = ['reset', 'half-open', 'silent'] as const;

export type Drop = (typeof DROPS)[number];

interface Scope {
  /** How likely it strikes, each time it could: 0 to 1; 1 when absent. */
  readonly chance?: number;
  /** How often at most; without end when absent. */
  readonly times?: number;
  /** Which calls; all when absent. Of no meaning for events. */
  readonly routes?: readonly Route[];
}

/** In place of a call's answer, and nothing is taken. */
type BeforeTaking =
  | { readonly kind: 'drop'; readonly how: Drop }
  | {
      readonly kind: 'status';
      readonly status: number;
      /** The header's value: seconds, a date, nonsense. */
      readonly retryAfter?: string;
    }
  /** A proxy's page under 200, as of a hotel's network. */
  | { readonly kind: 'html' }
  /** An upload's connection is reset when so much of it has come. */
  | { readonly kind: 'cutUpload'; readonly percent: number };

/** The call is taken; its answer does not come as it should. */
type AfterTaking =
  | { readonly kind: 'lost'; readonly how: 'reset' | 'silent' | 502 | 504 }
  /** The JSON ends in its middle; the HTTP around it is whole. */
  | { readonly kind: 'truncate' };

/** Nothing is spoilt, but it takes time. Milliseconds. */
type Slow =
  | { readonly kind: 'latency'; readonly ms: Range }
  | { readonly kind: 'slowUpload'; readonly bytesPerSecond: number };

type OfEvents =
  /** Given so many times in all. */
  | { readonly kind: 'duplicate'; readonly copies: Range }
  /** Held back until the next one has passed, for a second at most. */
  | { readonly kind: 'reorder' }
  | { readonly kind: 'late'; readonly ms: Range };

type OfTheLiveChannel =
  /** A poll is told that Engine.IO does not know its session. */
  | { readonly kind: 'unknownSid' }
  | { readonly kind: 'noWebSocket' }
  /** Who connects again is given so many of the last messages again. */
  | { readonly kind: 'replay'; readonly count: number };

export type FaultKind = Fault['kind'];

export type Fault = Scope & (BeforeTaking | AfterTaking | Slow | OfEvents | OfTheLiveChannel);

export type FaultOf<Kind extends FaultKind> = Extract<Fault, { readonly kind: Kind }>;
