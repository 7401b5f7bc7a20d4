// What VS Code calls inside its extension host: runs the integration suite there.
import { runMocha, testFiles } from '../support/runMocha';
import { SUITE_MARK } from '../vscode/suiteMark';

/** @throws Error when a test failed, or none ran. */
export async function run(): Promise<void> {
  const { passed, failed } = await runMocha(testFiles('integration'), (text) => {
    console.log(text.replaceAll(/^/gm, SUITE_MARK));
  });
  if (failed > 0 || passed === 0) {
    throw new Error(`${passed} passed, ${failed} failed`);
  }
}
