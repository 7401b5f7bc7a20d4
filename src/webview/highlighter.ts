// The colours of code: a bundle of its own, loaded with the first code that comes near the window.
// It makes plain tokens of a text; the view makes elements of them.

import type { Nodes } from 'hast';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import nginx from 'highlight.js/lib/languages/nginx';
import objectivec from 'highlight.js/lib/languages/objectivec';
import perl from 'highlight.js/lib/languages/perl';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import scss from 'highlight.js/lib/languages/scss';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';

/** What a stretch of code is, as the style sheet names it. */
export type TokenKind =
  | 'comment'
  | 'keyword'
  | 'string'
  | 'number'
  | 'type'
  | 'function'
  | 'variable'
  | 'added'
  | 'removed'
  | 'strong'
  | 'emphasis';

export interface Token {
  /** `null` for what has no colour of its own. */
  readonly kind: TokenKind | null;
  readonly text: string;
}

/** The grammars' names for things; what is not here has the colour of what it stands in. */
const KINDS: Readonly<Record<string, TokenKind>> = {
  addition: 'added',
  attr: 'variable',
  attribute: 'variable',
  built_in: 'type',
  bullet: 'keyword',
  char: 'string',
  class: 'type',
  code: 'string',
  comment: 'comment',
  deletion: 'removed',
  doctag: 'keyword',
  emphasis: 'emphasis',
  keyword: 'keyword',
  link: 'string',
  literal: 'keyword',
  meta: 'comment',
  name: 'keyword',
  number: 'number',
  property: 'variable',
  quote: 'comment',
  regexp: 'string',
  section: 'strong',
  'selector-attr': 'variable',
  'selector-class': 'type',
  'selector-id': 'type',
  'selector-pseudo': 'variable',
  'selector-tag': 'keyword',
  string: 'string',
  strong: 'strong',
  symbol: 'variable',
  tag: 'keyword',
  'template-variable': 'variable',
  title: 'function',
  type: 'type',
  variable: 'variable',
};

const lowlight = createLowlight({
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  graphql,
  ini,
  java,
  javascript,
  json,
  kotlin,
  lua,
  makefile,
  markdown,
  nginx,
  objectivec,
  perl,
  php,
  powershell,
  python,
  r,
  ruby,
  rust,
  scala,
  scss,
  shell,
  sql,
  swift,
  typescript,
  xml,
  yaml,
});
// VS Code's names where they differ, for those are what a selection is sent with.
lowlight.registerAlias({
  bash: 'shellscript',
  javascript: 'javascriptreact',
  json: 'jsonc',
  objectivec: 'objective-c',
  typescript: 'typescriptreact',
});

/**
 * @param language a fence's name for it, in any case
 * @returns the whole text in pieces, or `null` when the language is not known
 */
export function tokens(text: string, language: string): readonly Token[] | null {
  const name = language.toLowerCase();
  if (!lowlight.registered(name)) return null;
  return tokensOf(lowlight.highlight(name, text, { prefix: '' }), null);
}

function tokensOf(node: Nodes, kind: TokenKind | null): readonly Token[] {
  if (node.type === 'text') return [{ kind, text: node.value }];
  if (!('children' in node)) return [];
  const own = node.type === 'element' ? kindOf(node.properties.className) : null;
  return node.children.flatMap((child) => tokensOf(child, own ?? kind));
}

function kindOf(names: unknown): TokenKind | null {
  if (!Array.isArray(names)) return null;
  const [first, second] = names.map(String);
  if (first === undefined || !Object.hasOwn(KINDS, first)) return null;
  // `title.class` and its like are types, whatever other titles are.
  return second === 'class_' ? 'type' : (KINDS[first] ?? null);
}
