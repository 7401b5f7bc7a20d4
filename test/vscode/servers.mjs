// @ts-check
// The VS Code servers that tests and the demo run: which ones, and where set-up puts them.
// They come from the npm package `code-server`, whose `lib/vscode` is VS Code's own server with
// the real workbench (in a browser) and the real extension host (in Node).
import path from 'node:path';

/** @typedef {'oldest' | 'recent'} VersionName */

/**
 * @typedef {object} ServerVersion
 * @property {string} vscode VS Code's own version.
 * @property {string} codeServer The version of the npm package that carries it.
 * @property {number} node The major version of Node its native modules and code are made for.
 */

/** @type {Readonly<Record<VersionName, ServerVersion>>} */
export const SERVERS = {
  oldest: { vscode: '1.99.3', codeServer: '4.99.4', node: 20 },
  recent: { vscode: '1.139.1', codeServer: '4.139.1', node: 24 },
};

/**
 * @param {unknown} name
 * @returns {name is VersionName}
 */
export const isVersionName = (name) => name === 'oldest' || name === 'recent';

/** The npm package that ships Node's binary for this machine. */
export const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

/** Whether a server needs another Node than the one that runs now. */
export const needsOwnNode = (/** @type {ServerVersion} */ { node }) =>
  Number(process.versions.node.split('.')[0]) !== node;

/**
 * Where the server of that name is installed, and what starts it.
 * @param {string} root The repository's root.
 * @param {VersionName} name
 */
export function serverPaths(root, name) {
  const server = SERVERS[name];
  const folder = path.join(root, '.vscode-test', `server-${server.vscode}`);
  const modules = path.join(folder, 'node_modules');
  const vscode = path.join(modules, 'code-server', 'lib', 'vscode');
  return {
    folder,
    vscode,
    main: path.join(vscode, 'out', 'server-main.js'),
    node: needsOwnNode(server) ? path.join(modules, NODE_PACKAGE, 'bin', 'node') : process.execPath,
  };
}
