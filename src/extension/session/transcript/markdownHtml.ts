// Markdown as HTML, from its syntax tree: an allow-list of elements, every text escaped. Nothing in
// it loads anything, and links are those that the chat would open.

import type { Definition, List, ListItem, Nodes, Root, Table } from 'mdast';
import { hasMarks } from '../../../markdown/hasMarks';
import { parseMarkdown } from '../../../markdown/parseMarkdown';
import { textOf } from '../../../markdown/textOf';
import { escapeHtml, htmlLines } from './html';

const SCHEMES = ['https:', 'http:', 'mailto:'];
/** Elements within one another; what is deeper is written as its text. */
const MAX_DEPTH = 20;

/** One that is too long to be parsed stays as it is. */
export function markdownHtml(text: string): string {
  const root = hasMarks(text) ? parseMarkdown(text) : null;
  return root === null ? paragraph(htmlLines(text)) : new Writer(root).write();
}

class Writer {
  private readonly definitions = new Map<string, Definition>();

  constructor(private readonly root: Root) {
    for (const node of root.children)
      if (node.type === 'definition' && !this.definitions.has(node.identifier))
        this.definitions.set(node.identifier, node);
  }

  write(): string {
    return this.all(this.root.children, 0);
  }

  private all(nodes: readonly Nodes[], depth: number): string {
    return nodes.map((node) => this.one(node, depth)).join('');
  }

  private one(node: Nodes, depth: number): string {
    if (depth > MAX_DEPTH) return htmlLines(textOf(node));
    const inner = (): string => ('children' in node ? this.all(node.children, depth + 1) : '');
    switch (node.type) {
      case 'text':
        return htmlLines(node.value);
      case 'paragraph':
        return paragraph(inner());
      case 'heading':
        return paragraph(`<strong>${inner()}</strong>`);
      case 'emphasis':
        return `<em>${inner()}</em>`;
      case 'strong':
        return `<strong>${inner()}</strong>`;
      case 'delete':
        return `<del>${inner()}</del>`;
      case 'inlineCode':
        return `<code>${escapeHtml(node.value)}</code>`;
      case 'code':
        return `<pre><code>${escapeHtml(node.value)}</code></pre>`;
      case 'break':
        return '<br>';
      case 'thematicBreak':
        return '<hr>';
      case 'blockquote':
        return `<blockquote dir="auto">${inner()}</blockquote>`;
      case 'list':
        return this.list(node, depth);
      case 'table':
        return this.table(node, depth);
      case 'link':
        return link(node.url, inner());
      case 'image':
        return link(node.url, htmlLines(node.alt ?? ''));
      case 'linkReference':
        return this.reference(node.identifier, inner());
      case 'imageReference':
        return this.reference(node.identifier, htmlLines(node.alt ?? ''));
      case 'definition':
        return '';
      default:
        return htmlLines(textOf(node)); // markup, and whatever a parser may come to know
    }
  }

  private list(node: List, depth: number): string {
    const items = node.children.map((item) => this.item(item, depth)).join('');
    const start = node.start ?? 1;
    if (node.ordered !== true) return `<ul dir="auto">${items}</ul>`;
    return `<ol dir="auto"${start === 1 ? '' : ` start="${start}"`}>${items}</ol>`;
  }

  private item(item: ListItem, depth: number): string {
    const box = typeof item.checked === 'boolean' ? (item.checked ? '☑ ' : '☐ ') : '';
    // The items of a list that stand close together are no paragraphs.
    const inner = item.children.map((child) =>
      child.type === 'paragraph' && item.spread !== true
        ? this.all(child.children, depth + 3)
        : this.one(child, depth + 2),
    );
    return `<li>${box}${inner.join('')}</li>`;
  }

  private table(node: Table, depth: number): string {
    const rows = node.children.map((row, index) => {
      const tag = index === 0 ? 'th' : 'td';
      const cells = row.children.map(
        (cell) => `<${tag} dir="auto">${this.all(cell.children, depth + 3)}</${tag}>`,
      );
      return `<tr>${cells.join('')}</tr>`;
    });
    return `<table>${rows.join('')}</table>`;
  }

  private reference(identifier: string, label: string): string {
    const url = this.definitions.get(identifier)?.url;
    return url === undefined ? label : link(url, label);
  }
}

function paragraph(inner: string): string {
  return `<p dir="auto">${inner}</p>`;
}

/** Its address stands behind its words, where these could name another. */
function link(href: string, label: string): string {
  const url = URL.canParse(href) ? new URL(href) : null;
  const shown = label === escapeHtml(href) ? '' : ` (${escapeHtml(href)})`;
  if (url === null || !SCHEMES.includes(url.protocol)) return `${label}${shown}`;
  return `<a href="${escapeHtml(url.href)}" rel="noreferrer">${label}</a>${shown}`;
}
