import { deepEqual, equal, ok } from 'node:assert/strict';
import path from 'node:path';
import { commands, extensions } from 'vscode';

const EXTENSION_ID = 'twin-chat.twin-chat';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function extension() {
  const found = extensions.getExtension(EXTENSION_ID);
  ok(found, `${EXTENSION_ID} is not among the extensions`);
  return found;
}

/** The extension's own modules that this process has loaded, by name. */
function loadedModules(): string[] {
  const dist = path.join(extension().extensionPath, 'dist') + path.sep;
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(dist))
    .map((file) => path.basename(file))
    .sort();
}

describe('activation', () => {
  it('waits until the extension is used', () => {
    equal(extension().isActive, false);
  });

  it('loads nothing but the extension itself: no socket, no simulator', async () => {
    await extension().activate();
    deepEqual(loadedModules(), ['extension.js']);
  });

  it('registers every command of the manifest', async () => {
    await extension().activate();
    const registered = new Set(await commands.getCommands(true));
    const { contributes } = extension().packageJSON as Manifest;
    const missing = contributes.commands
      .map(({ command }) => command)
      .filter((command) => !registered.has(command));
    deepEqual(missing, []);
    ok(contributes.commands.length > 0);
  });
});
