// Markdown's syntax tree as elements: an allow-list. What is not on it becomes text.

import type { Definition, Link, List, ListItem, Nodes, Root, Table } from 'mdast';
import { textOf } from '../markdown/textOf';
import { codeBlock } from './codeBlock';
import { h } from './dom';
import { safeUrl } from './links';
import type { ViewContext } from './viewContext';

/** Elements within one another; what is deeper is shown as its text. */
const MAX_DEPTH = 20;

/** Makes the elements of a whole text. */
export function markdownNodes(root: Root, context: ViewContext): readonly Node[] {
  const definitions = new Map<string, Definition>();
  for (const node of root.children)
    if (node.type === 'definition' && !definitions.has(node.identifier))
      definitions.set(node.identifier, node);
  const drawing = new Drawing(context, definitions);
  return root.children.flatMap((node) => drawing.draw(node, 0));
}

class Drawing {
  constructor(
    private readonly context: ViewContext,
    private readonly definitions: ReadonlyMap<string, Definition>,
  ) {}

  draw(node: Nodes, depth: number): readonly Node[] {
    if (depth > MAX_DEPTH) return lines(textOf(node));
    const children = (): readonly Node[] =>
      'children' in node ? node.children.flatMap((child) => this.draw(child, depth + 1)) : [];
    switch (node.type) {
      case 'text':
        return lines(node.value);
      case 'paragraph':
        return [h('p', { attrs: { dir: 'auto' } }, ...children())];
      case 'heading':
        // Not a heading of the page: the next reader jumps by messages, not by their parts.
        return [
          h(
            'p',
            { class: 'heading', attrs: { dir: 'auto' }, data: { depth: `${node.depth}` } },
            ...children(),
          ),
        ];
      case 'emphasis':
        return [h('em', {}, ...children())];
      case 'strong':
        return [h('strong', {}, ...children())];
      case 'delete':
        return [h('del', {}, ...children())];
      case 'inlineCode':
        return [h('code', {}, node.value)];
      case 'break':
        return [h('br')];
      case 'thematicBreak':
        return [h('hr')];
      case 'blockquote':
        return [h('blockquote', { attrs: { dir: 'auto' } }, ...children())];
      case 'code':
        return [codeBlock({ text: node.value, language: node.lang ?? null }, this.context)];
      case 'list':
        return [this.list(node, depth)];
      case 'table':
        return [this.table(node, depth)];
      case 'link':
        return this.link(node.url, children());
      case 'image':
        return this.link(node.url, lines(node.alt ?? node.url));
      case 'linkReference':
        return this.reference(node.identifier, children());
      case 'imageReference':
        return this.reference(node.identifier, lines(node.alt ?? ''));
      case 'definition':
        return [];
      default:
        return lines(textOf(node)); // markup, and whatever a parser may come to know
    }
  }

  private list(node: List, depth: number): Node {
    const start = node.ordered && node.start !== null ? (node.start ?? 1) : 1;
    return h(
      node.ordered ? 'ol' : 'ul',
      { attrs: { dir: 'auto', start: start === 1 ? null : `${start}` } },
      ...node.children.map((item) => this.listItem(item, depth)),
    );
  }

  private listItem(item: ListItem, depth: number): Node {
    const children = item.children.flatMap((child) => this.draw(child, depth + 2));
    if (typeof item.checked !== 'boolean') return h('li', {}, ...children);
    // A character, not a control: nobody here can tick a task off.
    const [box, key] = item.checked
      ? (['☑', 'view.message.taskDone'] as const)
      : (['☐', 'view.message.taskOpen'] as const);
    const mark = h('span', { attrs: { role: 'img', 'aria-label': this.context.t(key) } }, box);
    return h('li', { class: 'task' }, mark, ' ', ...children);
  }

  private table(node: Table, depth: number): Node {
    const rows = node.children.map((row, index) =>
      h(
        'tr',
        {},
        ...row.children.map((cell, column) =>
          h(
            index === 0 ? 'th' : 'td',
            { data: { align: node.align?.[column] ?? 'none' }, attrs: { dir: 'auto' } },
            ...cell.children.flatMap((child) => this.draw(child, depth + 3)),
          ),
        ),
      ),
    );
    const name = this.context.t('view.message.table');
    return h(
      'div',
      { class: 'table', attrs: { tabindex: '0', role: 'group', 'aria-label': name } },
      h('table', {}, h('thead', {}, ...rows.slice(0, 1)), h('tbody', {}, ...rows.slice(1))),
    );
  }

  private reference(identifier: string, label: readonly Node[]): readonly Node[] {
    const url = this.definitions.get(identifier)?.url;
    return url === undefined ? label : this.link(url, label);
  }

  private link(href: Link['url'], label: readonly Node[]): readonly Node[] {
    const url = safeUrl(href);
    if (url === null) return [...label, ` (${href})`].map((part) => toNode(part));
    const title =
      url.protocol === 'mailto:'
        ? this.context.t('view.link.mails', { address: url.pathname })
        : this.context.t('view.link.opens', { host: url.host });
    return [h('a', { attrs: { href: url.href, title, rel: 'noreferrer' } }, ...label)];
  }
}

function toNode(part: Node | string): Node {
  return typeof part === 'string' ? document.createTextNode(part) : part;
}

/** Text with its line breaks kept. */
function lines(text: string): readonly Node[] {
  return text.split('\n').flatMap((line, index) => {
    const node = document.createTextNode(line);
    return index === 0 ? [node] : [h('br'), node];
  });
}
