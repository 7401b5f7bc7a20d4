import type { Readable } from 'node:stream';
import type { FileContent, HttpRequest } from '../../src/extension/twin/httpTransport';
import { NodeHttpTransport } from '../../src/extension/vscode/nodeHttpTransport';
import { TestServers } from '../support/testServers';

/** The HTTP of the extension, and servers for it to call. */
export class HttpBench {
  readonly transport = new NodeHttpTransport();
  readonly servers = new TestServers();

  readonly listen = async (server: Parameters<TestServers['listen']>[0]): Promise<URL> =>
    addressAt(await this.servers.listen(server));

  readonly serve = async (handler: Parameters<TestServers['serve']>[0]): Promise<URL> =>
    addressAt(await this.servers.serve(handler));

  async close(): Promise<void> {
    this.transport.dispose();
    await this.servers.close();
  }
}

function addressAt(origin: string): URL {
  return new URL('/path?x=1', origin);
}

export function post(url: URL, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'POST', url, timeout: 10_000, ...more };
}

/** What makes a request an upload. */
export function part(
  content: FileContent,
  onProgress?: (bytes: number) => void,
): Partial<HttpRequest> {
  return { file: { field: 'file[]', content, ...(onProgress ? { onProgress } : {}) } };
}

export function fileOf(bytes: Uint8Array, more: Partial<FileContent> = {}): FileContent {
  return {
    name: 'a.txt',
    contentType: 'text/plain',
    size: bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await -- a source on memory
    async *read() {
      yield bytes;
    },
    ...more,
  };
}

export async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
