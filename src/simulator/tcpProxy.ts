// Stands between a client and the platform, byte by byte, and does to connections what HTTP cannot
// do to itself: cuts them anywhere, leaves them half-open or mute, makes them slow, refuses them.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Drop } from './fault';

/** Systems pick the ports of outgoing connections above these: a client of a closed port up there
 * can come to talk to itself (TCP's simultaneous open). */
const PORTS = [12_000, 30_000] as const;

export interface TcpProxyOptions {
  /** Of the platform behind; it may also be named later, by `target`. */
  readonly target?: number;
  /** 0, the default: any free one. */
  readonly port?: number;
  /** Bytes a second that pass in one direction of one connection; no bound when absent. */
  readonly bytesPerSecond?: number;
  /** Waits so many milliseconds; rejects when the signal aborts. Needed for a bound. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Passage {
  /** Client to platform, or platform to client. */
  readonly direction: 'up' | 'down';
  /** Let this many bytes more pass, then reset. */
  readonly bytes: number;
}

/** One connection through the proxy: the client's end and the platform's. */
class Link {
  private mute = false;
  private readonly closed = new AbortController();
  private readonly cuts = { up: Infinity, down: Infinity };

  constructor(
    private readonly near: Socket,
    private readonly far: Socket,
    private readonly options: TcpProxyOptions,
  ) {
    this.pass(near, far, 'up');
    this.pass(far, near, 'down');
  }

  /** The port under which the platform sees this connection. */
  get farPort(): number | undefined {
    return this.far.localPort;
  }

  drop(how: Drop): void {
    switch (how) {
      case 'reset':
        this.near.resetAndDestroy();
        this.far.resetAndDestroy();
        break;
      case 'half-open':
        this.mute = true;
        this.far.resetAndDestroy();
        break;
      case 'silent':
        this.mute = true;
        break;
    }
  }

  cutAfter({ direction, bytes }: Passage): void {
    this.cuts[direction] = bytes;
  }

  destroy(): void {
    this.near.destroy();
    this.far.destroy();
  }

  private pass(from: Socket, to: Socket, direction: Passage['direction']): void {
    from.setNoDelay(true);
    from.on('data', (chunk: Buffer) => {
      void this.forward(chunk, from, to, direction);
    });
    from.on('end', () => {
      if (!this.mute) to.end();
    });
    from.on('error', () => {
      if (!this.mute) to.resetAndDestroy();
    });
    from.on('close', () => {
      this.closed.abort();
      // What is mute stays so for the client, but nobody must be left when the client goes.
      if (from === this.near || !this.mute) to.destroy();
    });
  }

  private async forward(
    chunk: Buffer,
    from: Socket,
    to: Socket,
    direction: Passage['direction'],
  ): Promise<void> {
    if (this.mute) return; // what is sent into a dead line is lost
    const left = this.cuts[direction];
    this.cuts[direction] = left - chunk.length;
    if (chunk.length >= left) {
      to.write(chunk.subarray(0, left), () => {
        this.drop('reset');
      });
      return;
    }
    const { bytesPerSecond, wait } = this.options;
    if (to.write(chunk) && bytesPerSecond === undefined) return;
    from.pause();
    try {
      if (bytesPerSecond !== undefined)
        await wait?.((chunk.length / bytesPerSecond) * 1000, this.closed.signal);
      if (to.writableNeedDrain) await new Promise((resolve) => to.once('drain', resolve));
    } catch {
      return; // the connection is gone
    }
    from.resume();
  }
}

/** A proxy on 127.0.0.1 whose faults are a program's to command. */
export class TcpProxy {
  private readonly links = new Set<Link>();
  private server: Server | null = null;
  private greeting: Drop | null = null;
  private listening: Promise<void> = Promise.resolve();
  private closed = false;
  target: number;

  private constructor(
    private readonly options: TcpProxyOptions,
    private port: number,
  ) {
    this.target = options.target ?? 0;
  }

  /** Rejects when the port cannot be had. */
  static async start(options: TcpProxyOptions = {}): Promise<TcpProxy> {
    const wished = options.port ?? 0;
    for (let tries = 0; ; tries += 1) {
      const [least, most] = PORTS;
      const port = wished || least + Math.floor(Math.random() * (most - least));
      const proxy = new TcpProxy(options, port);
      try {
        await proxy.listen();
        return proxy;
      } catch (error) {
        if (wished !== 0 || tries > 50) throw error;
      }
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The port is closed: who comes is refused. Connections that stand go on. */
  refuse(): void {
    this.server?.close();
    this.server = null;
  }

  /** Every connection from now on is dropped as soon as it is made. */
  dropNew(how: Drop): void {
    this.greeting = how;
  }

  /** New connections pass again. Resolves when the port is open. */
  heal(): Promise<void> {
    this.greeting = null;
    if (this.server === null && !this.closed) this.listening = this.listen();
    return this.listening;
  }

  /** Drops the connections that stand. */
  drop(how: Drop): void {
    for (const link of this.links) link.drop(how);
  }

  /** Drops the one that the platform sees coming from this port. Whether there is such a one. */
  dropOne(farPort: number | undefined, how: Drop): boolean {
    if (farPort === undefined) return false; // nor has one whose far end is gone a port
    const link = [...this.links].find((it) => it.farPort === farPort);
    link?.drop(how);
    return link !== undefined;
  }

  /** Cuts each connection that stands once so many bytes more have passed. */
  cutAfter(passage: Passage): void {
    for (const link of this.links) link.cutAfter(passage);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.listening;
    const { server } = this;
    this.server = null;
    for (const link of this.links) link.destroy();
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  private async listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
      this.take(near);
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo | null)?.port ?? this.port;
  }

  private take(near: Socket): void {
    const far = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
    const link = new Link(near, far, this.options);
    this.links.add(link);
    near.once('close', () => this.links.delete(link));
    if (this.greeting !== null) link.drop(this.greeting);
  }
}
