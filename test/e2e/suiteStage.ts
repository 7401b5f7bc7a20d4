// The stage of an end-to-end suite: the package, installed in the VS Code that the run is for.
import { ok } from 'node:assert/strict';
import path from 'node:path';
import { root } from '../vscode/root';
import { isVersionName } from '../vscode/servers.mjs';
import { type Stage, type StageOptions, openStage } from '../vscode/stage';
import { PACKAGE } from './packageExtension';

export type SuiteStageOptions = Omit<StageOptions, 'version' | 'vsix'>;

/** Opens VS Code in English, with the echo bot, unless the options say otherwise. */
export async function openSuiteStage(options: SuiteStageOptions = {}): Promise<Stage> {
  const version = process.env['TWIN_VSCODE'];
  ok(isVersionName(version), 'TWIN_VSCODE names no version');
  return openStage({
    language: 'en',
    chatId: 'echo',
    simulator: { language: 'en' },
    ...options,
    version,
    vsix: PACKAGE,
  });
}

/** The same, with a chat that has begun: it has its greeting, and the composer the focus. */
export async function openChat(options: SuiteStageOptions = {}): Promise<Stage> {
  const stage = await openSuiteStage(options);
  await stage.workbench.runCommand('TWIN: Start Chat');
  await stage.chat.untilConnection('online');
  await stage.chat.messages('bot').first().waitFor();
  await stage.chat.untilWriting();
  return stage;
}

/** Registers a hook that leaves a picture of the window in out/e2e when a test has failed. */
export function picturesOfFailures(stage: () => Stage): void {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const title = this.currentTest.fullTitle().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    const file = `${title}.${process.env['TWIN_VSCODE']}.png`;
    await stage().workbench.screenshot(path.join(root, 'out', 'e2e', file));
  });
}

/**
 * Registers hooks for tests that stand each on the one before: after a failed one the rest is
 * skipped. Mocha's own `bail` would leave out the files that have not begun yet, too.
 */
export function stepByStep(): void {
  let failed = false;
  beforeEach(function () {
    if (failed) this.skip();
  });
  afterEach(function () {
    failed ||= this.currentTest?.state === 'failed';
  });
}
