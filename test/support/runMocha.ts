// Runs test files with mocha and counts: the same in plain Node and inside the extension host.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { root } from '../vscode/root';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Names the file into which the counts go, for `npm test` to sum up. */
const COUNTS_FILE = 'TWIN_COUNTS_FILE';
/** Names the tests to be run, by a part of their titles: a regular expression. */
const GREP = 'TWIN_GREP';

/** Says nothing of the tests that pass: only how many did, and what is wrong with the others. */
class ShortReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      this.epilogue();
    });
  }
}

/** The settings under "mocha" in package.json, which mocha's own command line takes too. */
function settings(): Mocha.MochaOptions {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  const { mocha } = JSON.parse(text) as { mocha: { timeout: number; 'forbid-only': boolean } };
  return { timeout: mocha.timeout, forbidOnly: mocha['forbid-only'] };
}

/** The bundled test files of a folder below test/. */
export function testFiles(folder: string): string[] {
  const place = path.join(root, 'out', 'test', folder);
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => path.join(place, name));
}

/** The largest first: what begins last, while the other jobs have no more to do, should not be long. */
function largestFirst(files: readonly string[]): string[] {
  const size = (file: string) => statSync(file).size;
  return [...files].sort((one, other) => size(other) - size(one));
}

/**
 * Runs the files. The counts also go to the file that the environment names.
 *
 * @param print Takes what mocha has to say, a text at a time.
 * @param jobs So many files at once, each in a process; 1: all in this one.
 */
export async function runMocha(
  files: readonly string[],
  print: (text: string) => void,
  jobs = 1,
): Promise<Counts> {
  process.setSourceMapsEnabled(true);
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    print(format(...parts));
  };
  const mocha = new Mocha({
    ...settings(),
    reporter: ShortReporter,
    parallel: jobs > 1,
    jobs,
  });
  const wanted = process.env[GREP];
  if (wanted !== undefined) mocha.grep(new RegExp(wanted));
  for (const file of jobs > 1 ? largestFirst(files) : files) {
    mocha.addFile(file);
  }
  const counts = await new Promise<Counts>((resolve) => {
    const { stats } = mocha.run(() => {
      resolve({
        passed: stats?.passes ?? 0,
        failed: stats?.failures ?? 0,
        skipped: stats?.pending ?? 0,
      });
    });
  });
  const file = process.env[COUNTS_FILE];
  if (file !== undefined) {
    writeFileSync(file, JSON.stringify(counts));
  }
  return counts;
}
