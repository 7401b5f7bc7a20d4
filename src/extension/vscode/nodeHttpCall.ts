// One HTTP call on Node: what is sent, what comes back, and how sure one can be that it arrived.
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'http';
import type { Socket } from 'net';
import type { Clock } from '../core/clock';
import type { Disposable } from '../core/disposable';
import { FileError, TwinError } from '../core/errors';
import {
  MAX_ANSWER_BYTES,
  type FilePart,
  type HttpRequest,
  type HttpResponse,
} from '../twin/httpTransport';
import { keepConnection } from './keepConnection';
import { frameFile, type MultipartFrame } from './multipart';

/** Bytes handed to the network at a time: what an abort or a slow network leaves in memory. */
const SLICE = 256 * 1024;

/** Opens the request; nothing has been written yet. */
export type OpenRequest = (headers: OutgoingHttpHeaders) => ClientRequest;

export class NodeHttpCall {
  /** Settles once: with the answer, or with an error as `HttpTransport.request` states. */
  readonly result: Promise<HttpResponse>;
  private resolve: (response: HttpResponse) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;
  private request: ClientRequest | null = null;
  /** An open (and secure) connection was given to the request: from now on bytes may have left. */
  private mayHaveArrived = false;
  private settled = false;
  private lastProgress: number;
  private stallTimer: Disposable | null = null;
  private wakeWriter: (() => void) | null = null;

  constructor(
    private readonly call: HttpRequest,
    private readonly clock: Clock,
    open: OpenRequest,
  ) {
    this.lastProgress = clock.monotonic();
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    call.signal?.addEventListener('abort', this.stop, { once: true });
    this.watchForStall(call.timeout);
    try {
      this.start(open);
    } catch (error) {
      const cannot = new TwinError('refused', 'The request cannot be made', { cause: error });
      this.fail(error instanceof TwinError ? error : cannot);
    }
  }

  /** Gives the call up: it fails with `stopped`. */
  readonly stop = (): void => {
    this.fail(new TwinError('stopped', 'Given up', { neverLeft: !this.mayHaveArrived }));
  };

  private start(open: OpenRequest): void {
    const { json, text, file } = this.call;
    if (file !== undefined) {
      const frame = frameFile(file);
      const length = frame.head.length + file.content.size + frame.tail.length;
      const request = this.listen(
        open({
          accept: 'application/json',
          'content-type': frame.contentType,
          'content-length': length,
        }),
      );
      void this.sendFile(request, file, frame);
      return;
    }
    const type = json === undefined ? 'text/plain; charset=utf-8' : 'application/json';
    const content = json === undefined ? text : JSON.stringify(json);
    if (content === undefined) {
      this.listen(open({ accept: '*/*' })).end();
      return;
    }
    const bytes = Buffer.from(content, 'utf8');
    const headers = { accept: '*/*', 'content-type': type, 'content-length': bytes.length };
    this.listen(open(headers)).end(bytes);
  }

  private listen(request: ClientRequest): ClientRequest {
    this.request = request;
    request.once('socket', (socket) => {
      this.watchConnection(socket);
    });
    request.once('response', (response) => {
      this.receive(response);
    });
    request.on('error', (error) => {
      this.fail(this.errorOfNetwork(error));
    });
    return request;
  }

  private watchConnection(socket: Socket): void {
    const open = (): void => {
      this.mayHaveArrived = true;
      this.progress();
    };
    const { secureConnecting = false } = socket as { secureConnecting?: boolean };
    // A connection used before is open already. One that the server closed at this very moment
    // fails like one it broke: the request may have arrived, and RFC 9110 (9.2.2) has no POST
    // repeated blindly.
    if (!socket.connecting && !secureConnecting) open();
    else socket.once(this.call.url.protocol === 'https:' ? 'secureConnect' : 'connect', open);
  }

  private receive(response: IncomingMessage): void {
    this.progress();
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      this.progress();
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) this.fail(answerTooLarge(response.statusCode));
    });
    const { socket, headers } = response;
    response.once('end', () => {
      // The agent takes the connection back first, and sets a time limit of its own.
      setImmediate(() => {
        keepConnection(socket, headers);
      });
    });
    response.on('error', () => undefined); // `close` follows, and says all
    response.once('close', () => {
      this.finish(response, Buffer.concat(chunks).toString('utf8'));
    });
  }

  private finish(response: IncomingMessage, body: string): void {
    const { statusCode: status = 0 } = response;
    // A refusal whose words were cut off is a refusal still.
    if (response.complete || status >= 400) {
      this.succeed({ status, headers: flatten(response), body });
      return;
    }
    this.fail(new TwinError('timeout', 'The connection broke within the answer', { status }));
  }

  private async sendFile(
    request: ClientRequest,
    { content, onProgress }: FilePart,
    frame: MultipartFrame,
  ): Promise<void> {
    try {
      await this.write(request, frame.head);
      let sent = 0;
      for await (const bytes of content.read()) {
        for (let start = 0; start < bytes.length && this.isSending(); start += SLICE) {
          const slice = bytes.subarray(start, start + SLICE);
          if (sent + slice.length > content.size)
            throw new FileError('fileChanged', 'it grew while it was read');
          await this.write(request, slice);
          sent += slice.length;
          if (this.isSending()) onProgress?.(sent);
        }
        if (!this.isSending()) return;
      }
      if (!this.isSending()) return;
      if (sent < content.size) throw new FileError('fileChanged', 'it shrank while it was read');
      request.end(frame.tail);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Whether there is still a use in sending: an early answer makes an end of it, as a failure does. */
  private isSending(): boolean {
    return !this.settled;
  }

  /** Resolves when the network has taken the bytes, or when there is no use in sending more. */
  private write(request: ClientRequest, bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.wakeWriter = resolve;
      if (!this.isSending()) {
        resolve();
        return;
      }
      request.write(bytes, () => {
        this.progress();
        resolve();
      });
    });
  }

  private progress(): void {
    this.lastProgress = this.clock.monotonic();
  }

  private watchForStall(delay: number): void {
    this.stallTimer = this.clock.schedule(() => {
      const left = this.lastProgress + this.call.timeout - this.clock.monotonic();
      if (left > 0) this.watchForStall(left);
      else this.fail(this.errorOfNetwork(new Error('No progress in time')));
    }, delay);
  }

  private errorOfNetwork(error: Error): TwinError {
    const { host } = this.call.url;
    const details = { cause: error };
    if (!this.mayHaveArrived) return new TwinError('unreachable', `No way to ${host}`, details);
    const { code } = error as NodeJS.ErrnoException;
    return code?.startsWith('HPE_')
      ? new TwinError('protocol', `${host} does not answer in HTTP`, details)
      : new TwinError('timeout', `The connection to ${host} broke`, details);
  }

  private succeed(response: HttpResponse): void {
    if (!this.settle()) return;
    // Answered before all was sent: the connection is of no more use.
    if (!this.request?.writableEnded) this.request?.destroy();
    this.resolve(response);
  }

  private fail(error: unknown): void {
    if (!this.settle()) return;
    this.request?.destroy();
    this.reject(error);
  }

  private settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.stallTimer?.dispose();
    this.call.signal?.removeEventListener('abort', this.stop);
    this.wakeWriter?.();
    return true;
  }
}

function answerTooLarge(status = 0): TwinError {
  return new TwinError('protocol', `An answer of over ${MAX_ANSWER_BYTES} bytes`, { status });
}

function flatten({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}
