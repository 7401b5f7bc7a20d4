export const PLAIN_TEXT = 'text/plain; charset=utf-8';
const BINARY = 'application/octet-stream';

/**
 * The content type of a file: by content first, then by name. Text is sent as plain text, because
 * by name alone a library calls TypeScript's `.ts` a video.
 *
 * @param head the first bytes of the file
 * @param stated what the sender of the bytes says, used where nothing else is known
 */
export async function contentTypeOf(name: string, head: Uint8Array, stated = ''): Promise<string> {
  if (isText(head)) return PLAIN_TEXT;
  // Only now: its table is half of the extension's code, and activation must not pay for it.
  const { lookup } = await import('mime-types');
  const byName = lookup(name);
  return byName === false || byName.startsWith('text/') ? stated || BINARY : byName;
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
