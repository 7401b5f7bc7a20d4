// Runs the suites of plain Node: `node out/test/support/runSuite.main.js <folder below
// test/> <how many of its files at once>`.
import { runMocha, testFiles } from './runMocha';

/** How long a process may go on after its last test before what it left open is named. */
const LEFTOVER_PATIENCE_MS = 10_000;

async function main(): Promise<void> {
  const [folder = '', jobs] = process.argv.slice(2);
  const print = (text: string) => {
    console.log(text);
  };
  const { passed, failed } = await runMocha(testFiles(folder), print, Number(jobs));
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  // Holds nothing itself: it only comes to run when something else keeps the process alive.
  setTimeout(() => {
    console.error(`still open after the tests: ${process.getActiveResourcesInfo().join(', ')}`);
    process.exit(1);
  }, LEFTOVER_PATIENCE_MS).unref();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
