import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { quietSettings } from './quietSettings';
import { root } from './root';
import { SERVERS, type VersionName } from './servers.mjs';

const built = (file: string) => path.join(root, 'out', 'test', file);

async function executable(version: VersionName): Promise<string> {
  if (process.platform === 'linux') {
    return built('vscode/extensionHost.main.js');
  }
  return downloadAndUnzipVSCode(version === 'oldest' ? SERVERS.oldest.vscode : 'stable');
}

interface Surroundings {
  /** Seen by the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets the folder of installed extensions, before VS Code starts. */
  readonly prepare?: (extensions: string) => Promise<void>;
}

/**
 * Calls the `run()` of a module (its place below out/test) inside the extension host of a real VS
 * Code that has this extension, and the sample folder open. On Linux that is VS Code's server;
 * elsewhere a desktop VS Code, which is downloaded into .vscode-test/ once.
 *
 * @throws Error when `run()` throws, or does not load
 */
export async function runInExtensionHost(
  version: VersionName,
  testModule: string,
  { env, prepare }: Surroundings = {},
): Promise<void> {
  const place = await mkdtemp(path.join(tmpdir(), 'twin-'));
  try {
    const folder = path.join(place, 'sample');
    await cp(path.join(root, 'test/vscode/sample'), folder, { recursive: true });
    const profile = path.join(place, 'profile');
    await mkdir(path.join(profile, 'User'), { recursive: true });
    await writeFile(path.join(profile, 'User/settings.json'), JSON.stringify(quietSettings));
    const extensions = path.join(place, 'extensions');
    await mkdir(extensions);
    await prepare?.(extensions);
    await runTests({
      vscodeExecutablePath: await executable(version),
      extensionDevelopmentPath: root,
      extensionTestsPath: built(testModule),
      launchArgs: [folder, `--user-data-dir=${profile}`, `--extensions-dir=${extensions}`],
      extensionTestsEnv: { TWIN_VSCODE: version, ...env },
    });
  } finally {
    await rm(place, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
