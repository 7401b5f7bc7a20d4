// How long VS Code takes to activate the extension, beside extensions that do nothing (P1).
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInExtensionHost } from '../vscode/runInExtensionHost';
import { bench, median } from './bench';

const ROUNDS = 5;
/** Empty ones in a round. The first warms up, and does not count. */
const EMPTY = 9;

const names = Array.from({ length: EMPTY }, (_, index) => `empty${index}`);

async function writeEmpty(folder: string, name: string): Promise<void> {
  const place = path.join(folder, `test.${name}-1.0.0`);
  await mkdir(place);
  const manifest = {
    name,
    publisher: 'test',
    version: '1.0.0',
    engines: { vscode: '^1.99.0' },
    main: 'main.js',
    extensionKind: ['workspace'],
  };
  await writeFile(path.join(place, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(place, 'main.js'), 'exports.activate = () => undefined;\n');
}

bench('activation', async () => {
  const place = await mkdtemp(path.join(tmpdir(), 'twin-bench-'));
  const file = path.join(place, 'took.json');
  const empty: number[] = [];
  const ours: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      await runInExtensionHost('recent', 'bench/activation/host.main.js', {
        env: { TWIN_BENCH_FILE: file, TWIN_BENCH_EMPTY: names.join(' ') },
        prepare: async (folder) => {
          for (const name of names) await writeEmpty(folder, name);
        },
      });
      const took = JSON.parse(await readFile(file, 'utf8')) as { empty: number[]; ours: number };
      empty.push(...took.empty.slice(1));
      ours.push(took.ours);
    }
  } finally {
    await rm(place, { recursive: true });
  }
  return [
    { what: 'an empty extension', value: median(empty), unit: 'ms' },
    { what: 'TWIN Chat', value: median(ours), unit: 'ms', atMost: 2 * median(empty) },
  ];
});
