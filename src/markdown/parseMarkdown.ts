import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { giveWords } from './giveWords';

/** UTF-16 units. The parser takes about 10 ms for 1,000 of them: longer texts stay plain. */
const MAX_LENGTH = 30_000;
/** Marks in one paragraph: the parser's time grows with their square. */
const MAX_MARKS = 1_500;
/** Quotes and lists within one another at the start of one line: the parser calls itself. */
const DEEP_LINE = /^[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+){40}/m;

const options = {
  extensions: [
    gfmTable(),
    gfmAutolinkLiteral(),
    gfmStrikethrough({ singleTilde: false }),
    gfmTaskListItem(),
  ],
  mdastExtensions: [
    gfmTableFromMarkdown(),
    gfmAutolinkLiteralFromMarkdown(),
    gfmStrikethroughFromMarkdown(),
    gfmTaskListItemFromMarkdown(),
  ],
};

/**
 * The syntax tree of a text, or `null` for one that is too long or too tangled to be parsed.
 *
 * @param definitions lines of Markdown that stand elsewhere, where the text is a part of another
 */
export function parseMarkdown(text: string, definitions = ''): Root | null {
  const source = `${definitions}\n${text}`;
  return isTooMuch(source)
    ? null
    : giveWords(fromMarkdown(source, options), source, definitions.length);
}

function isTooMuch(text: string): boolean {
  return (
    text.length > MAX_LENGTH ||
    DEEP_LINE.test(text) ||
    text
      .split(/\n[ \t]*\n/)
      .some((part) => part.length > MAX_MARKS && (part.match(/[*_~[\]]/g)?.length ?? 0) > MAX_MARKS)
  );
}
