// Some of what Markdown can say has no text of its own, and would be drawn as nothing.

import type { Nodes, Paragraph, Root, RootContent, Text } from 'mdast';
import { textOf } from './textOf';

/**
 * Gives pictures and links without a text their address, and makes words again of definitions that
 * nothing refers to: "[ERROR]: timeout" is meant as it stands. Within a link a picture is its text,
 * for there are no links within links. Changes the tree.
 *
 * @param source what it was made of
 * @param from where in it the text begins: what is before is never drawn
 */
export function giveWords(root: Root, source: string, from: number): Root {
  const referred = new Set<string>();
  replace(root, (node, isInLink) => {
    if (node.type === 'image') node.alt ||= node.url;
    if (node.type === 'imageReference') node.alt ||= node.label ?? node.identifier;
    if (node.type === 'imageReference' || node.type === 'linkReference')
      referred.add(node.identifier);
    if (node.type === 'link' && textOf(node).trim() === '') node.children = [text(node.url)];
    const isPicture = node.type === 'image' || node.type === 'imageReference';
    return isPicture && isInLink ? text(node.alt ?? '') : node;
  });
  replace(root, (node) => {
    if (node.type !== 'definition' || referred.has(node.identifier)) return node;
    const { start, end } = node.position ?? {};
    if ((start?.offset ?? from) < from) return node;
    return paragraph(source.slice(start?.offset, end?.offset));
  });
  return root;
}

/** Puts what `by` makes of each node in its place, those within it first. */
function replace(
  parent: Nodes,
  by: (node: RootContent, isInLink: boolean) => RootContent,
  isInLink = false,
): void {
  if (!('children' in parent)) return;
  const children: RootContent[] = parent.children;
  const isLink = isInLink || parent.type === 'link' || parent.type === 'linkReference';
  children.forEach((child, index) => {
    replace(child, by, isLink);
    children[index] = by(child, isLink);
  });
}

function text(value: string): Text {
  return { type: 'text', value };
}

function paragraph(value: string): Paragraph {
  return { type: 'paragraph', children: [text(value)] };
}
