import type { Fault } from '../../src/simulator/fault';
import type { Simulator } from '../../src/simulator/simulator';
import type { TcpProxy } from '../../src/simulator/tcpProxy';
import type { Outage } from './plan';
import type { VirtualTime } from './virtualTime';

const BAD_GATEWAY: Fault = { kind: 'status', status: 502 };

/** What goes wrong between the client and the platform. */
export class Network {
  /** When the connections that there were went dead without a word. */
  readonly mutedAt: number[] = [];
  private faults: readonly Fault[] = [];
  /** Since when there are no faults, monotonic, ms. */
  private calmSince = 0;
  private isBadGateway = false;

  constructor(
    private readonly simulator: Simulator,
    private readonly proxy: TcpProxy,
    private readonly time: VirtualTime,
    private readonly tell: (text: string) => void,
  ) {}

  /** Whether nothing has gone wrong since then (monotonic, ms). */
  isCalmSince(then: number): boolean {
    return this.faults.length === 0 && !this.isBadGateway && this.calmSince <= then;
  }

  begin(outage: Outage): void {
    this.tell(`outage ${outage.kind} begins`);
    if (outage.kind === 'silent' || outage.kind === 'half-open') this.mutedAt.push(this.time.now());
    switch (outage.kind) {
      case 'refuse':
        this.proxy.refuse();
        this.proxy.drop('reset');
        break;
      case '502':
        this.isBadGateway = true;
        this.playFaults();
        this.simulator.dropSockets();
        break;
      case 'reset':
      case 'silent':
        this.proxy.dropNew(outage.kind);
        this.proxy.drop(outage.kind);
        break;
      case 'half-open':
        this.proxy.refuse();
        this.proxy.drop('half-open');
        break;
    }
  }

  /** The outage is over; the faults of the plan go on. */
  async heal(): Promise<void> {
    this.tell('the outage is over');
    this.isBadGateway = false;
    this.playFaults();
    await this.proxy.heal();
  }

  setFaults(faults: readonly Fault[]): void {
    this.tell(`faults: ${JSON.stringify(faults)}`);
    if (this.faults.length > 0) this.calmSince = this.time.monotonic();
    this.faults = faults;
    this.playFaults();
  }

  private playFaults(): void {
    this.simulator.setFaults(this.isBadGateway ? [BAD_GATEWAY] : this.faults);
  }
}
