import { randomUUID } from 'node:crypto';
import type { FilePart } from '../twin/httpTransport';

/** What stands around a file in a `multipart/form-data` body of one part. */
export interface MultipartFrame {
  /** Value of the request's `Content-Type`. */
  readonly contentType: string;
  readonly head: Buffer;
  readonly tail: Buffer;
}

/** Frames a file as browsers do (HTML standard, "multipart/form-data encoding algorithm"). */
export function frameFile({ field, content }: FilePart): MultipartFrame {
  const boundary = `----twin-${randomUUID()}`;
  const disposition = `form-data; name="${escapeName(field)}"; filename="${escapeName(content.name)}"`;
  const head =
    `--${boundary}\r\nContent-Disposition: ${disposition}\r\n` +
    `Content-Type: ${headerValue(content.contentType)}\r\n\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    head: Buffer.from(head, 'utf8'),
    tail: Buffer.from(`\r\n--${boundary}--\r\n`, 'utf8'),
  };
}

/** UTF-8 as it is; only what would end the value or the line is escaped. */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** One line of printable ASCII, or the type of anything. */
function headerValue(contentType: string): string {
  return /^[\x20-\x7e]+$/.test(contentType) ? contentType : 'application/octet-stream';
}
