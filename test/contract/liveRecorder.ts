import type { TwinError } from '../../src/extension/core/errors';

/** What a live channel reported, in order, and a way to wait for it. Knows both listeners' shapes. */
export class LiveRecorder {
  /** `connect`, `disconnect: reason`, `failure: reason`, or the event. */
  readonly seen: string[] = [];
  readonly events: unknown[] = [];
  readonly failures: TwinError[] = [];
  private readonly waiting = new Set<() => void>();

  /** How often the server said so. */
  welcomes = 0;

  readonly onWelcome = (): void => {
    this.welcomes += 1;
  };

  readonly onConnect = (): void => {
    this.note('connect');
  };

  readonly onDisconnect = (reason: string): void => {
    this.note(`disconnect: ${reason}`);
  };

  /** How many pings left, and how many were answered. */
  readonly heartbeats = { sent: 0, answered: 0 };

  readonly onHeartbeat = (answered: boolean): void => {
    this.heartbeats[answered ? 'answered' : 'sent'] += 1;
    for (const look of this.waiting) look();
  };

  readonly onFailure = (error: TwinError): void => {
    this.failures.push(error);
    this.note(`failure: ${error.reason}`);
  };

  /** As a `LiveTransport` calls it: name and payload. */
  readonly onRawEvent = (name: string, payload: unknown): void => {
    this.events.push([name, payload]);
    this.note(name);
  };

  /** As a `TwinConnection` calls it: one decoded event. */
  readonly onDecodedEvent = (event: { readonly type: string }): void => {
    this.events.push(event);
    this.note(event.type);
  };

  /** Resolves once `holds` does. It never gives up by itself: the test's own time limit does. */
  until(holds: (seen: readonly string[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds(this.seen)) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  private note(what: string): void {
    this.seen.push(what);
    for (const look of this.waiting) look();
  }
}
