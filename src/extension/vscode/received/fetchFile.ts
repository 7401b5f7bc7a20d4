// Without `node:`, as in nodeHttpTransport: so VS Code lends its proxy and certificate settings.
import * as http from 'http';
import * as https from 'https';
import { TwinError } from '../../core/errors';

export interface FetchLimits {
  readonly maxBytes: number;
  /** Milliseconds without a byte. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Told of the bytes that have come, and of how many are to come where the server says so. */
  readonly onProgress?: (received: number, total: number | null) => void;
}

export interface FetchedFile {
  readonly data: Uint8Array;
  /** As the server states it. */
  readonly contentType: string | null;
}

/** The file lies elsewhere. Whether that may be called is not for us to say. */
export interface Redirect {
  readonly location: URL;
}

const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Makes one call for a file that bot or operator sent. Redirects are told, never followed: they may
 * lead to a host that nobody agreed to.
 *
 * @throws TwinError `unreachable`, `timeout`, `notFound`, `refused`, `tooLarge`, `protocol`, `stopped`
 */
export function fetchFile(url: URL, limits: FetchLimits): Promise<FetchedFile | Redirect> {
  return new Promise((resolve, reject) => {
    const { get } = url.protocol === 'https:' ? https : http;
    const { timeout, signal } = limits;
    const request = get(url, { timeout, signal }, (response) => {
      readAnswer(response, url, limits).then(
        (answer) => {
          if ('location' in answer) request.destroy();
          resolve(answer);
        },
        (error: unknown) => {
          request.destroy();
          reject(asTwinError(error, signal, 'timeout'));
        },
      );
    });
    request.on('timeout', () => request.destroy(new TwinError('timeout', 'The file stood still')));
    request.on('error', (error) => {
      reject(asTwinError(error, signal, 'unreachable'));
    });
  });
}

async function readAnswer(
  response: http.IncomingMessage,
  url: URL,
  limits: FetchLimits,
): Promise<FetchedFile | Redirect> {
  const { statusCode: status = 0, headers } = response;
  if (REDIRECTS.includes(status)) return { location: locationOf(headers.location, url) };
  if (status === 404 || status === 410)
    throw new TwinError('notFound', 'The file is gone', { status });
  if (status !== 200) throw new TwinError('refused', `The server answered ${status}`, { status });
  const data = await readBody(response, limits);
  return { data, contentType: headers['content-type'] ?? null };
}

async function readBody(
  response: http.IncomingMessage,
  { maxBytes, onProgress }: FetchLimits,
): Promise<Uint8Array> {
  const stated = Number(response.headers['content-length'] ?? NaN);
  const total = Number.isSafeInteger(stated) ? stated : null;
  const tooLarge = (): TwinError => new TwinError('tooLarge', 'The file is over the limit');
  if (total !== null && total > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
    onProgress?.(size, total);
  }
  // A plain array: VS Code hands no Buffer to a webview as bytes.
  return new Uint8Array(Buffer.concat(chunks));
}

function locationOf(location: string | undefined, base: URL): URL {
  if (location === undefined || !URL.canParse(location, base.href))
    throw new TwinError('protocol', 'A redirect to nowhere');
  return new URL(location, base);
}

/** @param otherwise what an error of the network means, after or before the answer began */
function asTwinError(
  error: unknown,
  signal: AbortSignal,
  otherwise: 'timeout' | 'unreachable',
): TwinError {
  if (error instanceof TwinError) return error;
  const tooLate = signal.aborted && (signal.reason as Error).name === 'TimeoutError';
  const reason = tooLate ? 'timeout' : signal.aborted ? 'stopped' : otherwise;
  return new TwinError(reason, 'The file cannot be fetched', { cause: error });
}
