import type { Drop, FaultOf } from './fault';
import type { SeededRandom } from './seededRandom';

/** One event on its way to one socket. */
export interface Outlet {
  readonly socketId: string;
  /** Puts it on the socket, if that is still there. */
  readonly write: () => void;
  /** Ends the connection below. */
  readonly drop: (how: Drop) => void;
}

type EventFault = 'latency' | 'drop' | 'duplicate' | 'reorder' | 'late';

export interface EventGateParts {
  readonly wait: (ms: number) => Promise<void>;
  readonly random: SeededRandom;
  readonly strike: <Kind extends EventFault>(kind: Kind) => FaultOf<Kind> | undefined;
}

/** An event that waits for the next one to overtake it does so no longer, ms. */
const LONGEST_OVERTAKING = 1_000;

/** The events' part of the gate: each socket's come in their order, but for those faults move. */
export class EventGate {
  /** For each socket, its events that are still held back. */
  private readonly queues = new Map<string, Promise<void>>();
  private readonly overtaken = new Map<string, (() => void)[]>();

  constructor(private readonly parts: EventGateParts) {}

  deliver(outlet: Outlet): void {
    const { strike, random } = this.parts;
    const drop = strike('drop');
    if (drop) {
      outlet.drop(drop.how);
      return;
    }
    const late = strike('late');
    if (late) {
      void this.after(random.within(late.ms), outlet.write);
      return;
    }
    const copies = strike('duplicate')?.copies;
    const count = copies ? random.within(copies) : 1;
    const write = (): void => {
      for (let copy = 0; copy < count; copy += 1) outlet.write();
    };
    if (strike('reorder')) {
      this.holdBack(outlet.socketId, write);
      return;
    }
    const latency = strike('latency');
    this.inTurn(outlet.socketId, latency ? random.within(latency.ms) : 0, write);
  }

  /** In the order of the calls, and not before `ms` have passed. */
  private inTurn(socketId: string, ms: number, write: () => void): void {
    const before = this.queues.get(socketId);
    const writeAll = (): void => {
      write();
      this.release(socketId);
    };
    if (before === undefined && ms === 0) {
      writeAll();
      return;
    }
    const done = Promise.all([before, this.after(ms, () => undefined)]).then(writeAll);
    this.queues.set(socketId, done);
    void done.then(() => {
      if (this.queues.get(socketId) === done) this.queues.delete(socketId);
    });
  }

  private holdBack(socketId: string, write: () => void): void {
    const held = [...(this.overtaken.get(socketId) ?? []), write];
    this.overtaken.set(socketId, held);
    void this.after(LONGEST_OVERTAKING, () => {
      this.release(socketId);
    });
  }

  private release(socketId: string): void {
    const held = this.overtaken.get(socketId) ?? [];
    this.overtaken.delete(socketId);
    for (const write of held) write();
  }

  /** Later, unless the platform closes before. */
  private async after(ms: number, then: () => void): Promise<void> {
    try {
      if (ms > 0) await this.parts.wait(ms);
    } catch {
      return; // closing: nobody is left to hear it
    }
    then();
  }
}
