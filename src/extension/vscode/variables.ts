/** Those without an argument. */
export const VARIABLES = ['workspaceFolderBasename', 'gitBranch', 'uuid'] as const;

/** Values for `${name}` in settings; `env` is there only where the person himself wrote the setting. */
export type VariableValues = Readonly<Record<(typeof VARIABLES)[number], string>> & {
  readonly env: ((name: string) => string) | null;
};

/**
 * Replaces `${workspaceFolderBasename}`, `${gitBranch}`, `${uuid}` and `${env:NAME}`. What it does
 * not know stays: the settings' schema has said so where it was written.
 */
export function replaceVariables(template: string, values: VariableValues): string {
  return template.replace(/\$\{(\w+)(?::(\w+))?\}/g, (place, name: string, argument?: string) => {
    if (name === 'env') return argument !== undefined && values.env ? values.env(argument) : place;
    const known = VARIABLES.find((it) => it === name);
    return known === undefined || argument !== undefined ? place : values[known];
  });
}
