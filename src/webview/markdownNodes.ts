// Markdown's syntax tree as elements: an allow-list. What is not on it becomes text.

import type { Code, Definition, Link, List, ListItem, Nodes, Root, Table } from 'mdast';
import { textOf } from '../markdown/textOf';
import { codeBlock } from './codeBlock';
import { h } from './dom';
import { looksElsewhere, safeUrl } from './links';
import { placeLink } from './placeLink';
import { placeAtEnd, placeOf, splitAtPlaces } from './placesInText';
import type { ViewContext } from './viewContext';

/** Elements within one another; what is deeper is shown as its text. */
const MAX_DEPTH = 20;

/** Makes the elements of a whole text. */
export function markdownNodes(root: Root, key: string, context: ViewContext): readonly Node[] {
  const definitions = new Map<string, Definition>();
  for (const node of root.children)
    if (node.type === 'definition' && !definitions.has(node.identifier))
      definitions.set(node.identifier, node);
  const drawing = new Drawing(key, context, definitions);
  return drawing.drawAll(root.children, 0);
}

class Drawing {
  private codes = 0;
  private inLink = false;

  constructor(
    private readonly key: string,
    private readonly context: ViewContext,
    private readonly definitions: ReadonlyMap<string, Definition>,
  ) {}

  drawAll(nodes: readonly Nodes[], depth: number): readonly Node[] {
    return nodes.flatMap((node, index) =>
      node.type === 'code' ? [this.code(node, nodes[index - 1])] : this.draw(node, depth),
    );
  }

  private draw(node: Nodes, depth: number): readonly Node[] {
    if (depth > MAX_DEPTH) return lines(textOf(node));
    const children = (): readonly Node[] =>
      'children' in node ? this.drawAll(node.children, depth + 1) : [];
    switch (node.type) {
      case 'text':
        return this.lines(node.value);
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
        return [this.inlineCode(node.value)];
      case 'break':
        return [h('br')];
      case 'thematicBreak':
        return [h('hr')];
      case 'blockquote':
        return [h('blockquote', { attrs: { dir: 'auto' } }, ...children())];
      case 'list':
        return [this.list(node, depth)];
      case 'table':
        return [this.table(node, depth)];
      case 'link':
        return this.link(node.url, this.asLabel(children));
      case 'image':
        return this.link(node.url, lines(node.alt ?? ''));
      case 'linkReference':
        return this.reference(node.identifier, this.asLabel(children));
      case 'imageReference':
        return this.reference(node.identifier, lines(node.alt ?? ''));
      case 'definition':
        return [];
      default:
        return lines(textOf(node)); // markup, and whatever a parser may come to know
    }
  }

  private code(node: Code, before: Nodes | undefined): Node {
    this.codes += 1;
    const info = `${node.lang ?? ''} ${node.meta ?? ''}`.trim();
    const above = before === undefined ? null : placeAtEnd(quotedText(before));
    return codeBlock(
      { text: node.value, info, above },
      `${this.key}:code${this.codes}`,
      this.context,
    );
  }

  /** Text with its line breaks kept, and places in files made links. */
  private lines(text: string): readonly Node[] {
    if (this.inLink) return lines(text);
    return splitAtPlaces(text).flatMap(({ text: part, place }) =>
      place === null ? lines(part) : [placeLink(h('span', {}, part), place, this.context)],
    );
  }

  private inlineCode(text: string): Node {
    const place = this.inLink ? null : placeOf(text);
    const code = h('code', {}, text);
    return place === null ? code : placeLink(code, place, this.context);
  }

  /** There are no links within links. */
  private asLabel(children: () => readonly Node[]): readonly Node[] {
    this.inLink = true;
    const label = children();
    this.inLink = false;
    return label;
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
    const children = this.drawAll(item.children, depth + 2);
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
            ...this.drawAll(cell.children, depth + 3),
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
    const link = h('a', { attrs: { href: url.href, title, rel: 'noreferrer' } }, ...label);
    const shown = looksElsewhere(link.textContent, url) ? ` (${url.host || url.pathname})` : '';
    return shown === '' ? [link] : [link, h('span', { class: 'quiet' }, shown)];
  }
}

/** The text of a paragraph, what is code in it still in backticks. */
function quotedText(node: Nodes): string {
  if (node.type === 'inlineCode') return `\`${node.value}\``;
  return node.type === 'paragraph' ? node.children.map(quotedText).join('') : textOf(node);
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
