// Markdown for the view. The parser is a bundle of its own: asked for at once, needed only for texts
// that have marks.

import type { Root } from 'mdast';
import { parsePlain } from '../markdown/plainText';
import type { ConversationView } from '../shared/conversation';

/** The first text takes five times as long as the next: so one that nobody waits for comes first. */
const WARM_UP = 'A *word*, `code`\n\n```\nmore\n```\n- item';

let parse: ((text: string, definitions?: string) => Root | null) | null = null;

/** Settles when the parser is here, or cannot be had: then texts with marks are shown as they came. */
export const parserLoaded: Promise<void> = import('../markdown/parseMarkdown').then(
  (parser) => {
    parse = parser.parseMarkdown;
    parse(WARM_UP);
  },
  () => {
    parse = () => null;
  },
);

/** Whether all that is in a conversation can be drawn now. */
export function canDraw(conversation: ConversationView | null): boolean {
  return (
    parse !== null ||
    (conversation?.rows ?? []).every(
      (row) => row.kind !== 'message' || row.text === '' || parsePlain(row.text) !== null,
    )
  );
}

/** The syntax tree of a text; `null` for one that is too long or too tangled to be parsed. */
export function parseMarkdown(text: string, definitions?: string): Root | null {
  return parsePlain(text) ?? parse?.(text, definitions) ?? null;
}
