// `npm run bench [-- name…]`: runs test/bench/<name>.bench.ts, or all of them, each in a process of
// its own, so that none finds another's heap.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const END = '.bench.js';

const known = readdirSync(__dirname)
  .filter((file) => file.endsWith(END))
  .map((file) => file.slice(0, -END.length));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')} (there are: ${known.join(', ')})`);
  process.exitCode = 1;
} else {
  for (const name of asked.length > 0 ? asked : known) {
    const { status } = spawnSync(
      process.execPath,
      ['--expose-gc', '--enable-source-maps', path.join(__dirname, `${name}${END}`)],
      { stdio: 'inherit' },
    );
    if (status !== 0) process.exitCode = 1;
  }
}
