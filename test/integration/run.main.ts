// Runs the integration suite inside the extension host of a real VS Code, by
// `node out/test/integration/run.main.js oldest|recent`.
import { runInExtensionHost } from '../vscode/runInExtensionHost';
import { isVersionName } from '../vscode/servers.mjs';

async function main(version: string | undefined): Promise<void> {
  if (!isVersionName(version)) {
    throw new Error('say which VS Code: oldest or recent');
  }
  await runInExtensionHost(version, 'integration/index.main.js');
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
