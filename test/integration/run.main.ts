// Runs the integration suite inside the extension host of a real VS Code, by
// `node out/test/integration/run.main.js oldest|recent`. On Linux that is VS Code's server; elsewhere
// a desktop VS Code, which is downloaded into .vscode-test/ once.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { quietSettings } from '../vscode/quietSettings';
import { root } from '../vscode/root';
import { SERVERS, type VersionName, isVersionName } from '../vscode/servers.mjs';

const built = (file: string) => path.join(root, 'out', 'test', file);

async function executable(version: VersionName): Promise<string> {
  if (process.platform === 'linux') {
    return built('vscode/extensionHost.main.js');
  }
  return downloadAndUnzipVSCode(version === 'oldest' ? SERVERS.oldest.vscode : 'stable');
}

async function main(version: string | undefined): Promise<void> {
  if (!isVersionName(version)) {
    throw new Error('say which VS Code: oldest or recent');
  }
  const place = await mkdtemp(path.join(tmpdir(), 'twin-'));
  try {
    const folder = path.join(place, 'sample');
    await cp(path.join(root, 'test/vscode/sample'), folder, { recursive: true });
    const profile = path.join(place, 'profile');
    await mkdir(path.join(profile, 'User'), { recursive: true });
    await writeFile(path.join(profile, 'User/settings.json'), JSON.stringify(quietSettings));
    await runTests({
      vscodeExecutablePath: await executable(version),
      extensionDevelopmentPath: root,
      extensionTestsPath: built('integration/index.main.js'),
      launchArgs: [folder, `--user-data-dir=${profile}`, `--extensions-dir=${place}/extensions`],
      extensionTestsEnv: { TWIN_VSCODE: version },
    });
  } finally {
    await rm(place, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
