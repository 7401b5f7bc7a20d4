import * as vscode from 'vscode';
import { localization } from './localization';
import type { OutputLog } from './outputLog';

/** Runs what a command or an intent asks for. */
export type Runner = (what: string, action: () => Promise<void>) => Promise<void>;

/** An error nobody foresaw is logged and said, with the way to the log; it never goes unseen. */
export function createRunner(log: OutputLog): Runner {
  return async (what, action) => {
    try {
      await action();
    } catch (error) {
      log.logger.error(`${what} failed`, { error, stack: stackOf(error) });
      void offerLog(log);
    }
  };
}

async function offerLog(log: OutputLog): Promise<void> {
  const { t } = localization();
  const show = t('host.showLog');
  if ((await vscode.window.showErrorMessage(t('host.unexpected'), show)) === show) log.show();
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : '';
}
