// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The `code` program of a desktop VS Code that can show a window here, if there is one.
 * @returns {string | undefined}
 */
export function findCode() {
  const { platform, env } = process;
  const display = platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY'];
  // In a terminal of a remote VS Code, `code` speaks to that window and takes no profile.
  if (!display || env['VSCODE_IPC_HOOK_CLI']) {
    return undefined;
  }
  const name = platform === 'win32' ? 'code.cmd' : 'code';
  return (env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}
