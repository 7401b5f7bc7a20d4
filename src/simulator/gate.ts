import type { JsonObject } from './wire';

/** The calls of the REST side. */
export type Route = 'start' | 'continue' | 'send' | 'upload' | 'file' | 'history' | 'close';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object or array goes as JSON, a string or bytes as they are. */
  readonly body: JsonObject | readonly unknown[] | string | Buffer;
  /** What the platform does once the answer has left (or the caller has hung up). */
  readonly afterwards?: () => void;
}

/** The next call of this route is answered so, and nothing is taken. */
export interface Failure {
  readonly route: Route;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | JsonObject;
}

/**
 * The one place through which every REST answer and every event passes on its way out: whatever
 * spoils, delays or loses them stands here.
 */
export class Gate {
  private readonly failures: Failure[] = [];

  failNext(failure: Failure): void {
    this.failures.push(failure);
  }

  /** `produce` makes the answer, and takes what was sent; a failed call never reaches it. */
  async answer(route: Route, produce: () => Reply | Promise<Reply>): Promise<Reply> {
    const index = this.failures.findIndex((failure) => failure.route === route);
    const [failure] = index < 0 ? [] : this.failures.splice(index, 1);
    if (!failure) {
      return produce();
    }
    const { status, headers = {}, body = '' } = failure;
    return { status, headers, body };
  }

  /** `write` puts one event on one socket. */
  deliver(write: () => void): void {
    write();
  }
}
