// Without `node:`, as in nodeHttpTransport: so VS Code lends its proxy and certificate settings.
import * as http from 'http';
import * as https from 'https';
import { TwinError } from '../core/errors';

export interface FetchLimits {
  /** Bytes. */
  readonly maxBytes: number;
  /** Milliseconds without a byte. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

export interface FetchedFile {
  readonly data: Uint8Array;
  /** As the server states it. */
  readonly contentType: string | null;
}

/**
 * Fetches a file that bot or operator sent. Redirects are not followed: they could lead to a host
 * that nobody agreed to.
 *
 * @throws TwinError `unreachable`, `timeout`, `notFound`, `refused`, `tooLarge`, `stopped`
 */
export function fetchFile(url: URL, limits: FetchLimits): Promise<FetchedFile> {
  return new Promise((resolve, reject) => {
    const { get } = url.protocol === 'https:' ? https : http;
    const request = get(url, { timeout: limits.timeout, signal: limits.signal }, (response) => {
      readBody(response, limits).then(resolve, (error: unknown) => {
        request.destroy();
        reject(asTwinError(error));
      });
    });
    request.on('timeout', () => request.destroy(new TwinError('timeout', 'The file stood still')));
    request.on('error', (error) => {
      reject(asTwinError(error));
    });
  });
}

async function readBody(response: http.IncomingMessage, limits: FetchLimits): Promise<FetchedFile> {
  const status = response.statusCode ?? 0;
  if (status === 404 || status === 410)
    throw new TwinError('notFound', 'The file is gone', { status });
  if (status !== 200) throw new TwinError('refused', `The server answered ${status}`, { status });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limits.maxBytes) throw new TwinError('tooLarge', 'The file is over the limit');
    chunks.push(chunk);
  }
  if (!response.complete) throw new TwinError('timeout', 'The file was cut off');
  // A plain array: VS Code hands no Buffer to a webview as bytes.
  return {
    data: new Uint8Array(Buffer.concat(chunks)),
    contentType: response.headers['content-type'] ?? null,
  };
}

function asTwinError(error: unknown): TwinError {
  if (error instanceof TwinError) return error;
  const isAbort = error instanceof Error && error.name === 'AbortError';
  return new TwinError(isAbort ? 'stopped' : 'unreachable', 'The file cannot be fetched', {
    cause: error,
  });
}
