import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../vscode/root';

/** The package under test: `npm test` makes it once, before the first end-to-end suite. */
export const PACKAGE = path.join(root, 'out', 'test', 'twin-chat.vsix');

/** Packages the extension as `npm run package` does. */
export async function packageExtension(vsix: string): Promise<void> {
  const command = [path.join(root, 'package.mjs'), '--out', vsix];
  await promisify(execFile)(process.execPath, command, { cwd: root });
}
