/** A problem as an editor shows it; line and column are counted from 1. */
export interface EditorProblem {
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  /** Who says so: "ts". */
  readonly source: string;
  readonly code: string;
}

/** Problems as a compiler prints them, in the order of the file. */
export function problemLines(path: string, problems: readonly EditorProblem[]): string {
  return [...problems]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map((problem) => {
      const { line, column, severity, message } = problem;
      const indented = message.trimEnd().replaceAll(/\r?\n/g, '\n  ');
      return `${path}:${line}:${column}: ${severity}${origin(problem)}: ${indented}`;
    })
    .join('\n');
}

function origin({ source, code }: EditorProblem): string {
  if (source === '' && code === '') return '';
  return code === '' ? ` ${source}` : ` ${source}(${code})`;
}
