import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../vscode/root';

/** Packages the extension as `npm run package` does, into out/. Returns the package's path. */
export async function packageExtension(name = 'twin-chat'): Promise<string> {
  const vsix = path.join(root, 'out', 'e2e', `${name}.vsix`);
  await mkdir(path.dirname(vsix), { recursive: true });
  const command = [path.join(root, 'package.mjs'), '--out', vsix];
  await promisify(execFile)(process.execPath, command, { cwd: root });
  return vsix;
}
