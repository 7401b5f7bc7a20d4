import { lookup } from 'mime-types';

export const PLAIN_TEXT = 'text/plain; charset=utf-8';
const BINARY = 'application/octet-stream';

/**
 * The content type of a file that is read from disk: by content first, then by name. Text is sent
 * as plain text, because by name alone a library calls TypeScript's `.ts` a video.
 *
 * @param head the first bytes of the file
 */
export function contentTypeOf(name: string, head: Uint8Array): string {
  if (isText(head)) return PLAIN_TEXT;
  const byName = lookup(name);
  return byName === false || byName.startsWith('text/') ? BINARY : byName;
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
