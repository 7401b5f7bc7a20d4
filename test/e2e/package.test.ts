import { deepEqual, ok } from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { PackageManager, listFiles } from '@vscode/vsce';
import { root } from '../vscode/root';
import { packageExtension } from './packageExtension';

const LARGEST = 1_000_000;
const LARGEST_WITHOUT_SIMULATOR = 500_000;

/** What may be in the package; all that is made by the bundler stands in dist/. */
const EXPECTED =
  /^(dist\/[^/]+\.(js|css|ttf)|media\/[^/]+\.(svg|png)|package(\.nls(\.ru)?)?\.json|(README|CHANGELOG)\.md|LICENSE)$/;

describe('package', function () {
  this.timeout(120_000);

  it('is at most 1 MB, and 500 kB without the simulator', async () => {
    const { size } = await stat(await packageExtension());
    const simulator = deflateRawSync(await readFile(path.join(root, 'dist/simulator.js')));
    ok(size <= LARGEST, `${size} bytes`);
    ok(size - simulator.length <= LARGEST_WITHOUT_SIMULATOR, `${size - simulator.length} bytes`);
  });

  it('holds no sources, no source maps, nothing of this repository but what it needs', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    deepEqual(
      files.filter((file) => !EXPECTED.test(file)),
      [],
    );
    ok(files.includes('dist/extension.js'));
  });
});
