// `.twinignore` and `.gitignore`: which of them, in the folders above a file, leave it out.

import ignore, { type Ignore } from 'ignore';

/** The line of an ignore file that leaves a file out. */
export interface IgnoreRule {
  /** The path of the ignore file. */
  readonly path: string;
  readonly pattern: string;
  /** Counted from 1. */
  readonly line: number;
}

interface Rules {
  readonly folder: string;
  readonly path: string;
  readonly matcher: Ignore;
}

/**
 * The rule that leaves a file out, judged as Git judges: the nearest ignore file counts, in it the
 * last line that fits, and what lies in a folder that is left out cannot be taken back.
 *
 * @param path with slashes, beginning with one
 * @param top the first folder whose ignore file counts, beginning and ending with a slash
 * @param read gives a file's text, `null` where there is none
 */
export async function ruleAgainst(
  path: string,
  name: string,
  top: string,
  read: (path: string) => Promise<string | null>,
): Promise<IgnoreRule | null> {
  const folders = foldersAbove(path).filter((folder) => folder.startsWith(top));
  const loaded = await Promise.all(folders.map((folder) => load(folder, name, read)));
  const nearestFirst = loaded.filter((rules) => rules !== null).reverse();
  if (nearestFirst.length === 0) return null;
  for (const part of [...folders.slice(1), path]) {
    for (const { folder, path: file, matcher } of nearestFirst) {
      if (part === folder || !part.startsWith(folder)) continue;
      const { ignored, unignored, rule } = matcher.test(part.slice(folder.length));
      if (ignored) return { path: file, pattern: rule?.pattern ?? '', line: Number(rule?.mark) };
      if (unignored) break;
    }
  }
  return null;
}

/** `/`, `/a/`, `/a/b/` for `/a/b/c`. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(1, -1);
  return ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}/`)];
}

async function load(
  folder: string,
  name: string,
  read: (path: string) => Promise<string | null>,
): Promise<Rules | null> {
  const path = folder + name;
  const text = await read(path);
  if (text === null) return null;
  const patterns = text
    .split(/\r?\n/)
    .map((pattern, index) => ({ pattern, mark: String(index + 1) }));
  return { folder, path, matcher: ignore().add(patterns) };
}
