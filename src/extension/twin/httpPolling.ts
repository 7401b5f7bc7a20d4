// Engine.IO's long polling over our own HttpTransport. The one that comes with engine.io-client
// cannot be aborted, reads answers of any size, follows redirects to any host, throws out of reach
// when a redirect names none, opens a new TLS connection for each request, and hides the body that
// tells why a handshake was refused.

import Polling from 'engine.io-client/lib/transports/polling';
import transports from 'engine.io-client/lib/transports';
import { TwinError } from '../core/errors';
import { isRecord } from '../../shared/guards';
import type { HttpRequest, HttpResponse, HttpTransport } from './httpTransport';
import { parseJson } from './reader';
import { errorFromResponse } from './responseError';

/** The name under which engine.io-client finds it; others' sockets keep their own `polling`. */
export const HTTP_POLLING = 'twin-http-polling';

/** What a socket that polls this way has under `transportOptions[HTTP_POLLING]`. */
export interface HttpPollingOptions {
  readonly http: HttpTransport;
  /** Breaks off whatever is under way. */
  readonly signal: AbortSignal;
}

/** A poll is silent until the server has something to say, which its heartbeat bounds. */
const POLL_TIMEOUT = 10 * 60 * 1000;
const WRITE_TIMEOUT = 20_000;
/** The last word to a server that may be gone. */
const FAREWELL_TIMEOUT = 5_000;
const PAGE = /^\s*</;
/** Engine.IO's own number for a refused protocol generation. */
const UNSUPPORTED_PROTOCOL = 5;

class HttpPolling extends Polling {
  private readonly options: HttpPollingOptions;
  private readonly polls = new AbortController();
  private leaving = false;

  constructor(options: Polling.Options) {
    // The server knows one kind of polling only, whatever it is called here.
    super({ ...options, query: { ...options.query, transport: 'polling' } });
    this.options = options.socket.transportOptions[HTTP_POLLING] as HttpPollingOptions;
    const { signal } = this.options;
    const stop = (): void => {
      this.polls.abort();
    };
    signal.addEventListener('abort', stop, { once: true, signal: this.polls.signal });
  }

  protected override doPoll(): void {
    const { signal } = this.polls;
    void this.exchange({ method: 'GET', timeout: POLL_TIMEOUT, signal }, (payload) => {
      this.onData(payload);
    });
  }

  protected override doWrite(payload: string, done: () => void): void {
    const { leaving } = this;
    const timeout = leaving ? FAREWELL_TIMEOUT : WRITE_TIMEOUT;
    const { signal } = this.options;
    const written = this.exchange({ method: 'POST', text: payload, timeout, signal }, (answer) => {
      // Something in between has answered: what was written has not reached the server.
      if (PAGE.test(answer)) throw new TwinError('protocol', 'A page in place of an answer');
      done();
    });
    // Not before: a poll that breaks off looks to the server like a lost network.
    if (leaving)
      void written.then(() => {
        this.polls.abort();
      });
  }

  protected override doClose(): void {
    this.leaving = true;
    // Before its handshake is answered there is nobody to take leave of.
    if (this.readyState === 'open') super.doClose();
    else this.polls.abort();
  }

  /** Makes one request; a failure of it, or of what it brought, is the transport's failure. */
  private async exchange(
    request: Omit<HttpRequest, 'url'>,
    succeed: (payload: string) => void,
  ): Promise<void> {
    try {
      const response = await this.options.http.request({ ...request, url: new URL(this.uri()) });
      if (response.status !== 200) throw errorOfHandshake(response);
      if (!request.signal?.aborted) succeed(response.body);
    } catch (error) {
      if (!request.signal?.aborted) this.onError('polling failed', error);
    }
  }
}

// Adds a name and changes none: other users of the package in this process see no difference.
transports[HTTP_POLLING] = HttpPolling;

function errorOfHandshake(response: HttpResponse): TwinError {
  const { status, body } = response;
  const answer = parseJson(body);
  const refusesProtocol =
    isRecord(answer) &&
    (answer['code'] === UNSUPPORTED_PROTOCOL ||
      (typeof answer['message'] === 'string' && /protocol version/i.test(answer['message'])));
  return refusesProtocol
    ? new TwinError('protocol', 'The server refuses Engine.IO protocol 3', { status })
    : errorFromResponse(response, 'other', Date.now());
}
