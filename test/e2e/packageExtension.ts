import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../vscode/root';

/** Packages the extension as `npm run package` does, into out/. Returns the package's path. */
export async function packageExtension(): Promise<string> {
  const vsix = path.join(root, 'out', 'e2e', 'twin-chat.vsix');
  await mkdir(path.dirname(vsix), { recursive: true });
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const options = [
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ];
  const run = promisify(execFile);
  await run(process.execPath, [vsce, 'package', ...options, '--out', vsix], { cwd: root });
  return vsix;
}
