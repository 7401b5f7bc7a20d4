import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { TestServers } from '../../support/testServers';

/** From one end of the network to the other, ms. */
const WAY = 50;
export const ROUND_TRIP = 2 * WAY;

export interface FarServer {
  /** `https:`, on this machine; every byte takes half of {@link ROUND_TRIP}. */
  readonly url: string;
  /** What a client has to trust: the file of its certificate. */
  readonly certificate: string;
  close(): Promise<void>;
}

/** A server that listens on this machine, as it would be far away and behind TLS. */
export async function openFarServer(url: string, folder: string): Promise<FarServer> {
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', certificate];
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...name, ...files, '-days', '2']);
  const options = { key: await readFile(key), cert: await readFile(certificate) };
  const servers = new TestServers();
  const secure = createTlsServer({ ...options, noDelay: true }, (near) => {
    const far = open(url);
    near.pipe(far).pipe(near);
    end(near, far);
  });
  const behind = await servers.listen(secure);
  const line = createServer({ noDelay: true }, (near) => {
    const far = open(behind);
    // TCP greets first, which takes a round trip that this machine does not.
    slowly(near, far, ROUND_TRIP);
    slowly(far, near, 0);
    end(near, far);
  });
  const front = new URL(await servers.listen(line));
  return { url: `https://${front.host}`, certificate, close: () => servers.close() };
}

function open(url: string): Socket {
  const { port, hostname } = new URL(url);
  return connect({ port: Number(port), host: hostname, noDelay: true });
}

/** Passes on what comes, in order. @param late how much the first of it is held up, ms */
function slowly(from: Socket, to: Socket, late: number): void {
  const opened = performance.now() + late;
  from.on('data', (chunk: Buffer) => {
    const due = Math.max(performance.now(), opened) + WAY;
    setTimeout(() => to.write(chunk), due - performance.now());
  });
}

/** Neither outlives the other. */
function end(near: Socket, far: Socket): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const)
    one.on('error', () => undefined).once('close', () => other.destroy());
}
