import type { IncomingMessage } from 'node:http';
import { Transform, pipeline, type Readable } from 'node:stream';
import { EventGate, type Outlet } from './eventGate';
import type { Drop, Fault, FaultKind, FaultOf, Route } from './fault';
import type { Ledger } from './ledger';
import { SeededRandom } from './seededRandom';
import type { JsonObject } from './wire';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object or array goes as JSON, a string or bytes as they are. */
  readonly body: JsonObject | readonly unknown[] | string | Buffer;
  /** What the platform does once the answer has left (or the caller has hung up). */
  readonly afterwards?: () => void;
  /** The answer is lost: the connection goes in this way instead. */
  readonly drop?: Drop;
}

/** The next call of this route is answered so, and nothing is taken. */
export interface Failure {
  readonly route: Route;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | JsonObject;
}

export interface GateParts {
  readonly ledger: Ledger;
  /** The same seed and the same calls make the same faults. */
  readonly seed: number;
  readonly wait: (ms: number) => Promise<void>;
}

const PAGE_HEADERS = { 'Content-Type': 'text/html; charset=utf-8' };

/**
 * The one place through which every answer and every event passes on its way out: whatever spoils,
 * delays or loses them stands here.
 */
export class Gate {
  private readonly failures: Failure[] = [];
  private faults: { readonly fault: Fault; left: number }[] = [];
  private readonly random: SeededRandom;
  private readonly events: EventGate;

  constructor(private readonly parts: GateParts) {
    this.random = new SeededRandom(parts.seed);
    this.events = new EventGate({
      wait: parts.wait,
      random: this.random,
      strike: (kind) => this.strike(kind, 'event'),
    });
  }

  failNext(failure: Failure): void {
    this.failures.push(failure);
  }

  /** These faults, and no others, from now on. */
  setFaults(faults: readonly Fault[]): void {
    this.faults = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
  }

  /**
   * `produce` makes the answer, and takes what was sent: from the stream it is given, not from the
   * request. A call that fails before never reaches it.
   */
  async answer(
    route: Route,
    request: IncomingMessage,
    produce: (body: Readable) => Reply | Promise<Reply>,
  ): Promise<Reply> {
    const spoilt = this.planned(route) ?? (await this.before(route, request));
    if (spoilt) {
      return spoilt;
    }
    const slow = route === 'upload' ? this.strike('slowUpload', route) : undefined;
    const reply = await produce(slow ? this.throttle(request, slow) : request);
    return this.after(route, reply);
  }

  /** What becomes of a request of Engine.IO: `undefined` lets it pass. */
  async admitPoll(request: IncomingMessage): Promise<Reply | undefined> {
    const isBound = request.url?.includes('&sid=') === true;
    if (isBound && this.strike('unknownSid', 'poll')) {
      return { status: 400, body: { code: 1, message: 'Session ID unknown' } };
    }
    return this.before('poll', request);
  }

  admitsWebSocket(): boolean {
    return !this.strike('noWebSocket', 'poll');
  }

  /** How many of the last messages a client that comes again is given once more. */
  replays(): number {
    return this.strike('replay', 'poll')?.count ?? 0;
  }

  /** Writes one event on one socket, or loses the connection in the attempt. */
  deliver(outlet: Outlet): void {
    this.events.deliver(outlet);
  }

  private planned(route: Route): Reply | undefined {
    const index = this.failures.findIndex((failure) => failure.route === route);
    const [failure] = index < 0 ? [] : this.failures.splice(index, 1);
    if (!failure) {
      return undefined;
    }
    const { status, headers = {}, body = '' } = failure;
    return { status, headers, body };
  }

  private async before(route: Route, request: IncomingMessage): Promise<Reply | undefined> {
    const latency = this.strike('latency', route);
    if (latency) {
      await this.parts.wait(this.random.within(latency.ms));
    }
    const drop = this.strike('drop', route);
    if (drop) {
      return lost(drop.how);
    }
    const refusal = this.strike('status', route);
    if (refusal) {
      return statusReply(refusal);
    }
    if (this.strike('html', route)) {
      return { status: 200, headers: PAGE_HEADERS, body: page('Welcome') };
    }
    const cut = route === 'upload' ? this.strike('cutUpload', route) : undefined;
    if (cut) {
      await readPart(request, cut.percent);
      return lost('reset');
    }
    return undefined;
  }

  private after(route: Route, reply: Reply): Reply {
    if (reply.status >= 300) {
      return reply;
    }
    const loss = this.strike('lost', route);
    if (loss) {
      return typeof loss.how === 'number'
        ? { ...reply, ...statusReply({ status: loss.how }) }
        : { ...reply, drop: loss.how };
    }
    if (this.strike('truncate', route)) {
      const text = JSON.stringify(reply.body);
      const headers = { 'Content-Type': 'application/json' };
      return { ...reply, headers, body: text.slice(0, Math.ceil(text.length / 2)) };
    }
    return reply;
  }

  /** Lets an upload come no faster than so. */
  private throttle(request: IncomingMessage, { bytesPerSecond }: FaultOf<'slowUpload'>): Readable {
    const { wait } = this.parts;
    const slow = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        void wait((chunk.length / bytesPerSecond) * 1000).then(
          () => {
            done(null, chunk);
          },
          (error: unknown) => {
            done(error instanceof Error ? error : new Error(String(error)));
          },
        );
      },
    });
    pipeline(request, slow, () => undefined); // its error is also the reader's
    return slow;
  }

  /** The first fault of this kind that strikes now. */
  private strike<Kind extends FaultKind>(kind: Kind, route: Route): FaultOf<Kind> | undefined {
    for (const entry of this.faults) {
      const { fault } = entry;
      const { chance = 1, routes } = fault;
      if (!isOfKind(fault, kind) || entry.left <= 0) continue;
      if (routes ? !routes.includes(route) : kind === 'drop' && route === 'event') continue;
      if (chance < 1 && this.random.next() >= chance) continue;
      entry.left -= 1;
      this.parts.ledger.note({ kind: 'faultPlayed', fault, route });
      return fault;
    }
    return undefined;
  }
}

function isOfKind<Kind extends FaultKind>(fault: Fault, kind: Kind): fault is FaultOf<Kind> {
  return fault.kind === kind;
}

function lost(drop: Drop): Reply {
  return { status: 0, body: '', drop };
}

function statusReply({ status, retryAfter }: Omit<FaultOf<'status'>, 'kind'>): Reply {
  const wait = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
  return { status, headers: { ...PAGE_HEADERS, ...wait }, body: page(String(status)) };
}

function page(title: string): string {
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}

/** Reads a body up to so much of it. */
async function readPart(request: IncomingMessage, percent: number): Promise<void> {
  const enough = (Number(request.headers['content-length'] ?? 0) * percent) / 100;
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size >= enough) return;
    }
  } catch {
    // the caller was quicker
  }
}
