import { decodeText } from './received/decodeText';

export const PLAIN_TEXT = 'text/plain; charset=utf-8';
const BINARY = 'application/octet-stream';
/** Containers, of which the name tells what is in them: office files, packages, books. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'application/zip',
  'application/x-cfb',
  'application/gzip',
]);

/**
 * The content type of a file: by content first, then by name. Text is sent as plain text, because
 * by name alone a library calls TypeScript's `.ts` a video; in what it is encoded, is said with it.
 *
 * @param head the first bytes of the file
 * @param stated what the sender of the bytes says, used where nothing else is known
 */
export async function contentTypeOf(name: string, head: Uint8Array, stated = ''): Promise<string> {
  if (isText(head) && !isPdf(head)) return PLAIN_TEXT;
  const { lookup, fileTypeOf } = await import('./typeTables');
  const byContent = (await fileTypeOf(head))?.mime;
  if (byContent !== undefined && !CONTAINERS.has(byContent)) return byContent;
  const encoding = decodeText(head, true)?.encoding;
  if (byContent === undefined && encoding !== undefined) return `text/plain; charset=${encoding}`;
  const byName = lookup(name);
  const named = byName === false || byName.startsWith('text/') ? null : byName;
  return named ?? byContent ?? (stated || BINARY);
}

/** Whether the bytes read as UTF-8 text: no NUL, and nothing malformed but a cut last character. */
export function isText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false; // what the decoder refuses is not text: this is the answer, not an error
  }
}

/** The one common format that is no text and may read as one for long. */
function isPdf(head: Uint8Array): boolean {
  return new TextDecoder().decode(head.subarray(0, 5)) === '%PDF-';
}
