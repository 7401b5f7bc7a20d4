import type { Nodes } from 'mdast';

/** The text of a node without its marks; blocks stand on lines of their own. */
export function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  if ('children' in node) return node.children.map(textOf).join(isBlockParent(node) ? '\n' : '');
  if (node.type === 'break') return '\n';
  return 'alt' in node ? (node.alt ?? '') : '';
}

function isBlockParent(node: Nodes): boolean {
  return ['root', 'blockquote', 'list', 'listItem', 'table', 'tableRow'].includes(node.type);
}
