// Whether a picture moves, read from the blocks of its file without decoding it.

import type { PictureFormat } from './pictureFormat';

/** True for a picture of more than one frame. What is cut off or malformed counts as far as it goes. */
export function isAnimated(data: Uint8Array, format: PictureFormat): boolean {
  switch (format) {
    case 'png':
      return hasAnimationChunk(data);
    case 'gif':
      return hasSecondImage(data);
    case 'webp':
      return wordAt(data, 12) === 'VP8X' && ((data[20] ?? 0) & 0x02) !== 0;
    case 'jpeg':
      return false;
  }
}

/** An `acTL` before the first `IDAT` (the APNG specification). */
function hasAnimationChunk(data: Uint8Array): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 8; at + 8 <= data.length; at += 12 + view.getUint32(at)) {
    const type = wordAt(data, at + 4);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

/** GIF89a, "Image Descriptor" (0x2c) and "Extension" (0x21) blocks after the screen's own colours. */
function hasSecondImage(data: Uint8Array): boolean {
  let images = 0;
  let at = 13 + colourTable(data[10]);
  for (;;) {
    const block = data[at];
    if (block === 0x2c) {
      images += 1;
      if (images === 2) return true;
      at = afterSubBlocks(data, at + 11 + colourTable(data[at + 9]));
    } else if (block === 0x21) at = afterSubBlocks(data, at + 2);
    else return false;
  }
}

/** Bytes of the table that these flags announce. */
function colourTable(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

function afterSubBlocks(data: Uint8Array, at: number): number {
  for (;;) {
    const length = data[at];
    if (length === undefined) return at;
    at += 1 + length;
    if (length === 0) return at;
  }
}

function wordAt(data: Uint8Array, at: number): string {
  return String.fromCharCode(...data.subarray(at, at + 4));
}
