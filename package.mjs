// @ts-check
// `npm run package [-- options of vsce]`: writes twin-chat-<version>.vsix, the same bytes for the same
// sources: times in it are SOURCE_DATE_EPOCH's (seconds), which is the last commit's unless it is set.
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
const more = process.argv.slice(2);

/** Of a source without its history nothing is known: then the file has the time of its making. */
function lastCommit() {
  try {
    const git = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
    return git.trim() || undefined;
  } catch {
    return undefined;
  }
}

// Where the README's pictures are on the web is known only to who publishes.
const links = more.includes('--baseContentUrl') ? [] : ['--no-rewrite-relative-links'];
const epoch = process.env['SOURCE_DATE_EPOCH'] ?? lastCommit();
const { status } = spawnSync(
  process.execPath,
  [vsce, 'package', '--no-dependencies', '--allow-missing-repository', ...links, ...more],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(epoch !== undefined && { SOURCE_DATE_EPOCH: epoch }) },
  },
);
process.exitCode = status ?? 1;
