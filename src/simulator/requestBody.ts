import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Dicer } from '@fastify/busboy';
import { INVALID, Refusal } from './refusal';
import { isJsonObject, type JsonObject } from './wire';

const MAX_JSON_BYTES = 16 * 1024 * 1024;
const MAX_FILES = 20;

/** The JSON object in a request's body. Throws a Refusal. */
export async function readJsonObject(
  { headers }: IncomingMessage,
  content: Readable,
): Promise<JsonObject> {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new Refusal(400, INVALID, { body: ['must be application/json'] });
  }
  const body = parseJson(await readText(content));
  if (!isJsonObject(body)) {
    throw new Refusal(400, INVALID, { body: ['must be a JSON object'] });
  }
  return body;
}

async function readText(content: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= MAX_JSON_BYTES) {
        chunks.push(chunk);
      }
    }
  } catch {
    throw new Refusal(400, INVALID, { body: ['the request was broken off'] });
  }
  if (size > MAX_JSON_BYTES) {
    throw new Refusal(413, 'Request entity too large');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface UploadedFile {
  readonly name: string;
  /** As the part's header said it. */
  readonly contentType: string;
  readonly content: Buffer;
  readonly sha256: string;
}

/**
 * The files of a multipart body under `field`, hashed as they come. Reads the body to its end also
 * when it refuses, so that the caller hears the refusal instead of a broken pipe.
 * Throws a Refusal: 413 past `maxFileBytes` a file.
 */
export async function readFiles(
  { headers }: IncomingMessage,
  content: Readable,
  { field, maxFileBytes }: { readonly field: string; readonly maxFileBytes: number },
): Promise<UploadedFile[]> {
  const boundary = /^multipart\/form-data;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(
    headers['content-type'] ?? '',
  );
  if (!boundary) {
    throw new Refusal(400, INVALID, { body: ['must be multipart/form-data'] });
  }
  const files: UploadedFile[] = [];
  let refusal: Refusal | undefined;
  const dicer = new Dicer({ boundary: boundary[1] ?? boundary[2] ?? '' });
  dicer.on('part', (part) => {
    let header: PartHeader | undefined;
    const chunks: Buffer[] = [];
    let size = 0;
    const hash = createHash('sha256');
    part.on('header', (raw: Readonly<Record<string, readonly string[] | undefined>>) => {
      header = readHeader(raw);
    });
    part.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxFileBytes) {
        refusal = new Refusal(413, 'File is too large', { maxBytes: maxFileBytes });
        chunks.length = 0;
      } else {
        hash.update(chunk);
        chunks.push(chunk);
      }
    });
    part.on('error', () => {
      refusal = new Refusal(400, INVALID, { body: ['the multipart body is torn'] });
    });
    part.on('end', () => {
      if (header?.field === field && header.fileName !== undefined && size <= maxFileBytes) {
        files.push({
          name: header.fileName,
          contentType: header.contentType,
          content: Buffer.concat(chunks),
          sha256: hash.digest('hex'),
        });
      }
    });
  });
  await parsed(content, dicer);
  if (refusal) {
    throw refusal;
  }
  if (files.length === 0 || files.length > MAX_FILES) {
    throw new Refusal(400, INVALID, { [field]: [`must hold 1 to ${MAX_FILES} files`] });
  }
  return files;
}

/** Dicer emits its own `finish`, which the stream helpers of Node never hear. */
async function parsed(content: Readable, dicer: Dicer): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      dicer.once('finish', resolve).once('error', reject);
      content.once('error', reject).pipe(dicer);
    });
  } catch {
    content.unpipe(dicer).resume();
    throw new Refusal(400, INVALID, { body: ['the multipart body is torn'] });
  }
}

interface PartHeader {
  readonly field: string | undefined;
  readonly fileName: string | undefined;
  readonly contentType: string;
}

/** The parser gives header lines byte by byte; names in them are UTF-8. */
function readHeader(raw: Readonly<Record<string, readonly string[] | undefined>>): PartHeader {
  const line = (name: string): string =>
    Buffer.from(raw[name]?.[0] ?? '', 'latin1').toString('utf8');
  const disposition = line('content-disposition');
  return {
    field: parameter(disposition, 'name'),
    fileName: parameter(disposition, 'filename'),
    contentType: line('content-type') || 'application/octet-stream',
  };
}

/**
 * A quoted parameter. Browsers and curl write a quotation mark and line ends as `%22`, `%0D`, `%0A`
 * (the HTML standard's multipart encoding), older clients a quotation mark as `\"`; nothing else is
 * escaped, so a backslash stays one.
 */
function parameter(disposition: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}="((?:\\\\"|[^"])*)"`, 'i').exec(disposition);
  return found?.[1]
    ?.replaceAll('\\"', '"')
    .replaceAll('%22', '"')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n');
}
