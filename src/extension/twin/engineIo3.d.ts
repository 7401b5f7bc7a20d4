// The little of engine.io-client 3.5 that `httpPolling.ts` builds on. The package has no types.
declare module 'engine.io-client/lib/transports/polling' {
  namespace Polling {
    /** The Engine.IO socket a transport belongs to. */
    interface Engine {
      readonly transportOptions: Readonly<Record<string, unknown>>;
    }

    interface Options {
      readonly query: Readonly<Record<string, string>>;
      readonly socket: Engine;
    }
  }

  /** Long polling without the requests: `doPoll` and `doWrite` are for the heir to write. */
  class Polling {
    constructor(options: Polling.Options);
    protected readonly socket: Polling.Engine;
    protected readyState: 'opening' | 'open' | 'pausing' | 'paused' | 'closed' | '';
    protected onData(payload: string): void;
    protected onError(message: string, description: unknown): void;
    /** The URL of the next request, with the session's key and a cache-busting parameter. */
    protected uri(): string;
    protected doPoll(): void;
    protected doWrite(payload: string, done: () => void): void;
    protected doClose(): void;
  }

  export = Polling;
}

declare module 'engine.io-client/lib/transports' {
  /** By name; looked into whenever a socket opens a transport. */
  const transports: Record<string, unknown>;
  export = transports;
}
