import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { PackageManager, listFiles } from '@vscode/vsce';
import { root } from '../vscode/root';
import { PACKAGE, packageExtension } from './packageExtension';

const LARGEST = 1_000_000;
const LARGEST_WITHOUT_SIMULATOR = 500_000;

const NOTICES = 'dist/THIRD_PARTY_NOTICES.txt';

/** What may be in the package; all that is made by the bundler stands in dist/. */
const EXPECTED =
  /^(dist\/[^/]+\.(js|css|ttf)|dist\/THIRD_PARTY_NOTICES\.txt|media\/(icon\.png|activity-bar\.svg|tab-(light|dark)\.svg|walkthrough\/\w+\.(en|ru)\.svg)|schemas\/\w+\.(en|ru)\.json|package(\.nls(\.ru)?)?\.json|(README|CHANGELOG)\.md|LICENSE)$/;

// It is the same for every VS Code: once is enough.
if (process.env['TWIN_VSCODE'] !== 'recent')
  describe('package', function () {
    this.timeout(180_000);
    let files: readonly string[];

    before(async () => {
      files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    });

    it('is at most 1 MB, and 500 kB without the simulator', async () => {
      const { size } = await stat(PACKAGE);
      const simulator = deflateRawSync(await readFile(path.join(root, 'dist/simulator.js')));
      ok(size <= LARGEST, `${size} bytes`);
      ok(size - simulator.length <= LARGEST_WITHOUT_SIMULATOR, `${size - simulator.length} bytes`);
    });

    it('holds no sources, no source maps, nothing of this repository but what it needs', () => {
      deepEqual(
        files.filter((file) => !EXPECTED.test(file)),
        [],
      );
      ok(files.includes('dist/extension.js'));
    });

    it('is the same, byte by byte, when it is made again later', async () => {
      const again = path.join(path.dirname(PACKAGE), 'made-again.vsix');
      await packageExtension(again);
      const built = await stat(path.join(root, 'dist/extension.js'));
      ok(built.mtimeMs > (await stat(PACKAGE)).mtimeMs, 'it was built anew in between');
      const bytes = await readFile(PACKAGE);
      equal(Buffer.compare(bytes, await readFile(again)), 0);
    });

    it('brings the licence of each package that is bundled', async () => {
      const manifest = await readFile(path.join(root, 'package.json'), 'utf8');
      const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
      ok(files.includes(NOTICES));
      const notices = await readFile(path.join(root, NOTICES), 'utf8');
      // Those that it names, and two that come with them.
      const bundled = [...Object.keys(dependencies), 'engine.io-client', 'micromark'];
      const missing = bundled.filter((name) => !notices.includes(`${name} `));
      deepEqual(missing, []);
      ok(notices.includes('Permission is hereby granted'));
    });
  });
