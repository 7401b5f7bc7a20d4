// A logger for tests: a line of level `error` fails the run and names the test, unless the test
// expected it.

import { Logger, type LogLevel } from '../../src/extension/core/logger';
import { Redactor } from '../../src/extension/core/redactor';
import { checkEach } from './checkEach';

export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

/** What one test logged. */
export class TestLog {
  readonly lines: LogLine[] = [];
  private readonly expected: RegExp[] = [];
  readonly logger = new Logger((level, text) => this.lines.push({ level, text }), new Redactor());

  /** From now on, until the test's end, errors that match `pattern` are as they should be. */
  expectError(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** The errors nobody expected, and the expectations nobody met. */
  complaints(): readonly string[] {
    const errors = this.lines.filter((line) => line.level === 'error').map((line) => line.text);
    const unexpected = errors.filter((text) => !this.expected.some((p) => p.test(text)));
    const unmet = this.expected.filter((p) => !errors.some((text) => p.test(text)));
    return [
      ...unexpected.map((text) => `logged as an error: ${text}`),
      ...unmet.map((pattern) => `expected an error that was not logged: ${String(pattern)}`),
    ];
  }

  reset(): void {
    this.lines.length = 0;
    this.expected.length = 0;
  }
}

/**
 * Makes a log that is emptied before each test and checked after it. Call it at the top level of a
 * test file, so that it is checked after the suites' own `afterEach` have run.
 */
export function useTestLog(): TestLog {
  const log = new TestLog();
  beforeEach(() => {
    log.reset();
  });
  checkEach(() => log.complaints());
  return log;
}
