import type { Root } from 'mdast';

/**
 * Lines that begin with a letter and hold nothing but words and the commonest punctuation: nothing
 * in them is a mark. Most messages are such, and need no parser.
 */
const PLAIN =
  /^(?:\p{L}[\p{L}\p{N} ,.:;?!'"«»„“”‘’–—…()/%№+-]*\n)*\p{L}[\p{L}\p{N} ,.:;?!'"«»„“”‘’–—…()/%№+-]*$/u;
/** What a parser would make something of after all: addresses, and spaces at a line's end. */
const NOT_PLAIN = /www\.|:\S| \n| $/i;
/** UTF-16 units; longer texts are folded. */
const MAX_LENGTH = 3_000;

/** The syntax tree of a text without marks, as the parser would give it; `null` for any other. */
export function parsePlain(text: string): Root | null {
  if (text.length > MAX_LENGTH || !PLAIN.test(text) || NOT_PLAIN.test(text)) return null;
  return {
    type: 'root',
    children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }],
  };
}
