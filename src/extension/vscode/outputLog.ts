import * as vscode from 'vscode';
import type { Disposable } from '../core/disposable';
import { Logger } from '../core/logger';
import { Redactor } from '../core/redactor';

/** The log as people see it ("TWIN: Show Log"), and the logger that writes into it. */
export interface OutputLog extends Disposable {
  readonly logger: Logger;
  show(): void;
}

/** Opens the output channel. Its level is VS Code's own ("Developer: Set Log Level…"). */
export function createOutputLog(): OutputLog {
  const channel = vscode.window.createOutputChannel('TWIN Chat', { log: true });
  const logger = new Logger((level, line) => {
    channel[level](line);
  }, new Redactor());
  return {
    logger,
    show: () => {
      channel.show(true);
    },
    dispose: () => {
      channel.dispose();
    },
  };
}
