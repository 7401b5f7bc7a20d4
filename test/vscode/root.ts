import { existsSync } from 'node:fs';
import path from 'node:path';

/** The repository's root, from wherever below it this was bundled to. */
export const root = findRoot(__dirname);

function findRoot(folder: string): string {
  if (existsSync(path.join(folder, 'esbuild.js'))) {
    return folder;
  }
  const parent = path.dirname(folder);
  if (parent === folder) {
    throw new Error('this runs outside its repository');
  }
  return findRoot(parent);
}
