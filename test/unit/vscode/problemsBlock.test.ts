import assert from 'node:assert/strict';
import { problemLines } from '../../../src/extension/vscode/problemsBlock';

describe('problemLines', () => {
  it('prints problems as a compiler does, in the order of the file', () => {
    const problem = {
      line: 12,
      column: 5,
      severity: 'error',
      message: 'x',
      source: '',
      code: '',
    } as const;
    assert.equal(
      problemLines('src/a.ts', [
        { ...problem, source: 'ts', code: '2304', message: "Cannot find name 'x'." },
        { ...problem, column: 1, severity: 'warning', source: 'eslint', message: 'No.\n  Why?\n' },
        { ...problem, line: 2, severity: 'hint' },
      ]),
      [
        'src/a.ts:2:5: hint: x',
        'src/a.ts:12:1: warning eslint: No.',
        '    Why?',
        "src/a.ts:12:5: error ts(2304): Cannot find name 'x'.",
      ].join('\n'),
    );
  });
});
