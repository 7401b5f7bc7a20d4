// Text of an unknown encoding, as mail, shops' exports and old programs still send it.

/** What reads as text, decoded. */
export interface DecodedText {
  readonly text: string;
  /** A label of the Encoding standard. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'windows-1252';
}

/** Control characters that no text has; tab, line ends, form feed and escape are none of them. */
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/**
 * Decodes text by its byte order mark, else as UTF-8, else as what Windows writes in Russian or in
 * western languages.
 *
 * @param isCut whether it is the beginning of something longer, and may end within a character
 * @returns `null` for what is no text
 */
export function decodeText(data: Uint8Array, isCut = false): DecodedText | null {
  const [first, second] = data;
  const as = (encoding: DecodedText['encoding']) => decoded(data, encoding, isCut);
  if (first === 0xff && second === 0xfe) return as('utf-16le');
  if (first === 0xfe && second === 0xff) return as('utf-16be');
  if (data.includes(0)) return null;
  return as('utf-8') ?? as(isCyrillic(data) ? 'windows-1251' : 'windows-1252');
}

function decoded(
  data: Uint8Array,
  encoding: DecodedText['encoding'],
  isCut: boolean,
): DecodedText | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(data, { stream: isCut });
    return BINARY.test(text) ? null : { text, encoding };
  } catch {
    return null; // not of this encoding: this is the answer, not an error
  }
}

/**
 * Tells Russian words, made of upper bytes alone, from western ones, where such a byte stands
 * between plain letters: `Grüße`.
 */
function isCyrillic(data: Uint8Array): boolean {
  let together = 0;
  let apart = 0;
  for (let index = 1; index < data.length; index += 1) {
    const [before = 0, here = 0] = [data[index - 1], data[index]];
    if (isUpper(before) && isUpper(here)) together += 1;
    else if ((isUpper(before) && isPlainLetter(here)) || (isPlainLetter(before) && isUpper(here)))
      apart += 1;
  }
  return together > apart;
}

/** A letter in both of the encodings. */
function isUpper(byte: number): boolean {
  return byte >= 0xc0;
}

function isPlainLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
