// The line above code that is sent: from which file it is, and in which state of it.

import type { GitPlace } from './git';

/** So many characters of a commit's name, as Git itself shortens it. */
const SHORT = 7;

/**
 * `path` (or `path:lines`) and where the file stands: "`src/a.ts:12-30` (main@1a2b3c4, modified)".
 *
 * @param unsaved whether the editor holds what the disk does not
 */
export function codeHeader(location: string, git: GitPlace | null, unsaved: boolean): string {
  const notes = git === null ? (unsaved ? ['unsaved'] : []) : gitNotes(git, unsaved);
  return inlineCode(location) + (notes.length > 0 ? ` (${notes.join(', ')})` : '');
}

/** A fence that nothing in the text closes. */
export function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  return `${fence}${language}\n${text.replace(/\r?\n$/, '')}\n${fence}`;
}

function gitNotes({ branch, commit, modified }: GitPlace, unsaved: boolean): readonly string[] {
  const place = commit === '' ? branch : `${branch}@${commit.slice(0, SHORT)}`;
  return [...(place === '' ? [] : [place]), ...(modified || unsaved ? ['modified'] : [])];
}

function inlineCode(text: string): string {
  const fence = '`'.repeat(longestRunOfBackticks(text) + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

function longestRunOfBackticks(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
