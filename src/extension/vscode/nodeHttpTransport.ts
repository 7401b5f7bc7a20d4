// HttpTransport on Node. Without `node:` in the imports on purpose: VS Code lends an extension its
// proxy and certificate settings by handing out its own `http` and `https` under these two names
// only (seen in 1.99 and 1.139).
import * as http from 'http';
import * as https from 'https';
import { systemClock, type Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import { TwinError } from '../core/errors';
import type { HttpRequest, HttpResponse, HttpTransport } from '../twin/httpTransport';
import { NodeHttpCall } from './nodeHttpCall';

export interface NodeHttpTransportOptions {
  readonly clock?: Clock;
}

/**
 * Calls over kept-alive connections. Dispose of it to close them; calls under way fail with
 * `stopped`.
 */
export class NodeHttpTransport implements HttpTransport, Disposable {
  private readonly agents = {
    // Last in, first out: the youngest connection is the least likely to have been closed.
    'http:': new http.Agent({ keepAlive: true, scheduling: 'lifo' }),
    'https:': new https.Agent({ keepAlive: true, scheduling: 'lifo' }),
  };
  private readonly calls = new Set<NodeHttpCall>();
  private readonly clock: Clock;
  private disposed = false;

  constructor(options: NodeHttpTransportOptions = {}) {
    this.clock = options.clock ?? systemClock;
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    if (this.disposed || request.signal?.aborted)
      throw new TwinError('stopped', 'Not begun', { neverLeft: true });
    const call = new NodeHttpCall(request, this.clock, (headers) => this.open(request, headers));
    this.calls.add(call);
    try {
      return await call.result;
    } finally {
      this.calls.delete(call);
    }
  }

  dropIdle(): void {
    for (const { freeSockets } of Object.values(this.agents))
      for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
  }

  dispose(): void {
    this.disposed = true;
    for (const call of this.calls) call.stop();
    this.agents['http:'].destroy();
    this.agents['https:'].destroy();
  }

  private open(
    { url, method }: HttpRequest,
    headers: http.OutgoingHttpHeaders,
  ): http.ClientRequest {
    switch (url.protocol) {
      case 'http:':
        return http.request(url, { method, headers, agent: this.agents['http:'] });
      case 'https:':
        return https.request(url, { method, headers, agent: this.agents['https:'] });
      default:
        throw new TwinError('refused', `Not an address of the web: ${url.protocol}`);
    }
  }
}
