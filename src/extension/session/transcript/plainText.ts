import type { List, Nodes } from 'mdast';
import { hasMarks } from '../../../markdown/hasMarks';
import { parseMarkdown } from '../../../markdown/parseMarkdown';
import { textOf } from '../../../markdown/textOf';

/**
 * Markdown as a plain text that loses nothing of it: items keep their numbers, links their
 * addresses, tables their columns. One that is too long to be parsed stays as it is.
 */
export function plainText(text: string): string {
  const root = hasMarks(text) ? parseMarkdown(text) : null;
  return root === null ? text : blocks(root.children);
}

function blocks(nodes: readonly Nodes[]): string {
  return nodes
    .map(plain)
    .filter((text) => text !== '')
    .join('\n\n');
}

function plain(node: Nodes): string {
  switch (node.type) {
    case 'list':
      return list(node);
    case 'blockquote':
      return blocks(node.children).replace(/^/gm, '> ');
    case 'table':
      return node.children.map((row) => row.children.map(plain).join(' | ')).join('\n');
    case 'thematicBreak':
      return '---';
    case 'definition':
      return '';
    case 'link':
      return withAddress(node.children.map(plain).join(''), node.url);
    case 'image':
      return withAddress(node.alt ?? '', node.url);
    default:
      return 'children' in node ? node.children.map(plain).join('') : textOf(node);
  }
}

function list({ children, ordered, start, spread }: List): string {
  const first = start ?? 1;
  const items = children.map((item, index) => {
    const mark = ordered === true ? `${first + index}. ` : '- ';
    const lines = item.children.map(plain).join('\n').split('\n');
    return `${mark}${lines.join(`\n${' '.repeat(mark.length)}`)}`;
  });
  return items.join(spread === true ? '\n\n' : '\n');
}

/** `address` goes without saying where the label is the address. */
function withAddress(label: string, address: string): string {
  if (label === '') return address;
  return address === label || address === `mailto:${label}` || address === `http://${label}`
    ? label
    : `${label} (${address})`;
}
