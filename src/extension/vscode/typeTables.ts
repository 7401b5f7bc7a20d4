// What libraries know of file types, by content and by name: more than a third of the extension's
// code, and so a bundle of its own, read when first needed.
import { fileTypeFromBuffer } from 'file-type/core';
import { decodeText } from './received/decodeText';

export { lookup } from 'mime-types';

/** What the first bytes of a file say that it is; `undefined` for what has no signature, such as text. */
export async function fileTypeOf(head: Uint8Array): ReturnType<typeof fileTypeFromBuffer> {
  // To the library the mark of UTF-16 is a frame of sound.
  const isUtf16 = decodeText(head, true)?.encoding.startsWith('utf-16') === true;
  return isUtf16 ? undefined : fileTypeFromBuffer(head);
}
