// What the guard has to notice, and what it has to leave in peace.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../../../src/extension/vscode/guard/finding';
import { secretByName } from '../../../src/extension/vscode/guard/secretNames';
import { scanBytes } from '../../../src/extension/vscode/guard/secretScan';
import { root } from '../../vscode/root';
import { secretFiles } from './secretFiles';

/** Of the project's own dependencies. */
const ORDINARY = 200;
const SOURCE = /\.(?:[cm]?[jt]s|jsx|tsx|css|scss|html|json|md|ya?ml|py|sh)$/;

async function* once(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(typeof content === 'string' ? Buffer.from(content) : content);
}

async function findingsOf(file: string, content: string | Uint8Array): Promise<readonly Finding[]> {
  const fileName = path.basename(file);
  const byName = secretByName(file);
  return [
    ...(byName === null ? [] : [{ kind: byName, service: '', line: null }]),
    ...(await scanBytes(once(content), { fileName, guess: true })),
  ];
}

/** Files of dependencies, spread evenly over all of them, the same for the same lock file. */
async function ordinaryFiles(): Promise<readonly string[]> {
  const place = path.join(root, 'node_modules');
  const all = await readdir(place, { recursive: true, withFileTypes: true });
  const sources = all
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => path.relative(place, path.join(entry.parentPath, entry.name)))
    .sort();
  const step = sources.length / ORDINARY;
  return Array.from({ length: ORDINARY }, (_, index) => sources[Math.floor(index * step)] ?? '');
}

describe('the patterns of the guard', () => {
  it('miss none of 60 files that hold a secret, and name its line', async () => {
    const files = secretFiles();
    equal(files.length, 60);
    equal(new Set(files.map((file) => file.path)).size, 60);
    const misses: string[] = [];
    for (const { path: file, content, line } of files) {
      const findings = await findingsOf(file, content);
      if (!findings.some((finding) => line === null || finding.line === line))
        misses.push(`${file}, line ${line ?? '-'}: ${JSON.stringify(findings)}`);
    }
    deepEqual(misses, []);
  });

  it('know names in capitals, and those that hold no secret', () => {
    const known = ['ID_RSA', 'a/.ENV', '.env.example', '/home/a/.ssh/config', '/home/a/.ssh/work'];
    deepEqual(known.map(secretByName), ['keyName', 'secretName', null, null, 'keyName']);
  });

  it('ask about at most 2 of 200 ordinary files', async () => {
    const alarms: string[] = [];
    const files = await ordinaryFiles();
    equal(new Set(files).size, ORDINARY);
    for (const file of files) {
      const content = readFileSync(path.join(root, 'node_modules', file));
      const findings = await findingsOf(file, content);
      if (findings.length > 0) alarms.push(`${file}: ${JSON.stringify(findings)}`);
    }
    ok(alarms.length <= 2, alarms.join('\n'));
  });
});
