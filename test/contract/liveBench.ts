import { systemClock } from '../../src/extension/core/clock';
import type { LiveTransport } from '../../src/extension/twin/liveTransport';
import { createSocketIoTransport } from '../../src/extension/twin/socketIoTransport';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import { TestServers } from '../support/testServers';
import { LiveRecorder } from './liveRecorder';

/** Where TWIN's Socket.IO listens. */
export const LIVE_PATH = '/operator/socket.io';

/** Live transports, what they report, and servers for them to connect to. */
export class LiveBench {
  readonly http = new NodeHttpTransport();
  readonly recorder = new LiveRecorder();
  readonly servers = new TestServers();
  private readonly transports: LiveTransport[] = [];

  connect(origin: string, clock = systemClock, key = 'k1'): LiveTransport {
    const { recorder } = this;
    const open = createSocketIoTransport({ http: this.http, clock });
    const transport = open(origin, key, {
      onWelcome: recorder.onWelcome,
      onConnect: recorder.onConnect,
      onDisconnect: recorder.onDisconnect,
      onFailure: recorder.onFailure,
      onHeartbeat: recorder.onHeartbeat,
      onEvent: recorder.onRawEvent,
    });
    this.transports.push(transport);
    return transport;
  }

  async close(): Promise<void> {
    for (const transport of this.transports) transport.dispose();
    await this.servers.close();
    this.http.dispose();
  }
}
